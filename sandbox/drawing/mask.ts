/** Sets of pixels: one byte a pixel, 1 for those that belong, row by row. */
export type Mask = Readonly<{ data: Uint8Array; width: number; height: number }>;
export type Box = Readonly<{ left: number; top: number; width: number; height: number }>;

type Step = (from: number, to: number) => boolean;

/** Everything that can be reached from the rim by steps that `allowed` permits; `starts` admits rim pixels. */
export function floodFromRim(
  width: number,
  height: number,
  starts: (at: number) => boolean,
  allowed: Step,
): Mask {
  const labels = new Int32Array(width * height);
  const seeds: number[] = [];
  for (let at = 0; at < labels.length; at += 1) {
    const x = at % width;
    const onRim = x === 0 || x === width - 1 || at < width || at >= width * (height - 1);
    if (onRim && starts(at)) seeds.push(at);
  }
  flood(labels, width, 1, seeds, allowed);
  return { data: Uint8Array.from(labels), width, height };
}

/** A mask's connected parts: each pixel's part, counted from 1 (0 is outside), and each part's number of pixels. */
export function labelParts({ data, width }: Mask): { labels: Int32Array; areas: readonly number[] } {
  const labels = new Int32Array(data.length);
  const areas = [0];
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] === 0 || labels[at] !== 0) continue;
    areas.push(flood(labels, width, areas.length, [at], (_, to) => data[to] === 1));
  }
  return { labels, areas };
}

/** Labels the seeds and all they reach; returns how many pixels that are. */
function flood(
  labels: Int32Array,
  width: number,
  label: number,
  seeds: readonly number[],
  allowed: Step,
): number {
  const reached = [...seeds];
  for (const seed of seeds) labels[seed] = label;
  const visit = (from: number, to: number) => {
    if (labels[to] !== 0 || !allowed(from, to)) return;
    labels[to] = label;
    reached.push(to);
  };
  for (let next = 0; next < reached.length; next += 1) {
    const at = reached[next] ?? 0;
    const x = at % width;
    if (x > 0) visit(at, at - 1);
    if (x < width - 1) visit(at, at + 1);
    if (at >= width) visit(at, at - width);
    if (at < labels.length - width) visit(at, at + width);
  }
  return reached.length;
}

export function invert({ data, width, height }: Mask): Mask {
  return { data: data.map((value) => 1 - value), width, height };
}

/** The mask without the pixels that lie within `radius` of its outside; the frame's rim is no outside. */
export function shrink({ data, width, height }: Mask, radius: number): Mask {
  let current = data;
  for (let round = 0; round < radius; round += 1) {
    const before = current;
    current = before.map((value, at) => {
      const x = at % width;
      const gone =
        (x > 0 && before[at - 1] === 0) ||
        (x < width - 1 && before[at + 1] === 0) ||
        (at >= width && before[at - width] === 0) ||
        (at < width * (height - 1) && before[at + width] === 0);
      return gone ? 0 : value;
    });
  }
  return { data: current, width, height };
}

/** The mask with all pixels that lie within `radius` of it. */
export function grow(mask: Mask, radius: number): Mask {
  return invert(shrink(invert(mask), radius));
}

/** The smallest box around a mask that is not empty. */
export function boxOf({ data, width, height }: Mask): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] === 0) continue;
    const x = at % width;
    const y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return { left, top, width: right - left, height: bottom - top };
}
