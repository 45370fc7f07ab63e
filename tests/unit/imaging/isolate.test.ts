/** What a model made as a cut-out: its transparency is measured, its edges stay as they came. */
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { photographic, silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 2, memoryBytes: 2e9, log: silentLog });
afterAll(() => pool.close());

const SIDE = 800;
const drawing = (body: string) =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${body}</svg>`),
  );
const asModel = (body: string) => drawing(body).webp({ quality: 92 }).toBuffer();

const MUG =
  '<rect x="200" y="220" width="320" height="400" rx="30" fill="#2457a6"/><path d="M520 300 h70 a60 60 0 0 1 60 60 v100 a60 60 0 0 1 -60 60 h-70" fill="none" stroke="#2457a6" stroke-width="36"/>';
/** Seen through, but for its rim and a light on it. */
const GLASS =
  '<path d="M260 120 h280 l-40 560 h-200 z" fill="#cfe4ee" fill-opacity="0.22" stroke="#9db7c4" stroke-width="6" stroke-opacity="0.9"/><rect x="300" y="180" width="16" height="420" fill="#ffffff" fill-opacity="0.7"/>';
const WHITE =
  '<rect x="220" y="160" width="360" height="480" rx="40" fill="#ffffff"/><rect x="300" y="330" width="200" height="120" fill="#f4f4f4"/>';
/** A basket's handle of two pixels, and hair of one. */
const THIN =
  '<rect x="250" y="420" width="300" height="220" fill="#8a5a2b"/><path d="M260 420 C260 120 540 120 540 420" fill="none" stroke="#5a3a1b" stroke-width="2"/>' +
  Array.from(
    { length: 12 },
    (_, n) => `<path d="M${270 + n * 22} 640 q8 60 0 110" stroke="#333" stroke-width="1" fill="none"/>`,
  ).join('');

describe.each([
  ['a mug with a handle', MUG],
  ['glass', GLASS],
  ['white', WHITE],
  ['hair-thin handles', THIN],
])('%s, cut out by a model,', (_name, body) => {
  test('is taken by its transparency, and stays as it came', async () => {
    expect(await pool.isolate(await asModel(body))).toEqual({ kind: 'transparent' });
  });

  test('is sent with every share of transparency, and laid on white by it', async () => {
    const picture = await drawing(body).png().toBuffer();
    const made = await pool.cutOut(picture, { generated: true });
    if (made.kind !== 'made') throw new Error(made.doubt);
    const [sent, came] = await Promise.all(
      [made.transparent, picture].map((file) => sharp(file).raw().toBuffer()),
    );
    expect(sent?.equals(came ?? Buffer.alloc(0))).toBe(true);
    const onWhite = await sharp(picture).flatten({ background: '#ffffff' }).raw().toBuffer();
    const white = await sharp(made.white).raw().toBuffer();
    // What JPEG of the best quality may lose.
    expect(mostDifference(white, onWhite)).toBeLessThan(30);
    expect([...(await sharp(made.shadow).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test('stands on pure white with its longer side over nine tenths of the frame', async () => {
    const wish = { sizes: [{ width: 500, height: 500 }], margin: 0.05, maxBytes: 1e7, generated: true };
    const made = await pool.whiteFile(await asModel(body), wish);
    if (made.kind !== 'made') throw new Error(made.kind);
    const { data, info } = await sharp(made.jpeg).raw().toBuffer({ resolveWithObject: true });
    for (const corner of [0, info.width - 1, info.width * info.height - 1])
      expect([...data.subarray(corner * 3, corner * 3 + 3)]).toEqual([255, 255, 255]);
  });
});

describe('what was ordered as a cut-out', () => {
  test('and came on a plain ground has that taken away', async () => {
    const plain = await drawing(
      '<rect width="800" height="800" fill="#e4e4e2"/><rect x="240" y="160" width="320" height="480" rx="20" fill="#2457a6"/>',
    )
      .removeAlpha()
      .webp({ quality: 92 })
      .toBuffer();
    const isolated = await pool.isolate(plain);
    if (isolated.kind !== 'lifted') throw new Error(isolated.kind);
    expect(await pool.isolate(isolated.picture)).toEqual({ kind: 'transparent' });
    expect(await sharp(isolated.picture).metadata()).toMatchObject({
      width: 800,
      height: 800,
      hasAlpha: true,
    });
  });

  test.each([
    ['a scene', async () => photographic(SIDE, SIDE)],
    [
      'a scene with an alpha channel that hides nothing',
      async () =>
        sharp(await photographic(SIDE, SIDE))
          .ensureAlpha()
          .png()
          .toBuffer(),
    ],
    ['nothing at all', () => asModel('<rect x="10" y="10" width="8" height="8" fill="#000"/>')],
    [
      'a product that is cut off',
      () => asModel('<rect x="300" y="-10" width="240" height="900" fill="#2457a6"/>'),
    ],
  ])('and is %s is none', async (_name, make) => {
    expect(await pool.isolate(await make())).toMatchObject({ kind: 'unsure' });
  });
});

function mostDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? 0))), 0);
}
