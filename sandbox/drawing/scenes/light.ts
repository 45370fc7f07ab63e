/** The light of the scenes: what falls through windows and leaves, over the room and the product alike. */
import type { Random } from '../random.ts';
import { blur, linear, palm, radial, twig, wash } from './paint.ts';
import type { Frame, Light } from './scene.ts';

/** Sun through the panes of a window; `shade` is the colour of what it does not reach. */
export function windowLight(frame: Frame, random: Random, shade: string): Light {
  const width = frame.width;
  const pane = random.between(230, 300);
  const lean = -frame.lit * random.between(16, 26);
  const left = width / 2 + frame.lit * random.between(60, 150) - pane * 1.5;
  const panes = [0, 1, 2].flatMap((column) =>
    [0, 1, 2, 3].map(
      (row) =>
        `<rect x="${left + column * (pane + 34)}" y="${-260 + row * (pane * 1.35 + 34)}" width="${pane}" height="${pane * 1.35}"/>`,
    ),
  );
  return {
    blend: 'multiply',
    over: true,
    svg: `${blur('panes', 11, 11, [-60, frame.height + 60])}${wash(frame, shade)}
      <g fill="#fff" filter="url(#panes)" transform="translate(${width / 2} 0) skewX(${lean}) translate(${-width / 2} 0)">${panes.join('')}</g>`,
  };
}

/** The shadows of twigs that hang into the light. */
export function leafShadows(frame: Frame, random: Random, shade: string): Light {
  const from = frame.width / 2 + (frame.lit * frame.width) / 2;
  const twigs = Array.from({ length: 5 }, (_, index) =>
    twig(
      random,
      from + frame.lit * 60,
      random.between(-0.15, 0.75) * frame.height,
      random.between(420, 700),
      (frame.lit < 0 ? 0 : 180) + random.between(-34, 34) * (index % 2 === 0 ? 1 : -1),
      `fill="${shade}" stroke="${shade}"`,
    ),
  );
  return {
    blend: 'multiply',
    over: false,
    svg: `${blur('leaves', 13, 13, [-60, frame.height + 60])}${wash(frame, '#fff')}<g filter="url(#leaves)">${twigs.join('')}</g>`,
  };
}

/** The shadows of palm leaves. */
export function palmShadows(frame: Frame, random: Random, shade: string): Light {
  const from = frame.width / 2 + (frame.lit * frame.width) / 2;
  const leaves = [-0.06, 0.16, 0.42].map((share) =>
    palm(
      from + frame.lit * 90,
      share * frame.height,
      random.between(620, 820),
      (frame.lit < 0 ? 0 : 180) + frame.lit * -random.between(4, 30),
      `fill="${shade}" stroke="${shade}"`,
    ),
  );
  return {
    blend: 'multiply',
    over: false,
    svg: `${blur('palm', 10, 10, [-60, frame.height + 60])}${wash(frame, '#fff')}<g filter="url(#palm)">${leaves.join('')}</g>`,
  };
}

/** A glow from the lit side, like sun that meets the lens. */
export function glow(frame: Frame, colour: string, strength: number): Light {
  const x = frame.lit < 0 ? 0.08 : 0.92;
  return {
    blend: 'screen',
    over: false,
    svg: `${radial(
      'glow',
      [
        [0, colour, strength],
        [0.5, colour, strength * 0.32],
        [1, colour, 0],
      ],
      [x, 0.06],
      0.95,
    )}${wash(frame, '#000')}${wash(frame, 'url(#glow)')}`,
  };
}

/** The corners a little darker, as lenses draw them. */
export function vignette(frame: Frame, colour: string): Light {
  return {
    blend: 'multiply',
    over: true,
    svg: `${radial(
      'corners',
      [
        [0.55, '#ffffff'],
        [1, colour],
      ],
      [0.5, 0.48],
      0.8,
    )}${wash(frame, 'url(#corners)')}`,
  };
}

/** Darker towards the side that the light does not come from. */
export function falloff(frame: Frame, colour: string): Light {
  const [from, to] =
    frame.lit < 0
      ? [
          [0.35, 0],
          [1, 0.3],
        ]
      : [
          [0.65, 0],
          [0, 0.3],
        ];
  return {
    blend: 'multiply',
    over: false,
    svg: `${linear(
      'fall',
      [
        [0, '#ffffff'],
        [1, colour],
      ],
      from,
      to,
    )}${wash(frame, 'url(#fall)')}`,
  };
}
