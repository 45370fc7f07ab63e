/** What stands and lies about at home. */
import type { Random } from '../random.ts';
import { band, blur, groundBelow, linear, noise, twig, veil } from './paint.ts';
import type { Frame } from './scene.ts';

/** A wooden table top from `horizon` to the frame's lower edge, its planks wider the nearer they are. */
export function planks(
  frame: Frame,
  random: Random,
  horizon: number,
  colours: { pale: string; wood: string; dark: string },
): string {
  const lines: string[] = [];
  const boards: string[] = [];
  let y = horizon;
  for (let depth = 34; y < frame.height; depth *= 1.62) {
    const paint = random.pick([colours.pale, colours.dark, '#ffffff', '#000000']);
    boards.push(
      `<rect x="0" y="${y}" width="${frame.width}" height="${depth}" fill="${paint}" opacity="${random.between(0.03, 0.16)}"/>`,
    );
    y += depth;
    lines.push(`M0 ${y}H${frame.width}`);
  }
  return `
    ${linear('top', [
      [0, colours.dark],
      [0.12, colours.wood],
      [0.5, colours.pale],
      [1, colours.wood],
    ])}
    ${noise('grain', { frequency: [0.0014, 0.03], octaves: 5, seed: random.whole(1, 999), values: veil(colours.dark, 3.6, -1.65) })}
    ${noise('fibre', { frequency: [0.006, 0.35], octaves: 3, seed: random.whole(1, 999), values: veil(colours.dark, 3, -1.4) })}${blur('joint', 1.2, 1.2, [horizon, frame.height + 40])}
    ${band(frame, horizon, frame.height, 'url(#top)')}${boards.join('')}
    ${band(frame, horizon, frame.height, '#fff', 'filter="url(#grain)" opacity="0.62"')}${band(frame, horizon, frame.height, '#fff', 'filter="url(#fibre)" opacity="0.4"')}
    <path d="${lines.join('')}" stroke="${colours.dark}" stroke-width="4.5" opacity="0.75" filter="url(#joint)"/>
    <path transform="translate(0 4)" d="${lines.join('')}" stroke="#fff" stroke-width="2" opacity="0.22" filter="url(#joint)"/>
    ${band(frame, horizon, horizon + 3, '#ffffff', 'opacity="0.35"')}`;
}

/** A vase with twigs at the shaded side, to be drawn out of focus. */
export function sprig(
  frame: Frame,
  random: Random,
  horizon: number,
  greens: readonly [string, ...string[]],
): string {
  const x = frame.width / 2 - frame.lit * (frame.productWidth * 0.5 + random.between(110, 170));
  const stems = [-28, -8, 16].map((turn) => {
    const colour = random.pick(greens);
    return twig(
      random,
      x,
      horizon - 190,
      random.between(300, 440),
      -90 + turn,
      `fill="${colour}" stroke="${colour}"`,
    );
  });
  return `${stems.join('')}<path d="M${x - 46} ${horizon - 200}Q${x - 84} ${horizon - 90} ${x - 52} ${horizon + 8}H${x + 52}Q${x + 84} ${horizon - 90} ${x + 46} ${horizon - 200}Z" fill="#f2ede4"/><path d="M${x + 4} ${horizon - 200}Q${x + 20} ${horizon - 90} ${x + 10} ${horizon + 8}H${x + 52}Q${x + 84} ${horizon - 90} ${x + 46} ${horizon - 200}Z" fill="#b9ab98" opacity="0.55"/>`;
}

/** Tall dried grass at the shaded side, to be drawn out of focus. */
export function grasses(frame: Frame, random: Random, horizon: number, colour: string): string {
  const x = frame.width / 2 - frame.lit * frame.width * 0.33;
  return Array.from({ length: 9 }, () => {
    const lean = random.between(-190, 190);
    const top = horizon - random.between(520, 860);
    return `<path d="M${x} ${horizon + 60}Q${x + lean * 0.2} ${horizon - 300} ${x + lean} ${top}" fill="none" stroke="${colour}" stroke-width="5" opacity="0.5"/><ellipse cx="${x + lean}" cy="${top}" rx="20" ry="86" transform="rotate(${lean * 0.12} ${x + lean} ${top})" fill="${colour}" opacity="0.3"/>`;
  }).join('');
}

/** The outline of cloth that lies on a table: a wavy far edge. */
export function hem(frame: Frame, random: Random, horizon: number): string {
  const waves = Array.from({ length: 6 }, (_, index) => {
    const x = ((index + 1) / 6) * frame.width;
    return `S${x - frame.width / 12} ${horizon + random.between(-26, 26)} ${x} ${horizon + random.between(-18, 18)}`;
  });
  return groundBelow(frame, `M-40 ${horizon}H0${waves.join('')}`);
}

/** Vessels on a shelf, to be drawn out of focus. */
export function crockery(frame: Frame, random: Random, shelf: number): string {
  return Array.from({ length: 7 }, (_, index) => {
    const x = ((index + random.between(0.2, 0.8)) / 7) * frame.width;
    const width = random.between(60, 120);
    const height = random.between(60, 170);
    const paint = random.pick(['#f7f1e4', '#b7c4b1', '#d8a47f', '#8fa6b3', '#e9d9bd']);
    return `<rect x="${x - width / 2}" y="${shelf - height}" width="${width}" height="${height}" rx="${random.between(8, 40)}" fill="${paint}"/><rect x="${x}" y="${shelf - height}" width="${width / 2}" height="${height}" rx="10" fill="#3a2a18" opacity="0.14"/>`;
  }).join('');
}

/** Lemons at the lit side, to be drawn out of focus. */
export function lemons(frame: Frame, random: Random, horizon: number): string {
  const x = frame.width / 2 + frame.lit * (frame.productWidth * 0.5 + random.between(90, 150));
  return [0, 1, 2]
    .map((index) => {
      const left = x + frame.lit * index * 84;
      const y = horizon - 14 + (index % 2) * 26;
      return `<ellipse cx="${left}" cy="${y}" rx="62" ry="50" fill="#f2c327"/><ellipse cx="${left + frame.lit * 16}" cy="${y - 14}" rx="30" ry="20" fill="#fff0a0" opacity="0.8"/>`;
    })
    .join('');
}

/** A pile of books at the shaded side, to be drawn out of focus. */
export function books(frame: Frame, random: Random, horizon: number): string {
  const x = frame.width / 2 - frame.lit * (frame.productWidth * 0.5 + 165);
  let y = horizon + 26;
  return Array.from({ length: random.whole(3, 5) }, () => {
    const width = random.between(250, 330);
    const height = random.between(38, 62);
    const left = x - width / 2 + random.between(-16, 16);
    const paint = random.pick(['#a5442f', '#2f5d62', '#c89b4a', '#e6d8bd', '#4a3b5c']);
    y -= height;
    return `<rect x="${left}" y="${y}" width="${width}" height="${height}" rx="6" fill="${paint}"/><rect x="${left}" y="${y + height - 9}" width="${width}" height="9" fill="#1b0f08" opacity="0.35"/><rect x="${left + 26}" y="${y}" width="9" height="${height}" fill="#fff2d8" opacity="0.4"/>`;
  }).join('');
}
