/** Scenes at home: stone, wood, cloth, a loft, a kitchen in the morning, lamplight. */
import { books, crockery, grasses, hem, lemons, planks, sprig } from './household.ts';
import { falloff, glow, leafShadows, windowLight } from './light.ts';
import { band, blur, bokeh, linear, noise, radial, relief, veil, wash } from './paint.ts';
import type { DrawScene } from './scene.ts';

/** White marble in the light of a window. */
export const marble: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(105, 140);
  const wall = random.pick(['#e7e1d8', '#dfe3e4', '#e9dcd3'] as const);
  const veins = (id: string, frequency: [number, number], sharpness: number) =>
    noise(id, {
      frequency,
      octaves: 4,
      seed: random.whole(1, 999),
      ridged: true,
      values: `0 0 0 0 0.5  0 0 0 0 0.49  0 0 0 0 0.5  ${-sharpness} 0 0 0 0.62`,
    });
  return {
    stage: `
      ${linear('wall', [
        [0, wall],
        [1, '#cfc6ba'],
      ])}${linear('slab', [
        [0, '#d9d6d2'],
        [0.2, '#f4f2ef'],
        [1, '#ffffff'],
      ])}
      ${veins('bold', [0.0016, 0.0065], 9)}${veins('thin', [0.006, 0.016], 12)}
      ${noise('cloud', { frequency: [0.003, 0.01], octaves: 4, seed: random.whole(1, 999), values: veil('#8f9299', 2.4, -1.15) })}
      ${blur('far', 15, 15, [-60, horizon + 40])}${blur('seam', 7, 7, [horizon - 90, horizon + 90])}${wash(frame, 'url(#wall)')}
      <g filter="url(#far)" opacity="0.9">${sprig(frame, random, horizon, ['#7f9079', '#94a38b'])}</g>
      ${band(frame, horizon, frame.height, 'url(#slab)')}
      ${band(frame, horizon, frame.height, '#fff', 'filter="url(#cloud)" opacity="0.55"')}
      ${band(frame, horizon, frame.height, '#fff', 'filter="url(#bold)" opacity="0.8"')}
      ${band(frame, horizon, frame.height, '#fff', 'filter="url(#thin)" opacity="0.38"')}
      ${band(frame, horizon - 12, horizon + 3, '#8c8378', 'filter="url(#seam)" opacity="0.5"')}`,
    lights: [windowLight(frame, random, '#c9bcb0')],
    shadow: { colour: '#3d352f', strength: 0.62, cast: 0.34 },
    reflection: 0.2,
    grade: { tint: ['#fff3e2', 0.05], lit: ['#fffaf0', 0.14], shaded: ['#4b3f36', 0.16] },
  };
};

/** An oak table before a garden out of focus. */
export const oak: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(110, 150);
  return {
    stage: `
      ${linear('garden', [
        [0, '#e9f0d9'],
        [0.5, '#b9cf9a'],
        [1, '#7d9a63'],
      ])}${blur('far', 34, 34, [-60, horizon + 40])}
      ${wash(frame, 'url(#garden)')}
      <g filter="url(#far)">${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 34, colours: ['#f7fbe8', '#8fb36d', '#5f8a4a', '#dfeec0', '#fff6cf'], size: [36, 120], opacity: 0.6 })}</g>
      ${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon * 0.8 }, { count: 12, colours: ['#fffdf0', '#f3f8cf'], size: [16, 44], opacity: 0.32 })}
      ${planks(frame, random, horizon, { pale: '#d9ab72', wood: '#b9834b', dark: '#6e431f' })}`,
    lights: [leafShadows(frame, random, '#c2b199'), glow(frame, '#fff0c0', 0.42)],
    shadow: { colour: '#2a1608', strength: 0.72, cast: 0.3 },
    reflection: 0.08,
    grade: { tint: ['#ffe9bd', 0.07], lit: ['#fff4d0', 0.18], shaded: ['#2f2410', 0.22] },
  };
};

