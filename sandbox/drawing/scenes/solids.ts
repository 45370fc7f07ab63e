/** Solid shapes that a studio has. */
import { linear, radial } from './paint.ts';
import type { Frame } from './scene.ts';

/** The outline of an arch: straight sides and a half circle on top. */
export function arch(x: number, top: number, half: number, bottom: number): string {
  return `M${x - half} ${bottom}V${top + half}A${half} ${half} 0 0 1 ${x + half} ${top + half}V${bottom}Z`;
}

type Solid = Readonly<{ wall: string; deep: string; podium: string; prop: string; shade: string }>;

/** A round podium; `top` is the middle of its upper face. */
export function drum(
  x: number,
  top: number,
  radius: number,
  height: number,
  colours: Solid,
  frame: Frame,
): string {
  const flat = radius * 0.17;
  const [from, to] =
    frame.lit < 0
      ? [
          [0, 0],
          [1, 0],
        ]
      : [
          [1, 0],
          [0, 0],
        ];
  return `${linear(
    'drum',
    [
      [0, colours.deep],
      [0.22, colours.podium],
      [0.5, colours.wall],
      [0.85, colours.deep],
      [1, colours.wall],
    ],
    from,
    to,
  )}
    ${linear(
      'drumtop',
      [
        [0, '#ffffff'],
        [1, colours.podium],
      ],
      from,
      to,
    )}
    <ellipse cx="${x - frame.lit * 50}" cy="${top + height + 12}" rx="${radius * 1.14}" ry="${flat * 1.25}" fill="${colours.shade}" opacity="0.5" filter="url(#near)"/>
    <path d="M${x - radius} ${top}V${top + height}A${radius} ${flat} 0 0 0 ${x + radius} ${top + height}V${top}Z" fill="url(#drum)"/>
    <ellipse cx="${x}" cy="${top}" rx="${radius}" ry="${flat}" fill="url(#drumtop)"/>
    <ellipse cx="${x}" cy="${top}" rx="${radius - 1}" ry="${flat - 1}" fill="none" stroke="#fff" stroke-width="2.5" opacity="0.7"/>`;
}

/** A ball that lies on the ground. */
export function sphere(x: number, y: number, radius: number, colours: Solid, frame: Frame): string {
  const lamp = [frame.lit < 0 ? 0.32 : 0.68, 0.28];
  return `${radial(
    'ball',
    [
      [0, '#ffffff'],
      [0.3, colours.prop],
      [1, mix(colours.prop, colours.shade)],
    ],
    lamp,
    0.78,
  )}
    <ellipse cx="${x - frame.lit * radius * 0.5}" cy="${y + radius * 0.98}" rx="${radius * 1.1}" ry="${radius * 0.2}" fill="${colours.shade}" opacity="0.5" filter="url(#near)"/>
    <circle cx="${x}" cy="${y}" r="${radius}" fill="url(#ball)"/>`;
}

/** The colour halfway between two. */
export function mix(one: string, other: string): string {
  const half = [1, 3, 5].map((at) => {
    const sum = Number.parseInt(one.slice(at, at + 2), 16) + Number.parseInt(other.slice(at, at + 2), 16);
    return Math.round(sum / 2)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${half.join('')}`;
}
