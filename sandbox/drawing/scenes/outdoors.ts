/** Scenes under the sky: sand, water, moss, clouds. */
import type { Random } from '../random.ts';
import { glow, palmShadows, vignette } from './light.ts';
import {
  band,
  blur,
  bokeh,
  groundBelow,
  LEAF,
  linear,
  noise,
  place,
  radial,
  relief,
  twig,
  veil,
  wash,
} from './paint.ts';
import type { DrawScene, Frame } from './scene.ts';

/** Sand before the sea, under palms. */
export const beach: DrawScene = (frame, random) => {
  const shore = frame.floor - random.between(120, 150);
  const horizon = shore - random.between(190, 240);
  const foam = Array.from({ length: 7 }, (_, index) => {
    const x = ((index + 1) / 7) * frame.width;
    return `S${x - frame.width / 14} ${shore + random.between(-22, 22)} ${x} ${shore + random.between(-12, 12)}`;
  });
  const edge = `M-40 ${shore}H0${foam.join('')}`;
  const strand = groundBelow(frame, edge);
  return {
    stage: `
      ${linear('sky', [
        [0, '#8fc9ea'],
        [0.7, '#d3ecf5'],
        [1, '#fdf3df'],
      ])}${linear('sea', [
        [0, '#2f93b8'],
        [0.55, '#4fb9c9'],
        [1, '#a9e2da'],
      ])}
      ${linear('sand', [
        [0, '#e6cfa4'],
        [0.4, '#f3dfb9'],
        [1, '#ecd2a2'],
      ])}${blur('far', 9, 9, [-60, horizon + 40])}${blur('foam', 5, 5, [horizon - 30, shore + 110])}
      ${relief('dunes', { frequency: [0.005, 0.013], octaves: 2, seed: random.whole(1, 999), depth: 44, colour: '#fff3d8', light: [frame.lit < 0 ? 205 : 335, 58], smooth: 4 })}
      ${noise('grains', { frequency: [0.6, 0.6], octaves: 2, seed: random.whole(1, 999), values: veil('#8a6530', 3.2, -1.5) })}
      ${noise('glitter', { frequency: [0.012, 0.16], octaves: 2, seed: random.whole(1, 999), values: veil('#ffffff', 6, -3.5) })}
      ${wash(frame, 'url(#sky)')}
      <g filter="url(#far)" fill="#fff" opacity="0.75">${[0.2, 0.7].map((x) => `<ellipse cx="${x * frame.width}" cy="${horizon - random.between(120, 300)}" rx="230" ry="34"/>`).join('')}</g>
      ${band(frame, horizon, shore + 40, 'url(#sea)', 'filter="url(#foam)"')}${band(frame, horizon + 6, shore, '#fff', 'filter="url(#glitter)" opacity="0.5"')}
      <path d="${strand}" fill="url(#sand)"/><path d="${strand}" fill="#fff" filter="url(#dunes)" opacity="0.42" style="mix-blend-mode:multiply"/>
      ${band(frame, shore + 30, frame.height, '#fff', 'filter="url(#grains)" opacity="0.3"')}
      <path d="${edge}" fill="none" stroke="#fff" stroke-width="20" opacity="0.85" filter="url(#foam)"/><path transform="translate(0 26)" d="${edge}" fill="none" stroke="#a98a58" stroke-width="22" opacity="0.3" filter="url(#foam)"/>`,
    lights: [palmShadows(frame, random, '#a3a6b4'), glow(frame, '#fff2c4', 0.4)],
    shadow: { colour: '#4a3213', strength: 0.7, cast: 0.5 },
    reflection: 0,
    grade: { tint: ['#fff0cc', 0.07], lit: ['#fff8e2', 0.2], shaded: ['#37526b', 0.16] },
  };
};

