/** Scenes of the year: autumn leaves, festive lights, snow, blossom. */
import { bauble, fallen, fir, flakes, flower, LEAF_COLOURS, litter } from './decorations.ts';
import { planks } from './household.ts';
import { glow, leafShadows, vignette } from './light.ts';
import {
  band,
  blur,
  bokeh,
  groundBelow,
  linear,
  MAPLE,
  noise,
  place,
  radial,
  relief,
  veil,
  wash,
} from './paint.ts';
import type { DrawScene } from './scene.ts';

/** Fallen leaves on old boards, low gold sun. */
export const autumn: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(110, 140);
  return {
    stage: `
      ${linear('park', [
        [0, '#f5d79a'],
        [0.5, '#d98f3d'],
        [1, '#7c3d16'],
      ])}${blur('far', 30, 30, [-60, horizon + 40])}${blur('near', 6, 6, [horizon - 60, horizon + 200])}${blur('under', 7, 7, [frame.floor - 70, frame.height + 60])}
      ${wash(frame, 'url(#park)')}<g filter="url(#far)">${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 40, colours: ['#ffd27a', '#e57f2a', '#b34a1c', '#ffe9b4', '#8f5a20'], size: [34, 110], opacity: 0.6 })}</g>
      ${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon * 0.85 }, { count: 20, colours: ['#fff0c0', '#ffd58a'], size: [14, 44], opacity: 0.36 })}
      ${planks(frame, random, horizon, { pale: '#8f6844', wood: '#6f4a2c', dark: '#2f1a0d' })}
      <g filter="url(#near)">${litter(frame, random, horizon + 8, 18, 0.5)}</g>${litter(frame, random, frame.floor + 10, 11, 1)}`,
    front: `${blur('fall', 15, 15, [-60, frame.height + 60])}${blur('under', 7, 7, [frame.floor - 70, frame.height + 60])}<g filter="url(#fall)">${[0, 1, 2].map(() => place(MAPLE, random.pick([random.between(20, 150), frame.width - random.between(20, 150)]), random.between(0.1, 0.6) * frame.height, random.between(0.8, 1.3), random.between(0, 360), `fill="${random.pick(LEAF_COLOURS)}"`)).join('')}${litter(frame, random, frame.height - 20, 6, 1.9)}</g>`,
    lights: [glow(frame, '#ffd894', 0.5), vignette(frame, '#b89a84')],
    shadow: { colour: '#1d0d04', strength: 0.78, cast: 0.26 },
    reflection: 0.05,
    grade: { tint: ['#ffcf85', 0.1], lit: ['#ffe6b0', 0.22], shaded: ['#3a1707', 0.26] },
  };
};

/** Strings of lights, fir and baubles. */
export const festive: DrawScene = (frame, random) => {
  const night = random.pick([
    { high: '#12352a', low: '#0b1f1a', table: '#5b3a22', bauble: '#b3202c' },
    { high: '#4a0f1a', low: '#26070d', table: '#5a3a26', bauble: '#d2a33c' },
    { high: '#14233f', low: '#0a1222', table: '#4d3a30', bauble: '#c9ced6' },
  ] as const);
  const horizon = frame.floor - random.between(100, 130);
  const baubles = [0, 1, 2].map((index) => {
    const x = frame.middle - frame.lit * (frame.productWidth * 0.5 + 60 + index * 105);
    return bauble(
      `bauble${index}`,
      x,
      frame.floor - 20 - (index % 2) * 34,
      46 + (index % 2) * 14,
      index === 1 ? '#e0b756' : night.bauble,
    );
  });
  return {
    stage: `
      ${radial(
        'night',
        [
          [0, night.high],
          [1, night.low],
        ],
        [0.5, 0.4],
        0.8,
      )}${blur('far', 12, 12, [-60, horizon + 40])}${blur('under', 9, 9, [frame.floor - 70, frame.floor + 120])}
      ${wash(frame, 'url(#night)')}<g filter="url(#far)" opacity="0.9">${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 30, colours: ['#ffcf6b', '#ff9f45', '#ffe7ad'], size: [30, 74], opacity: 0.5 })}</g>
      ${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 46, colours: ['#ffd982', '#ffb457', '#fff0c9', '#ff7a5a'], size: [12, 40], opacity: 0.6 })}
      ${planks(frame, random, horizon, { pale: '#8a6140', wood: night.table, dark: '#1f120a' })}
      ${baubles.join('')}`,
    front: `${blur('lens', 9, 9, [-60, 480])}<g filter="url(#lens)">${fir(frame, random)}</g>`,
    lights: [glow(frame, '#ffca7a', 0.34), vignette(frame, '#7d6a62')],
    shadow: { colour: '#0a0502', strength: 0.82, cast: 0.14 },
    reflection: 0.14,
    grade: { tint: ['#ffbe73', 0.1], lit: ['#ffdfa6', 0.22], shaded: ['#0c0a10', 0.34] },
  };
};