/** Folds of linen and dried grass. */
export const linen: DrawScene = (frame, random) => {
  const cloth = random.pick([
    { light: '#f4ebdd', wall: '#e9dccb', deep: '#c9b69e', shade: '#5c4630' },
    { light: '#ece9e4', wall: '#dcd8d1', deep: '#b9b2a8', shade: '#45403a' },
    { light: '#efdcd2', wall: '#e6cfc4', deep: '#c7a596', shade: '#633f31' },
  ] as const);
  const horizon = frame.floor - random.between(130, 170);
  return {
    stage: `
      ${linear('wall', [
        [0, cloth.wall],
        [1, cloth.deep],
      ])}${blur('far', 13, 13, [-60, horizon + 110])}
      ${relief('folds', { frequency: [0.0022, 0.0075], octaves: 2, seed: random.whole(1, 999), depth: 34, colour: cloth.light, light: [frame.lit < 0 ? 215 : 325, 60], smooth: 7 })}
      ${noise('weft', { frequency: [0.02, 0.75], octaves: 2, seed: 4, values: veil(cloth.shade, 2.6, -1.2) })}
      ${noise('warp', { frequency: [0.75, 0.02], octaves: 2, seed: 9, values: veil(cloth.shade, 2.6, -1.2) })}
      ${linear('back', [
        [0, cloth.shade, 0.34],
        [0.24, cloth.shade, 0],
        [1, cloth.shade, 0],
      ])}
      ${wash(frame, 'url(#wall)')}
      <g filter="url(#far)" opacity="0.85">${grasses(frame, random, horizon, cloth.shade)}</g>
      <path d="${hem(frame, random, horizon)}" fill="#fff" filter="url(#folds)"/>
      <path d="${hem(frame, random, horizon)}" fill="url(#back)"/>
      ${band(frame, horizon + 60, frame.height, '#fff', 'filter="url(#weft)" opacity="0.13"')}${band(frame, horizon + 60, frame.height, '#fff', 'filter="url(#warp)" opacity="0.13"')}`,
    lights: [windowLight(frame, random, '#d2c2b1')],
    shadow: { colour: cloth.shade, strength: 0.7, cast: 0.24 },
    reflection: 0,
    grade: { tint: [cloth.light, 0.07], lit: ['#fff7ea', 0.16], shaded: [cloth.shade, 0.2] },
  };
};

/** Bare concrete and one lamp. */
export const concrete: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(85, 115);
  const joint = frame.middle + random.between(-0.28, 0.28) * frame.width;
  return {
    stage: `
      ${linear('wall', [
        [0, '#9c9d9d'],
        [1, '#82827f'],
      ])}${linear('slab', [
        [0, '#8b8a87'],
        [0.3, '#b5b3af'],
        [1, '#a3a19d'],
      ])}
      ${radial(
        'lamp',
        [
          [0, '#fff4e2', 0.62],
          [0.5, '#fff4e2', 0.16],
          [1, '#fff4e2', 0],
        ],
        [0.5, 0.5],
        0.5,
      )}
      ${noise('stain', { frequency: [0.004, 0.006], octaves: 5, seed: random.whole(1, 999), values: veil('#3a3a3a', 2.8, -1.3) })}
      ${noise('pores', { frequency: [0.16, 0.16], octaves: 2, seed: random.whole(1, 999), values: veil('#2c2c2c', 7, -4.5) })}
      ${noise('dust', { frequency: [0.5, 0.5], octaves: 2, seed: 5, values: veil('#ffffff', 2.4, -1.1) })}${blur('seam', 8, 8, [horizon - 90, horizon + 90])}${blur('soft', 1.6, 1.6, [-60, horizon + 40])}
      ${wash(frame, 'url(#wall)')}
      <g filter="url(#soft)" stroke="#4c4c4a" stroke-width="4" opacity="0.65"><path d="M${joint} 0V${horizon}M0 ${horizon * 0.36}H${frame.width}"/></g>
      <g fill="#3f3f3d" opacity="0.75">${[-1, 1].map((side) => `<circle cx="${joint + side * 90}" cy="${horizon * 0.36 - 90}" r="13"/><circle cx="${joint + side * 90}" cy="${horizon * 0.36 + 90}" r="13"/>`).join('')}</g>
      ${band(frame, horizon, frame.height, 'url(#slab)')}${band(frame, horizon - 10, horizon + 10, '#31312f', 'filter="url(#seam)" opacity="0.7"')}
      ${wash(frame, '#fff', 'filter="url(#stain)" opacity="0.42"')}${wash(frame, '#fff', 'filter="url(#pores)" opacity="0.4"')}${wash(frame, '#fff', 'filter="url(#dust)" opacity="0.12"')}
      <ellipse cx="${frame.middle + frame.lit * 160}" cy="${frame.floor - frame.productHeight * 0.7}" rx="${frame.width * 0.6}" ry="${frame.productHeight}" fill="url(#lamp)"/>`,
    lights: [windowLight(frame, random, '#b4b2b0')],
    shadow: { colour: '#151514', strength: 0.78, cast: 0.46 },
    reflection: 0.04,
    grade: { tint: ['#e8e2d8', 0.06], lit: ['#fff2da', 0.16], shaded: ['#141414', 0.26] },
  };
};