const WATERS = [
  { sky: '#dff3f8', deep: '#3aa6c4', mid: '#7fd0de', light: '#f3feff', shade: '#0c4a63' },
  { sky: '#e4ecfb', deep: '#5a7fd0', mid: '#9db8ee', light: '#f7faff', shade: '#1d3272' },
  { sky: '#e3f6ec', deep: '#3da58b', mid: '#8bd2bd', light: '#f4fffa', shade: '#0f4e40' },
] as const;

/** Standing in still water: rings, drops and a mirror. */
export const water: DrawScene = (frame, random) => {
  const colours = random.pick(WATERS);
  const horizon = frame.floor - random.between(170, 210);
  const rings = [1, 1.45, 2, 2.65].map((size, index) => {
    const rx = frame.foot * 0.56 * size + 14;
    return `<ellipse cx="${frame.middle}" cy="${frame.floor - 4}" rx="${rx}" ry="${rx * 0.17}" stroke-width="${9 - index * 1.5}" opacity="${0.75 - index * 0.15}"/>`;
  });
  return {
    stage: `
      ${linear('air', [
        [0, colours.sky],
        [1, colours.mid],
      ])}${linear('pool', [
        [0, colours.mid],
        [0.4, colours.deep],
        [1, colours.mid],
      ])}
      ${relief('ripples', { frequency: [0.0045, 0.021], octaves: 2, seed: random.whole(1, 999), depth: 42, colour: colours.light, light: [270, 52], smooth: 3 })}
      ${noise('sparkle', { frequency: [0.007, 0.04], octaves: 2, seed: random.whole(1, 999), ridged: true, values: veil('#ffffff', -16, 1.15) })}
      ${blur('far', 30, 30, [-60, horizon + 40])}${blur('soft', 2.4, 2.4, [frame.floor - 260, frame.floor + 280])}${blur('seam', 16, 16, [horizon - 90, horizon + 90])}
      ${wash(frame, 'url(#air)')}
      <g filter="url(#far)">${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 16, colours: ['#ffffff', colours.light, colours.mid], size: [40, 120], opacity: 0.55 })}</g>
      ${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: horizon }, { count: 16, colours: ['#ffffff'], size: [8, 34], opacity: 0.4 })}
      ${band(frame, horizon, frame.height, 'url(#pool)')}${band(frame, horizon, frame.height, '#fff', 'filter="url(#ripples)" opacity="0.38"')}
      ${band(frame, horizon, frame.height, '#fff', 'filter="url(#sparkle)" opacity="0.34"')}${band(frame, horizon - 24, horizon + 20, colours.light, 'filter="url(#seam)" opacity="0.75"')}
      <g fill="none" stroke="#fff" filter="url(#soft)">${rings.join('')}</g>
      <g fill="none" stroke="${colours.shade}" filter="url(#soft)" opacity="0.4" transform="translate(0 9)">${rings.join('')}</g>`,
    front: drops(frame, random, colours.shade),
    lights: [glow(frame, '#ffffff', 0.3)],
    shadow: { colour: colours.shade, strength: 0.55, cast: 0 },
    reflection: 0.46,
    grade: { tint: [colours.light, 0.06], lit: ['#ffffff', 0.18], shaded: [colours.shade, 0.2] },
  };
};