/** Fresh snow before a white wood. */
export const winter: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(110, 150);
  const trees = Array.from({ length: 13 }, () => {
    const x = random.between(-60, frame.width + 60);
    const height = random.between(260, 620);
    const half = height * 0.23;
    return `<path d="M${x} ${horizon - height}L${x + half} ${horizon + 30}H${x - half}Z" fill="${random.pick(['#7d9ab3', '#9fb7ca', '#b9ccd9'])}" opacity="0.7"/>`;
  });
  const drift = groundBelow(
    frame,
    `M-40 ${horizon + 24}H0C${frame.width * 0.25} ${horizon - 34} ${frame.width * 0.4} ${horizon + 44} ${frame.width * 0.62} ${horizon + 8}S${frame.width * 0.9} ${horizon - 22} ${frame.width} ${horizon + 16}`,
  );
  return {
    stage: `
      ${linear('sky', [
        [0, '#bcd5ea'],
        [0.6, '#e6eff6'],
        [1, '#fdf1ea'],
      ])}${linear('snow', [
        [0, '#dfe9f3'],
        [0.35, '#f8fbfe'],
        [1, '#ffffff'],
      ])}${blur('far', 15, 15, [-60, horizon + 70])}
      ${relief('drifts', { frequency: [0.0028, 0.009], octaves: 3, seed: random.whole(1, 999), depth: 70, colour: '#ffffff', light: [frame.lit < 0 ? 210 : 330, 60], smooth: 5 })}
      ${noise('crystals', { frequency: [0.4, 0.4], octaves: 1, seed: random.whole(1, 999), values: veil('#ffffff', 10, -7) })}
      ${wash(frame, 'url(#sky)')}<g filter="url(#far)">${trees.join('')}</g>
      <path d="${drift}" fill="url(#snow)"/><path d="${drift}" fill="#fff" filter="url(#drifts)" opacity="0.22" style="mix-blend-mode:multiply"/><path d="${drift}" fill="#fff" filter="url(#crystals)"/>`,
    front: `${blur('near', 9, 9, [-60, frame.height + 60])}${blur('fine', 2, 2, [-60, frame.height + 60])}<g fill="#fff"><g filter="url(#near)" opacity="0.85">${flakes(frame, random, 12, [12, 26])}</g><g filter="url(#fine)" opacity="0.9">${flakes(frame, random, 60, [2, 7])}</g></g>`,
    lights: [glow(frame, '#ffe9d2', 0.3)],
    shadow: { colour: '#30507a', strength: 0.6, cast: 0.34 },
    reflection: 0.05,
    grade: { tint: ['#dcebf8', 0.09], lit: ['#fff4e8', 0.18], shaded: ['#2b4a74', 0.22] },
  };
};

const BLOSSOMS = [
  {
    wall: '#fbdfe3',
    deep: '#eeb3bf',
    petal: ['#f8b9c6', '#fbd3da', '#f09fb2'],
    heart: '#e9b44c',
    shade: '#8d3c52',
  },
  {
    wall: '#eee4f6',
    deep: '#cdb5e3',
    petal: ['#cfaef0', '#e3cff7', '#b48fe0'],
    heart: '#f3d36b',
    shade: '#5a3c80',
  },
  {
    wall: '#fdf0dc',
    deep: '#f3cf9f',
    petal: ['#ffffff', '#fff1d8', '#fbd9b0'],
    heart: '#e2972f',
    shade: '#8a5a22',
  },
] as const;

/** Blossom and fallen petals. */
export const blossom: DrawScene = (frame, random) => {
  const colours = random.pick(BLOSSOMS);
  const petals: readonly [string, ...string[]] = colours.petal;
  const horizon = frame.floor - random.between(70, 110);
  const bunch = (count: number, size: readonly [number, number], low: number, high: number) =>
    Array.from({ length: count }, () => {
      const side = random.pick([-1, 1]);
      const x = frame.middle + side * (frame.productWidth * 0.5 + random.between(40, 300));
      return flower(random, x, random.between(low, high), random.between(...size), petals, colours.heart);
    }).join('');
  return {
    stage: `
      ${linear('wall', [
        [0, colours.wall],
        [1, colours.deep],
      ])}${linear('ground', [
        [0, colours.deep],
        [0.3, colours.wall],
        [1, colours.wall],
      ])}${blur('far', 17, 17, [-60, horizon + 40])}${blur('mid', 5, 5, [horizon - 200, frame.floor + 110])}${blur('seam', 22, 22, [horizon - 120, frame.height + 60])}${blur('under', 6, 6, [frame.floor - 70, frame.height + 60])}
      ${wash(frame, 'url(#wall)')}<g filter="url(#far)">${bunch(16, [70, 130], 0, horizon - 60)}</g>
      ${band(frame, horizon, frame.height, 'url(#ground)', 'filter="url(#seam)"')}${band(frame, horizon + 50, frame.height, colours.wall)}
      <g filter="url(#mid)">${bunch(7, [60, 100], horizon - 30, frame.floor - 10)}</g>
      ${fallen(frame, random, petals, colours.shade)}`,
    front: `${blur('lens', 22, 22, [frame.height - 420, frame.height + 60])}<g filter="url(#lens)">${[0, 1].map((side) => flower(random, side * frame.width + (side ? -30 : 30), frame.height - random.between(10, 60), random.between(150, 190), petals, colours.heart)).join('')}</g>`,
    lights: [leafShadows(frame, random, colours.wall), glow(frame, '#fff4ea', 0.32)],
    shadow: { colour: colours.shade, strength: 0.6, cast: 0.2 },
    reflection: 0.1,
    grade: { tint: [colours.wall, 0.07], lit: ['#ffffff', 0.16], shaded: [colours.shade, 0.16] },
  };
};
