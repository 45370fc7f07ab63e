/** Scenes that are built in a studio: sweeps, podiums, coloured light. */
import { falloff, leafShadows, vignette } from './light.ts';
import { band, blur, linear, noise, radial, veil, wash } from './paint.ts';
import type { DrawScene } from './scene.ts';
import { arch, drum, mix, sphere } from './solids.ts';

/** Pure white, as marketplaces ask for: only the shadow and a breath of reflection. */
export const catalogue: DrawScene = (frame) => ({
  stage: `${linear('sweep', [
    [0, '#ffffff'],
    [0.62, '#ffffff'],
    [0.86, '#f6f7f8'],
    [1, '#ffffff'],
  ])}${wash(frame, 'url(#sweep)')}`,
  shadow: { colour: '#2b3038', strength: 0.6, cast: 0 },
  reflection: 0.08,
  grade: { tint: ['#ffffff', 0.03], lit: ['#ffffff', 0.06], shaded: ['#3a4048', 0.05] },
});

const PASTELS = [
  { wall: '#f3cfc6', deep: '#e5aa9c', podium: '#f8e2da', prop: '#fff4ee', shade: '#a8604f' },
  { wall: '#cfe0dc', deep: '#a5c4bd', podium: '#e6f1ee', prop: '#f6d9b8', shade: '#47706a' },
  { wall: '#dcd3ee', deep: '#bcaadf', podium: '#eee9f8', prop: '#f9d9dc', shade: '#5f4b8b' },
  { wall: '#f5e2b8', deep: '#e9c987', podium: '#fbf1da', prop: '#f4b79b', shade: '#96702a' },
  { wall: '#cfe1f1', deep: '#a3c5e3', podium: '#e8f1f9', prop: '#fbe4c2', shade: '#3d6a92' },
] as const;

/** A round podium before a pastel wall with an arch and a ball. */
export const podium: DrawScene = (frame, random) => {
  const colours = random.pick(PASTELS);
  const rim = Math.max(frame.foot * 0.74, 250);
  const side = -frame.lit;
  const horizon = frame.floor + 70;
  const ball = 62 + random.between(0, 26);
  const ballX = frame.middle + side * (rim + ball * random.between(0.7, 1.1));
  const archTop = frame.floor - frame.productHeight * random.between(1.06, 1.16);
  const archWidth = frame.productWidth * 0.5 + random.between(130, 170);
  const archX = frame.middle + frame.lit * random.between(20, 70);
  return {
    stage: `
      ${linear(
        'wall',
        [
          [0, colours.wall],
          [1, colours.deep],
        ],
        [frame.lit < 0 ? 0 : 1, 0],
        [frame.lit < 0 ? 1 : 0, 1],
      )}
      ${linear('ground', [
        [0, colours.deep],
        [0.25, colours.wall],
        [1, colours.wall],
      ])}
      ${linear('arch', [
        [0, colours.podium],
        [1, colours.wall],
      ])}
      ${blur('far', 5, 5, [-60, horizon + 40])}${blur('seam', 16, 16, [horizon - 90, horizon + 90])}${blur('near', 20, 12, [frame.floor - 60, frame.floor + 330])}
      ${wash(frame, 'url(#wall)')}
      <g filter="url(#far)"><path transform="translate(${side * 26} 8)" d="${arch(archX, archTop, archWidth, horizon)}" fill="${colours.shade}" opacity="0.22"/><path d="${arch(archX, archTop, archWidth, horizon)}" fill="url(#arch)"/></g>
      ${band(frame, horizon, frame.height, 'url(#ground)')}${band(frame, horizon - 14, horizon + 16, colours.deep, 'filter="url(#seam)" opacity="0.8"')}
      ${sphere(ballX, frame.floor + 176 - ball, ball, colours, frame)}
      ${drum(frame.middle, frame.floor - rim * 0.035, rim, 150, colours, frame)}`,
    lights: [
      leafShadows(frame, random, mix(colours.wall, mix(colours.wall, colours.shade))),
      falloff(frame, colours.podium),
    ],
    shadow: { colour: colours.shade, strength: 0.62, cast: 0.16 },
    reflection: 0.05,
    grade: { tint: [colours.wall, 0.05], lit: ['#ffffff', 0.12], shaded: [colours.shade, 0.18] },
  };
};