/** A mossy stone in a wood, sun between the trees. */
export const garden: DrawScene = (frame, random) => {
  const horizon = frame.floor - random.between(80, 110);
  const wide = Math.max(frame.foot * 1.05, 400);
  const trunks = Array.from({ length: 5 }, () => {
    const x = random.between(0, frame.width);
    return `<rect x="${x}" y="-20" width="${random.between(26, 70)}" height="${frame.height}" fill="#2c3a22" opacity="0.4"/>`;
  });
  const stone = `M${frame.middle - wide} ${frame.floor + 60}C${frame.middle - wide * 0.96} ${horizon - 8} ${frame.middle - wide * 0.5} ${horizon + 10} ${frame.middle} ${horizon + 22}S${frame.middle + wide * 0.97} ${horizon} ${frame.middle + wide} ${frame.floor + 66}C${frame.middle + wide * 1.06} ${frame.floor + 260} ${frame.middle - wide * 1.08} ${frame.floor + 260} ${frame.middle - wide} ${frame.floor + 60}Z`;
  return {
    stage: `
      ${linear('wood', [
        [0, '#cfe3a4'],
        [0.45, '#6f9a4d'],
        [1, '#22391d'],
      ])}${linear('ground', [
        [0, '#3b5a2a'],
        [1, '#16240f'],
      ])}${blur('far', 26, 26, [-60, frame.floor + 90])}${blur('mid', 9, 9, [frame.floor - 230, frame.height + 60])}
      ${linear('rock', [
        [0, '#a3bd58'],
        [0.3, '#6f8f3a'],
        [1, '#1f2d14'],
      ])}
      ${noise('moss', { frequency: [0.035, 0.06], octaves: 4, seed: random.whole(1, 999), values: veil('#c3db74', 3.4, -1.75) })}
      ${relief('rough', { frequency: [0.03, 0.05], octaves: 4, seed: random.whole(1, 999), depth: 16, colour: '#ffffff', light: [frame.lit < 0 ? 215 : 325, 55] })}
      ${wash(frame, 'url(#wood)')}<g filter="url(#far)">${trunks.join('')}${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: frame.floor }, { count: 40, colours: ['#e9f6b8', '#8cbb58', '#3f6b30', '#567f3b', '#fffbd0'], size: [30, 110], opacity: 0.55 })}</g>
      ${bokeh(random, { left: 0, top: 0, right: frame.width, bottom: frame.floor * 0.7 }, { count: 22, colours: ['#f8ffd2', '#fff7c4'], size: [12, 40], opacity: 0.36 })}
      <g filter="url(#mid)">${band(frame, frame.floor + 20, frame.height + 40, 'url(#ground)')}${ferns(frame, random)}</g>
      <path d="${stone}" fill="url(#rock)"/><path d="${stone}" fill="#fff" filter="url(#rough)" opacity="0.5" style="mix-blend-mode:multiply"/><path d="${stone}" fill="#fff" filter="url(#moss)" opacity="0.5"/>`,
    front: `${blur('lens', 20, 20, [frame.height - 420, frame.height + 60])}<g filter="url(#lens)" opacity="0.92">${[0, 1].map((side) => twig(random, side * frame.width + (side ? 60 : -60), frame.height + 30, 460, side ? 205 + random.between(0, 24) : -25 - random.between(0, 24), 'fill="#3c6a2c" stroke="#3c6a2c"')).join('')}</g>`,
    lights: [glow(frame, '#f6ffc0', 0.5), vignette(frame, '#8d9a84')],
    shadow: { colour: '#0e1a0a', strength: 0.8, cast: 0.1 },
    reflection: 0,
    grade: { tint: ['#eaf5c8', 0.08], lit: ['#f8ffd6', 0.2], shaded: ['#10200c', 0.3] },
  };
};

const SKIES = [
  { high: '#7fb4ea', low: '#f9d9e0', cloud: '#ffffff', shade: '#8fa3c8' },
  { high: '#a99be6', low: '#ffd9c2', cloud: '#fff6f4', shade: '#a48fc0' },
  { high: '#8fd0e6', low: '#eaf7ef', cloud: '#ffffff', shade: '#8db3c4' },
] as const;

