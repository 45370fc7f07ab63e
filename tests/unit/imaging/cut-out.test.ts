/** Drawn products on grounds of every kind: hits, and honest refusals. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type CutOut, cutOut, type Doubt } from '../../../src/imaging/cut-out.ts';

const SIDE = 600;

/** An SVG of 600×600 as a camera would have it: a little blurred, noisy, a JPEG. */
async function photo(body: string, { noise = 2 } = {}): Promise<CutOut> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${body}</svg>`;
  const clean = await sharp(Buffer.from(svg)).removeAlpha().blur(0.6).raw().toBuffer();
  // The same grain every time (a linear congruential generator).
  let seed = 7;
  const grain = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed / 2_147_483_648 - 0.5) * 2 * noise;
  };
  const noisy = Uint8ClampedArray.from(clean, (value) => value + grain());
  const jpeg = await sharp(noisy, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const pixels = await sharp(jpeg).raw().toBuffer();
  return cutOut({ pixels, width: SIDE, height: SIDE });
}

const ground = (colour: string) => `<rect width="600" height="600" fill="${colour}"/>`;
const MUG = '<rect x="180" y="200" width="240" height="260" rx="24" fill="#2457a6"/>';
const lit = `<defs><radialGradient id="g" cx="0.4" cy="0.3" r="0.9"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#dcdcdc"/></radialGradient></defs><rect width="600" height="600" fill="url(#g)"/>`;
const softShadow =
  '<defs><filter id="s" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="16 9"/></filter></defs><ellipse cx="300" cy="462" rx="125" ry="12" fill="#000" opacity="0.35" filter="url(#s)"/>';

/** Share of the pixels of a drawn shape that are solid, and of those outside of it that are not quite clear. */
function measure(result: CutOut, isInside: (x: number, y: number) => boolean | null) {
  if (result.kind !== 'sure') throw new Error(result.doubt);
  let [inside, solid, outside, dirty] = [0, 0, 0, 0];
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      const alpha = result.pixels[(y * SIDE + x) * 4 + 3] ?? 0;
      const where = isInside(x, y);
      if (where === true) {
        inside += 1;
        if (alpha === 255) solid += 1;
      } else if (where === false) {
        outside += 1;
        if (alpha > 8) dirty += 1;
      }
    }
  return { solid: solid / inside, dirty: dirty / outside };
}

/** Inside of the mug, outside of it, or within three pixels of its outline. */
const inMug = (x: number, y: number) => {
  const within = (by: number) => x > 180 + by && x < 419 - by && y > 200 + by && y < 459 - by;
  if (within(9)) return true;
  return within(-6) ? null : false;
};

describe('a product is cut out of', () => {
  test.each<[string, string, number?]>([
    ['white', ground('#ffffff') + MUG],
    ['grey', ground('#8a8a8a') + MUG],
    ['black', ground('#0c0c0c') + MUG.replace('#2457a6', '#e8b23c')],
    ['a beige that the light falls off on', lit + MUG],
    // Where the shadow touches, it is as dark as half an outline: a few rows of it stay.
    ['white above a soft shadow', ground('#ffffff') + softShadow + MUG, 6],
  ])('%s', async (_name, body, within = 3) => {
    const result = await photo(body);
    const { solid, dirty } = measure(result, inMug);
    expect(solid).toBeGreaterThan(0.999);
    expect(dirty).toBeLessThan(0.0005);
    if (result.kind !== 'sure') throw new Error(result.doubt);
    const { left, top, width, height } = result.box;
    for (const [is, should] of [
      [left, 180],
      [top, 200],
      [width, 240],
      [height, 260],
    ] as const)
      expect(Math.abs(is - should)).toBeLessThanOrEqual(within);
  });

  test('a black product on white', async () => {
    expect((await photo(ground('#fff') + MUG.replace('#2457a6', '#151515'))).kind).toBe('sure');
  });

  test('a coloured ground whose colour leaves no trace on the edge', async () => {
    const result = await photo(ground('#3fae49') + MUG.replace('#2457a6', '#d8d0c8'));
    if (result.kind !== 'sure') throw new Error(result.doubt);
    let [edge, green] = [0, 0];
    for (let at = 0; at < result.pixels.length; at += 4) {
      const [r = 0, g = 0, b = 0, alpha = 0] = result.pixels.subarray(at, at + 4);
      if (alpha < 16 || alpha > 250) continue;
      edge += 1;
      if (g - Math.max(r, b) > 12) green += 1;
    }
    expect(edge).toBeGreaterThan(300);
    expect(green / edge).toBeLessThan(0.02);
  });
});

