/** SVG fragments that the scenes are painted with. Every id is used once in a sheet. */
import type { Random } from '../random.ts';
import type { Frame } from './scene.ts';

export type Stop = readonly [offset: number, colour: string, opacity?: number];

/** A gradient from one point to another, in shares of what it fills; from top to bottom unless told. */
export function linear(id: string, stops: readonly Stop[], from = [0, 0], to = [0, 1]): string {
  const line = `x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}"`;
  return `<linearGradient id="${id}" ${line}>${stops.map(stop).join('')}</linearGradient>`;
}

/** A gradient around a point, in shares of what it fills. */
export function radial(id: string, stops: readonly Stop[], centre = [0.5, 0.5], radius = 0.5): string {
  const circle = `cx="${centre[0]}" cy="${centre[1]}" r="${radius}"`;
  return `<radialGradient id="${id}" ${circle}>${stops.map(stop).join('')}</radialGradient>`;
}

function stop([offset, colour, opacity = 1]: Stop): string {
  return `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
}

/** Heights between which a filter works: what is blurred must lie within. */
export type Reach = readonly [top: number, bottom: number];

/** A blur of `x` and `y` units. Its time goes with the area that it covers, so the `reach` is kept short. */
export function blur(id: string, x: number, y: number, [top, bottom]: Reach): string {
  const region = `filterUnits="userSpaceOnUse" x="-100" y="${top}" width="3200" height="${bottom - top}"`;
  // Blurred as the colours are: converting them to linear light and back would cost as much as the blur.
  return `<filter id="${id}" color-interpolation-filters="sRGB" ${region}><feGaussianBlur stdDeviation="${x} ${y}"/></filter>`;
}

/** A filter that replaces what it is put on by noise: `values` turns the noise's channels into a colour. */
export function noise(
  id: string,
  options: {
    frequency: readonly [x: number, y: number];
    octaves?: number;
    seed: number;
    ridged?: boolean;
    values: string;
    after?: string;
  },
): string {
  const { frequency, octaves = 3, seed, ridged = false, values, after = '' } = options;
  return `<filter id="${id}" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
    <feTurbulence type="${ridged ? 'turbulence' : 'fractalNoise'}" baseFrequency="${frequency.join(' ')}" numOctaves="${octaves}" seed="${seed}"/>
    <feColorMatrix values="${values}"/>${after}<feComposite in2="SourceAlpha" operator="in"/></filter>`;
}

/** Noise as transparency of one colour: `gain` is its contrast, `bias` how much of it shows. */
export function veil(colour: string, gain: number, bias: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  return `0 0 0 0 ${red}  0 0 0 0 ${green}  0 0 0 0 ${blue}  0 ${gain} 0 0 ${bias}`;
}

/** A filter that lights noise as if it were a relief: cloth, sand, snow, water. */
export function relief(
  id: string,
  options: {
    frequency: readonly [x: number, y: number];
    octaves?: number;
    seed: number;
    depth: number;
    colour: string;
    /** Where the light stands: degrees around, degrees above the ground. */
    light: readonly [azimuth: number, elevation: number];
    smooth?: number;
  },
): string {
  const { frequency, octaves = 2, seed, depth, colour, light, smooth = 0 } = options;
  const soften = smooth > 0 ? `<feGaussianBlur stdDeviation="${smooth}"/>` : '';
  return `<filter id="${id}" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
    <feTurbulence type="fractalNoise" baseFrequency="${frequency.join(' ')}" numOctaves="${octaves}" seed="${seed}"/>
    <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.7 0.7 0 0 -0.2"/>${soften}
    <feDiffuseLighting surfaceScale="${depth}" diffuseConstant="1.15" lighting-color="${colour}">
      <feDistantLight azimuth="${light[0]}" elevation="${light[1]}"/></feDiffuseLighting>
    <feComposite in2="SourceAlpha" operator="in"/></filter>`;
}

/** How far sheets are painted beyond the frame, because filters falter along a shape's rim. */
const BEYOND = 40;

/** A rectangle from `top` down to `bottom` over the whole width. */
export function band(frame: Frame, top: number, bottom: number, paint: string, more = ''): string {
  const low = bottom >= frame.height ? frame.height + BEYOND : bottom;
  const high = top <= 0 ? -BEYOND : top;
  return `<rect x="${-BEYOND}" y="${high}" width="${frame.width + 2 * BEYOND}" height="${low - high}" fill="${paint}" ${more}/>`;
}

/** The whole frame in one paint. */
export function wash(frame: Frame, paint: string, more = ''): string {
  return band(frame, 0, frame.height, paint, more);
}

/** Closes a path that ran along the top edge of the ground from left to right: all that is below it. */
export function groundBelow(frame: Frame, edge: string): string {
  return `${edge}H${frame.width + BEYOND}V${frame.height + BEYOND}H${-BEYOND}Z`;
}

/** Discs of light out of focus. */
export function bokeh(
  random: Random,
  area: { left: number; top: number; right: number; bottom: number },
  options: {
    count: number;
    colours: readonly [string, ...string[]];
    size: readonly [number, number];
    opacity: number;
  },
): string {
  return Array.from({ length: options.count }, () => {
    const x = random.between(area.left, area.right);
    const y = random.between(area.top, area.bottom);
    const radius = random.between(...options.size);
    const opacity = options.opacity * random.between(0.35, 1);
    const colour = random.pick(options.colours);
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}" opacity="${opacity}"/><circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${colour}" stroke-width="3" opacity="${opacity * 0.6}"/>`;
  }).join('');
}

