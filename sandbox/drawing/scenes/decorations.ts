/** What the seasons strew about. */
import type { Random } from '../random.ts';
import { LEAF, MAPLE, radial } from './paint.ts';
import type { Frame } from './scene.ts';

export const LEAF_COLOURS = ['#c8501e', '#e08a1e', '#a8321b', '#d9a62a', '#8a4a1c'] as const;

/** Maple leaves that lie flat beside the product around a height, each on its shadow. */
export function litter(frame: Frame, random: Random, y: number, count: number, size: number): string {
  const leaves = Array.from({ length: count }, () => {
    const side = random.pick([-1, 1]);
    const x = frame.middle + side * (frame.foot * 0.5 + random.between(20, frame.width * 0.5));
    const top = y + random.between(-12, 90) * size;
    const flat = random.between(0.4, 0.6);
    return {
      lie: `translate(${x} ${top}) scale(${size * random.between(0.8, 1.25)} ${size * flat}) rotate(${random.between(0, 360)})`,
      colour: random.pick(LEAF_COLOURS),
    };
  });
  const shadow = leaves.map(({ lie }) => `<path transform="${lie}" d="${MAPLE}"/>`);
  const drawn = leaves.map(
    ({ lie, colour }) =>
      `<g transform="${lie}"><path d="${MAPLE}" fill="${colour}"/><path d="M0 52V-40M0 20 30-10M0 20-30-10" stroke="#2a0f04" stroke-width="2" opacity="0.4"/></g>`,
  );
  return `<g transform="translate(0 ${10 * size})" fill="#150a03" opacity="0.42" filter="url(#under)">${shadow.join('')}</g>${drawn.join('')}`;
}

/** A ball for a fir, lying on the table. */
export function bauble(id: string, x: number, y: number, radius: number, colour: string): string {
  return `${radial(
    id,
    [
      [0, '#fff6e4'],
      [0.16, colour],
      [0.75, colour],
      [1, '#1a0508'],
    ],
    [0.34, 0.3],
    0.75,
  )}
    <ellipse cx="${x}" cy="${y + radius}" rx="${radius}" ry="${radius * 0.2}" fill="#000" opacity="0.55" filter="url(#under)"/><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#${id})"/>
    <rect x="${x - 9}" y="${y - radius - 12}" width="18" height="15" rx="3" fill="#c9a24d"/>`;
}

/** Two fir branches that reach in from the upper corners. */
export function fir(frame: Frame, random: Random): string {
  return [0, 1]
    .map((side) => {
      const needles = Array.from({ length: 90 }, (_, index) => {
        const along = (index / 90) * 460;
        const length = 74 * (1 - index / 150) * random.between(0.8, 1.1);
        const turn = (index % 2 === 0 ? -1 : 1) * random.between(32, 52);
        const colour = random.pick(['#2f5a3a', '#1f4429', '#467a4c']);
        return `<path transform="translate(${along} ${along * along * 0.0004}) rotate(${turn})" d="M0 0H${length}" stroke="${colour}" stroke-width="6" stroke-linecap="round"/>`;
      });
      const turn = side === 0 ? random.between(18, 34) : 180 - random.between(18, 34);
      const flip = side === 0 ? 1 : -1;
      return `<g transform="translate(${side === 0 ? -30 : frame.width + 30} ${random.between(-20, 60)}) rotate(${turn}) scale(1 ${flip})"><path d="M0 0Q240 0 460 84" fill="none" stroke="#4a3220" stroke-width="9"/>${needles.join('')}</g>`;
    })
    .join('');
}

/** Falling snow. */
export function flakes(frame: Frame, random: Random, count: number, size: readonly [number, number]): string {
  return Array.from(
    { length: count },
    () =>
      `<circle cx="${random.between(0, frame.width)}" cy="${random.between(0, frame.height)}" r="${random.between(...size)}"/>`,
  ).join('');
}

/** A blossom of five petals. */
export function flower(
  random: Random,
  x: number,
  y: number,
  radius: number,
  petals: readonly [string, ...string[]],
  heart: string,
): string {
  const turn = random.between(0, 72);
  const leaves = [0, 1, 2, 3, 4].map((index) => {
    const colour = random.pick(petals);
    return `<ellipse transform="rotate(${turn + index * 72}) translate(${radius * 0.55} 0)" rx="${radius * 0.56}" ry="${radius * 0.42}" fill="${colour}"/>`;
  });
  return `<g transform="translate(${x} ${y})">${leaves.join('')}<circle r="${radius * 0.2}" fill="${heart}"/></g>`;
}

/** Petals that lie around the product, each on its shadow. */
export function fallen(
  frame: Frame,
  random: Random,
  petals: readonly [string, ...string[]],
  shade: string,
): string {
  const lies = Array.from({ length: 22 }, () => {
    const x = frame.middle + random.between(-0.55, 0.55) * frame.width;
    const y = frame.floor + random.between(-26, frame.height - frame.floor - 20);
    const scale = `${random.between(0.3, 0.62)} ${random.between(0.16, 0.3)}`;
    return `translate(${x} ${y}) scale(${scale}) rotate(${random.between(0, 360)})`;
  });
  const shadow = lies.map((lie) => `<path transform="${lie}" d="${LEAF}"/>`);
  const drawn = lies.map((lie) => `<path transform="${lie}" d="${LEAF}" fill="${random.pick(petals)}"/>`);
  return `<g transform="translate(3 6)" fill="${shade}" opacity="0.32" filter="url(#under)">${shadow.join('')}</g>${drawn.join('')}`;
}