/** Above the clouds. */
export const sky: DrawScene = (frame, random) => {
  const colours = random.pick(SKIES);
  return {
    stage: `
      ${linear('air', [
        [0, colours.high],
        [0.75, colours.low],
        [1, colours.low],
      ])}${radial('puff', [
        [0, colours.cloud],
        [0.55, colours.cloud, 0.92],
        [1, colours.cloud, 0],
      ])}
      ${radial('belly', [
        [0, colours.shade, 0.55],
        [1, colours.shade, 0],
      ])}${radial('sun', [
        [0, '#fffbe8', 0.95],
        [1, '#fffbe8', 0],
      ])}
      ${wash(frame, 'url(#air)')}<circle cx="${frame.middle + frame.lit * frame.width * 0.22}" cy="${frame.floor - frame.productHeight * 0.9}" r="420" fill="url(#sun)"/>
      ${clouds(frame, random, { y: frame.floor - frame.productHeight * 0.72, spread: 240, count: 16, size: [70, 150], opacity: 0.55 })}
      ${clouds(frame, random, { y: frame.floor + 10, spread: 90, count: 30, size: [110, 220], opacity: 0.95 })}
      ${band(frame, frame.floor + 60, frame.height, colours.cloud)}
      ${clouds(frame, random, { y: frame.floor + 170, spread: 150, count: 26, size: [120, 220], opacity: 0.9 })}`,
    front: `${radial('puff', [
      [0, colours.cloud],
      [0.5, colours.cloud, 0.9],
      [1, colours.cloud, 0],
    ])}${radial('belly', [
      [0, colours.shade, 0.4],
      [1, colours.shade, 0],
    ])}
      ${clouds(frame, random, { y: frame.floor + 88, spread: 26, count: 12, size: [70, 120], opacity: 0.92 })}`,
    shadow: { colour: colours.shade, strength: 0.7, cast: 0 },
    reflection: 0,
    grade: { tint: [colours.low, 0.08], lit: ['#fffdf2', 0.2], shaded: [colours.shade, 0.22] },
  };
};

function clouds(
  frame: Frame,
  random: Random,
  bank: { y: number; spread: number; count: number; size: readonly [number, number]; opacity: number },
): string {
  return Array.from({ length: bank.count }, () => {
    const x = random.between(-60, frame.width + 60);
    const y = bank.y + random.between(-bank.spread, bank.spread) * 0.5;
    const radius = random.between(...bank.size);
    return `<ellipse cx="${x}" cy="${y + radius * 0.3}" rx="${radius * 1.1}" ry="${radius * 0.7}" fill="url(#belly)" opacity="${bank.opacity}"/><ellipse cx="${x}" cy="${y}" rx="${radius * 1.2}" ry="${radius * 0.78}" fill="url(#puff)" opacity="${bank.opacity}"/>`;
  }).join('');
}

/** Drops in the air and on the glass, each with its shade and its spark. */
function drops(frame: Frame, random: Random, shade: string): string {
  const reach = frame.productWidth * 0.5;
  return Array.from({ length: 18 }, () => {
    const side = random.pick([-1, 1]);
    const x = frame.middle + side * (reach + random.between(-10, 190));
    const y = frame.floor - random.between(0, 1) ** 1.6 * frame.productHeight * 0.75 - 10;
    const radius = random.between(3, 13);
    return `<ellipse cx="${x}" cy="${y}" rx="${radius * 0.9}" ry="${radius}" fill="${shade}" opacity="0.28"/><ellipse cx="${x}" cy="${y}" rx="${radius * 0.86}" ry="${radius * 0.96}" fill="none" stroke="#fff" stroke-width="${radius * 0.2}" opacity="0.8"/><circle cx="${x - radius * 0.3}" cy="${y - radius * 0.35}" r="${radius * 0.26}" fill="#fff"/>`;
  }).join('');
}

function ferns(frame: Frame, random: Random): string {
  return Array.from({ length: 30 }, () => {
    const x = random.between(-40, frame.width + 40);
    const colour = random.pick(['#4f7d35', '#2f5723', '#6f9d49']);
    return place(
      LEAF,
      x,
      frame.floor + random.between(0, 90),
      random.between(0.8, 2),
      random.between(-120, -60),
      `fill="${colour}"`,
    );
  }).join('');
}
