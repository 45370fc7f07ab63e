/** Walks over the pixels of a picture, which are known by their place: row by row, from the left. */
export type Box = { left: number; top: number; width: number; height: number };

/** RGB in sRGB, three bytes a pixel. */
export type Picture = { pixels: Uint8Array; width: number; height: number };

/** Of each pixel the steps, also diagonal ones, to the next one of this value. */
export function distances(mask: Uint8Array, value: number, width: number, height: number): Uint16Array {
  const steps = new Uint16Array(mask.length);
  for (let at = 0; at < mask.length; at += 1) steps[at] = mask[at] === value ? 0 : 65_000;
  /** By the row and the neighbour that were walked over before. */
  const relax = (at: number, x: number, back: -1 | 1) => {
    const row = at + back * width;
    const isFirst = x === 0;
    const isLast = x === width - 1;
    let least = steps[row] ?? 0;
    if (!isFirst) least = Math.min(least, steps[row - 1] ?? 0);
    if (!isLast) least = Math.min(least, steps[row + 1] ?? 0);
    if (!(back < 0 ? isFirst : isLast)) least = Math.min(least, steps[at + back] ?? 0);
    if (least + 1 < (steps[at] ?? 0)) steps[at] = least + 1;
  };
  for (let y = 1; y < height; y += 1) for (let x = 0; x < width; x += 1) relax(y * width + x, x, -1);
  for (let y = height - 2; y >= 0; y -= 1) for (let x = width - 1; x >= 0; x -= 1) relax(y * width + x, x, 1);
  return steps;
}

export function count(marks: Uint8Array, value: number): number {
  let found = 0;
  for (let at = 0; at < marks.length; at += 1) if (marks[at] === value) found += 1;
  return found;
}

/** Pixels of the largest connected part of those that fit. */
export function largestPart(
  pixels: number,
  fits: (at: number) => boolean,
  width: number,
  height: number,
): number {
  const seen = new Uint8Array(pixels);
  let largest = 0;
  for (let start = 0; start < pixels; start += 1) {
    if (seen[start] === 1 || !fits(start)) continue;
    const { length: size } = collectPart(start, seen, fits, width, height);
    largest = Math.max(largest, size);
  }
  return largest;
}

/** The connected pixels that fit, from `start` on; they are seen afterwards. */
export function collectPart(
  start: number,
  seen: Uint8Array,
  fits: (at: number) => boolean,
  width: number,
  height: number,
): number[] {
  const part = [start];
  seen[start] = 1;
  for (let index = 0; index < part.length; index += 1) {
    forNeighbours(part[index] ?? start, width, height, (next) => {
      if (seen[next] === 1 || !fits(next)) return;
      seen[next] = 1;
      part.push(next);
    });
  }
  return part;
}

export function forNeighbours(
  at: number,
  width: number,
  height: number,
  visit: (next: number) => void,
): void {
  const x = at % width;
  if (x > 0) visit(at - 1);
  if (x < width - 1) visit(at + 1);
  if (at >= width) visit(at - width);
  if (at < width * (height - 1)) visit(at + width);
}

export function hasNeighbour(
  at: number,
  width: number,
  height: number,
  fits: (next: number) => boolean,
): boolean {
  let found = false;
  forNeighbours(at, width, height, (next) => {
    found ||= fits(next);
  });
  return found;
}

export function forWindow(
  at: number,
  radius: number,
  width: number,
  height: number,
  visit: (near: number) => void,
): void {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row += 1)
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column += 1)
      visit(row * width + column);
}