/** A leaf of length 100 that points to the right from its stalk at the origin. */
export const LEAF = 'M0 0C18-30 66-34 100 0 66 30 18 28 0 0Z';
export const MAPLE =
  'M0-52 9-32 24-42 20-18 46-26 38-12 52-4 30 12 34 24 8 22 4 24 6 56H-6L-4 24-8 22-34 24-30 12-52-4-38-12-46-26-20-18-24-42-9-32Z';

export function place(
  path: string,
  x: number,
  y: number,
  scale: number,
  turn: number,
  paint: string,
): string {
  return `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})" d="${path}" ${paint}/>`;
}

/** A twig with leaves on both sides, `length` units long, growing from a point in a direction in degrees. */
export function twig(
  random: Random,
  x: number,
  y: number,
  length: number,
  direction: number,
  paint: string,
): string {
  const pairs = 7;
  const leaves = Array.from({ length: pairs }, (_, index) => {
    const along = length * (0.15 + (0.8 * index) / (pairs - 1));
    const size = (length / 440) * (1.1 - (0.6 * index) / pairs) * random.between(0.85, 1.15);
    const spread = random.between(38, 58);
    return [-spread, spread].map((turn) => place(LEAF, along, 0, size, turn, '')).join('');
  });
  const stem = `<path d="M0 0H${length}" stroke-width="${length / 90}"/>`;
  return `<g transform="translate(${x} ${y}) rotate(${direction})" ${paint}>${stem}${leaves.join('')}</g>`;
}

/** A palm leaf: a curved rib with narrow blades. */
export function palm(x: number, y: number, length: number, direction: number, paint: string): string {
  const blades = Array.from({ length: 17 }, (_, index) => {
    const along = length * (0.12 + (0.86 * index) / 16);
    const size = (length / 240) * (1 - Math.abs(index / 16 - 0.42));
    return [-1, 1]
      .map((side) => {
        const turn = side * (62 - index * 2.2);
        return `<path transform="translate(${along} ${(along / length) ** 2 * length * 0.16}) rotate(${turn}) scale(${size * 1.2} ${size * 0.2})" d="${LEAF}"/>`;
      })
      .join('');
  });
  return `<g transform="translate(${x} ${y}) rotate(${direction})" ${paint}><path d="M0 0Q${length / 2} 0 ${length} ${length * 0.16}" fill="none" stroke-width="${length / 70}"/>${blades.join('')}</g>`;
}