/** A kitchen worktop on a bright morning. */
export const kitchen: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(120, 150);
  const tile = 118;
  const rows = Array.from({ length: 18 }, (_, row) => {
    const y = horizon - row * tile * 0.5;
    const shift = row % 2 === 0 ? 0 : tile / 2;
    const joints = Array.from(
      { length: 20 },
      (__, column) => `M${column * tile + shift} ${y}v${-tile * 0.5}`,
    );
    return `M0 ${y}H${frame.width}${joints.join('')}`;
  });
  const shelf = frame.floor - frame.productHeight * random.between(0.98, 1.1);
  return {
    stage: `
      ${linear('wall', [
        [0, '#fbf8f0'],
        [1, '#e8e0d0'],
      ])}${linear('oakshelf', [
        [0, '#d7b184'],
        [1, '#9c7346'],
      ])}${blur('far', 11, 11, [-60, horizon + 40])}${blur('mid', 6, 6, [-60, horizon + 40])}
      ${radial(
        'sun',
        [
          [0, '#fff6d6', 0.95],
          [1, '#fff6d6', 0],
        ],
        [0.5, 0.5],
        0.5,
      )}
      ${wash(frame, 'url(#wall)')}<path d="${rows.join('')}" stroke="#c9bfae" stroke-width="5" opacity="0.7" filter="url(#mid)"/>
      <g filter="url(#far)"><rect x="-20" y="${shelf}" width="${frame.width + 40}" height="26" fill="url(#oakshelf)"/><rect x="-20" y="${shelf + 26}" width="${frame.width + 40}" height="34" fill="#6b543a" opacity="0.25"/>
      ${crockery(frame, random, shelf)}
      ${sprig(frame, random, horizon, ['#5f8a4a', '#86a866'])}${lemons(frame, random, horizon)}</g>
      <ellipse cx="${frame.lit < 0 ? 0 : frame.width}" cy="${horizon * 0.3}" rx="${frame.width * 0.7}" ry="${frame.height * 0.5}" fill="url(#sun)"/>
      ${planks(frame, random, horizon, { pale: '#ecd1a8', wood: '#d9b27e', dark: '#9a6f3f' })}`,
    lights: [windowLight(frame, random, '#dccbb6'), glow(frame, '#ffe9ae', 0.34)],
    shadow: { colour: '#40280f', strength: 0.66, cast: 0.34 },
    reflection: 0.08,
    grade: { tint: ['#ffeec4', 0.07], lit: ['#fff8df', 0.18], shaded: ['#4f3517', 0.16] },
  };
};

/** A bedside table in lamplight, with books. */
export const evening: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(115, 150);
  const wall = random.pick([
    { lit: '#d9b98f', wall: '#8a6a50', dark: '#3f2d22' },
    { lit: '#d5bfa4', wall: '#6f7468', dark: '#2f332d' },
    { lit: '#dcb39a', wall: '#8a5f58', dark: '#3a2526' },
  ]);
  const lamp = frame.width / 2 + frame.lit * frame.width * 0.36;
  const shade = frame.floor - frame.productHeight * random.between(0.78, 0.9);
  return {
    stage: `
      ${radial(
        'glow',
        [
          [0, '#ffe2ae', 0.95],
          [0.4, '#ffcf8c', 0.4],
          [1, '#ffcf8c', 0],
        ],
        [0.5, 0.5],
        0.5,
      )}
      ${linear('wall', [
        [0, wall.dark],
        [0.55, wall.wall],
        [1, wall.dark],
      ])}${linear('shade', [
        [0, '#ffe9c6'],
        [1, wall.lit],
      ])}
      ${blur('far', 16, 16, [-60, horizon + 60])}
      ${wash(frame, 'url(#wall)')}
      <circle cx="${lamp}" cy="${shade + 60}" r="620" fill="url(#glow)"/>
      <g filter="url(#far)"><path d="M${lamp - 95} ${shade - 150}H${lamp + 95}L${lamp + 150} ${shade + 70}H${lamp - 150}Z" fill="url(#shade)"/><rect x="${lamp - 12}" y="${shade + 70}" width="24" height="${horizon - shade}" fill="${wall.dark}"/>
      ${books(frame, random, horizon)}</g>
      ${planks(frame, random, horizon, { pale: '#a9794d', wood: '#7d5433', dark: '#382113' })}`,
    lights: [glow(frame, '#ffc77c', 0.4), falloff(frame, '#9c8577')],
    shadow: { colour: '#180c05', strength: 0.78, cast: 0.3 },
    reflection: 0.1,
    grade: { tint: ['#ffc987', 0.09], lit: ['#ffe3b4', 0.24], shaded: ['#221108', 0.34] },
  };
};