/** Black glass and a rim of light. */
export const darkStudio: DrawScene = (frame, random) => {
  const halo = random.pick(['#8ea3c6', '#b38f6b', '#74a6a1', '#a07fa8']);
  const horizon = frame.floor - 96;
  return {
    stage: `
      ${radial(
        'halo',
        [
          [0, halo, 0.95],
          [0.35, halo, 0.5],
          [0.7, halo, 0.14],
          [1, halo, 0],
        ],
        [0.5, 0.5],
        0.5,
      )}
      ${linear('glass', [
        [0, '#1c1f25'],
        [0.12, '#121419'],
        [1, '#050607'],
      ])}${blur('edge', 7, 7, [horizon - 40, horizon + 40])}${blur('beam', 46, 46, [-200, frame.height + 40])}
      ${wash(frame, '#0a0b0e')}
      <ellipse cx="${frame.middle + frame.lit * 90}" cy="${frame.floor - frame.productHeight * 0.6}" rx="${frame.width * 0.62}" ry="${frame.productHeight}" fill="url(#halo)"/>
      <path d="M${frame.width / 2 + frame.lit * frame.width * 0.5} -80L${frame.middle - frame.lit * 90} ${horizon}H${frame.middle + frame.lit * 330}Z" fill="#fff" opacity="0.07" filter="url(#beam)"/>
      ${band(frame, horizon, frame.height, 'url(#glass)')}
      <ellipse cx="${frame.middle}" cy="${horizon}" rx="${frame.width * 0.5}" ry="7" fill="${halo}" opacity="0.55" filter="url(#edge)"/>
      <ellipse cx="${frame.middle}" cy="${frame.floor + 30}" rx="${frame.width * 0.42}" ry="100" fill="${halo}" opacity="0.22" filter="url(#beam)"/>`,
    lights: [vignette(frame, '#3a3c42')],
    shadow: { colour: '#000000', strength: 0.9, cast: 0 },
    reflection: 0.36,
    grade: { tint: ['#0c1018', 0.04], lit: ['#eef4ff', 0.3], shaded: ['#000000', 0.45] },
  };
};

const NEONS = [
  { one: '#ff2fa8', two: '#19d3ff', night: '#150a2e' },
  { one: '#8a4dff', two: '#2bf5c0', night: '#0c1030' },
  { one: '#ff6a2b', two: '#c13bff', night: '#1d0a26' },
] as const;

/** A glowing ring in the dark over wet ground. */
export const neon: DrawScene = (frame, random) => {
  const { one, two, night } = random.pick(NEONS);
  const horizon = frame.floor - 70;
  const radius = Math.min(frame.width * 0.4, frame.productHeight * 0.62);
  const y = frame.floor - frame.productHeight * 0.55;
  const ring = `<circle cx="${frame.middle}" cy="${y}" r="${radius}" fill="none"`;
  const bars = [-1, 1].map((side) => {
    const x = frame.middle + side * (radius + random.between(90, 170));
    return `<path d="M${x} ${y - random.between(260, 420)}V${horizon - 30}" stroke="${side < 0 ? one : two}" stroke-linecap="round"/>`;
  });
  const tubes = (width: number, filter: string, opacity: number) =>
    `<g opacity="${opacity}" filter="url(#${filter})" stroke-width="${width}">${ring} stroke="url(#tube)"/>${bars.join('')}</g>`;
  return {
    stage: `
      ${linear(
        'tube',
        [
          [0.2, one],
          [0.8, two],
        ],
        [0, 0],
        [1, 0.4],
      )}${linear('night', [
        [0, night],
        [0.8, '#07060f'],
        [1, '#04030a'],
      ])}
      ${linear('wet', [
        [0, '#0d0a1c'],
        [1, '#030208'],
      ])}${blur('wide', 60, 60, [-200, horizon + 200])}${blur('close', 16, 16, [-60, horizon + 40])}${blur('tight', 3, 3, [-60, horizon + 40])}${blur('mirror', 26, 9, [horizon, frame.height + 60])}
      ${noise('damp', { frequency: [0.004, 0.05], octaves: 3, seed: random.whole(1, 99), values: veil('#000000', 3.4, -1.3) })}
      ${wash(frame, 'url(#night)')}${tubes(120, 'wide', 0.55)}${tubes(34, 'close', 0.85)}${tubes(13, 'tight', 1)}
      <g stroke="#fff" stroke-width="4" opacity="0.9" filter="url(#tight)">${ring}/></g>
      ${band(frame, horizon, frame.height, 'url(#wet)')}
      <g opacity="0.75" filter="url(#mirror)" stroke-width="26"><g transform="translate(0 ${horizon * 2}) scale(1 -1)">${ring} stroke="url(#tube)"/>${bars.join('')}</g></g>
      ${band(frame, horizon, frame.height, '#fff', 'filter="url(#damp)" opacity="0.75"')}`,
    shadow: { colour: '#000000', strength: 0.9, cast: 0 },
    reflection: 0.42,
    grade: {
      tint: [night, 0.08],
      lit: [frame.lit < 0 ? one : two, 0.2],
      shaded: [frame.lit < 0 ? two : one, 0.2],
    },
  };
};