describe('nothing is cut out, and it is said why, of', () => {
  const wood = Array.from(
    { length: 40 },
    (_, n) => `<rect y="${n * 15}" width="600" height="8" fill="${n % 3 ? '#a87848' : '#7c5430'}"/>`,
  ).join('');
  const hair = Array.from(
    { length: 6 },
    (_, n) =>
      `<path d="M${200 + n * 30} 200 q 20 -90 60 -120" stroke="#2457a6" stroke-width="1.6" fill="none"/>`,
  ).join('');

  test.each<[string, string, Doubt[]]>([
    ['a wooden table', ground('#b98a5a') + wood + MUG, ['ground']],
    [
      'a wall and a table',
      `${ground('#f2efe9')}<rect y="380" width="600" height="220" fill="#9b7653"/>${MUG}`,
      ['ground'],
    ],
    ['white on white', ground('#ffffff') + MUG.replace('#2457a6', '#f4f4f2'), ['faint', 'shadow', 'nothing']],
    ['near white on white', ground('#ffffff') + MUG.replace('#2457a6', '#fdfdfd'), ['faint', 'nothing']],
    [
      'a grey product on white',
      ground('#ffffff') + MUG.replace('#2457a6', '#b4b4b4'),
      ['faint', 'shadow', 'nothing'],
    ],
    ['a steel product on white', ground('#ffffff') + MUG.replace('#2457a6', '#8d8f90'), ['shadow']],
    [
      'a hard shadow that touches',
      `${ground('#ffffff')}<polygon points="420,440 560,420 560,455 300,460" fill="#9a9a9a"/>${MUG}`,
      ['shadow', 'faint'],
    ],
    [
      'a dark soft shadow under a black product',
      ground('#ffffff') + softShadow.replace('0.35', '0.8') + MUG.replace('#2457a6', '#1c1c1c'),
      ['shadow'],
    ],
    [
      'a grey mug with a red label on a soft shadow',
      `${ground('#ffffff')}${softShadow}${MUG.replace('#2457a6', '#c4c4c4')}<rect x="240" y="280" width="120" height="80" fill="#c02020"/>`,
      ['shadow', 'faint'],
    ],
    [
      'glass',
      `${ground('#f4f4f4')}<rect x="180" y="180" width="240" height="280" rx="20" fill="#c8dce4" opacity="0.35" stroke="#5b7684" stroke-width="6"/>`,
      ['faint', 'shadow'],
    ],
    [
      'tinted glass',
      `${ground('#ffffff')}<rect x="180" y="180" width="240" height="280" rx="20" fill="#dcebf2" stroke="#5b7684" stroke-width="6"/>`,
      ['faint', 'shadow'],
    ],
    [
      'a handle with the ground in it, which could be a label',
      `${ground('#ffffff')}${MUG}<circle cx="450" cy="320" r="56" fill="none" stroke="#2457a6" stroke-width="26"/>`,
      ['faint'],
    ],
    [
      'a label of the colour of the ground',
      `${ground('#ffffff')}${MUG}<rect x="230" y="280" width="140" height="90" fill="#ffffff"/>`,
      ['faint'],
    ],
    ['parts as thin as a hair', ground('#ffffff') + MUG + hair, ['thin', 'faint']],
    [
      'a product that is cut off',
      `${ground('#ffffff')}<rect x="300" y="200" width="300" height="260" fill="#2457a6"/>`,
      ['cut-off', 'ground'],
    ],
    [
      'a corner of a second product',
      `${ground('#ffffff')}${MUG}<circle cx="600" cy="0" r="26" fill="#a02020"/>`,
      ['cut-off', 'ground'],
    ],
    [
      'a product out of focus',
      `${ground('#ffffff')}<g filter="url(#b)">${MUG}</g><defs><filter id="b" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="14"/></filter></defs>`,
      ['faint', 'shadow'],
    ],
    ['an empty ground', ground('#eeeeee'), ['nothing']],
  ])('%s', async (_name, body, doubts) => {
    const result = await photo(body);
    expect(result.kind === 'unsure' ? result.doubt : 'sure').toBeOneOf(doubts);
  });

  test('a picture that is all noise', async () => {
    expect(await photo(ground('#808080') + MUG, { noise: 40 })).toEqual({ kind: 'unsure', doubt: 'ground' });
  });
});