const CLAYS = [
  { wall: '#d98a63', deep: '#b8623d', niche: '#8f4529', floor: '#e3a27c' },
  { wall: '#d8b08c', deep: '#b88a63', niche: '#8a5f3e', floor: '#e8c8a8' },
  { wall: '#c9786a', deep: '#a5534a', niche: '#7a3a35', floor: '#dc9c8c' },
] as const;

/** A plastered wall with an arch, steps and the shadow of leaves in evening sun. */
export const terracotta: DrawScene = (frame, random) => {
  const clay = random.pick(CLAYS);
  const horizon = frame.floor - 64;
  const top = frame.floor - frame.productHeight * 1.2;
  const half = frame.productWidth * 0.5 + random.between(110, 150);
  const x = frame.middle;
  return {
    stage: `
      ${linear(
        'wall',
        [
          [0, clay.wall],
          [1, clay.deep],
        ],
        [frame.lit < 0 ? 0 : 1, 0],
        [frame.lit < 0 ? 1 : 0, 1],
      )}
      ${linear(
        'niche',
        [
          [0, clay.niche],
          [0.55, clay.deep],
          [1, clay.wall],
        ],
        [frame.lit < 0 ? 0 : 1, 0],
        [frame.lit < 0 ? 1 : 0, 0.5],
      )}
      ${linear('ground', [
        [0, clay.deep],
        [0.2, clay.floor],
        [1, clay.wall],
      ])}${linear('riser', [
        [0, clay.deep],
        [1, clay.niche],
      ])}
      ${noise('plaster', { frequency: [0.012, 0.016], octaves: 4, seed: random.whole(1, 99), values: veil('#5a2412', 1.6, -0.75) })}
      ${noise('fine', { frequency: [0.35, 0.35], octaves: 2, seed: random.whole(1, 99), values: veil('#ffe6d2', 2.2, -1) })}${blur('seam', 9, 9, [horizon - 90, horizon + 90])}
      ${wash(frame, 'url(#wall)')}
      <path d="${arch(x, top, half, horizon)}" fill="url(#niche)"/>
      <path d="${arch(x, top, half, horizon)}" fill="none" stroke="${clay.floor}" stroke-width="5" opacity="0.5"/>
      ${wash(frame, '#fff', 'filter="url(#plaster)" opacity="0.34"')}
      ${band(frame, horizon, frame.height, 'url(#ground)')}
      ${band(frame, horizon - 8, horizon + 10, clay.niche, 'filter="url(#seam)" opacity="0.75"')}
      ${band(frame, frame.floor + 118, frame.height, 'url(#riser)')}${band(frame, frame.floor + 116, frame.floor + 122, '#fff0e2', 'opacity="0.55"')}
      ${wash(frame, '#fff', 'filter="url(#fine)" opacity="0.16"')}`,
    lights: [leafShadows(frame, random, '#b98b78'), falloff(frame, '#d9b3a1')],
    shadow: { colour: '#3c150a', strength: 0.68, cast: 0.42 },
    reflection: 0,
    grade: { tint: ['#ffb27a', 0.09], lit: ['#ffe2bd', 0.2], shaded: ['#5a1e0c', 0.26] },
  };
};
