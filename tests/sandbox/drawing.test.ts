import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { contactSheet } from '../../sandbox/drawing/contact-sheet.ts';
import { type Look, lookAt } from '../../sandbox/drawing/look.ts';
import { drawPicture } from '../../sandbox/drawing/picture.ts';
import { SCENE_NAMES, sceneFor } from '../../sandbox/drawing/scenes/index.ts';
import { drawSvg, encode, type Pixels, photoSizes, readPixels } from '../../sandbox/drawing.ts';
import { SAMPLE_PRODUCTS, sampleProductPhoto } from '../../sandbox/sample-product.ts';

/** A red crate with a white label and a blue stripe, so that its colours can be looked for. */
const CRATE = `<g><rect x="150" y="160" width="300" height="360" fill="#c81e1e"/><rect x="210" y="240" width="180" height="120" fill="#ffffff"/><rect x="210" y="290" width="180" height="20" fill="#1e3cc8"/></g>`;
const svg = (width: number, height: number, elements: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${elements}</svg>`;
const plain = (fill: string, elements = '') =>
  drawSvg(svg(600, 640, `<rect width="600" height="640" fill="${fill}"/>${elements}`));

let crate: Look;
beforeAll(async () => {
  crate = await lookAt(await encode(await plain('#e4e4e6', CRATE), 'png'));
});

const draw = (prompt: string, variation = 1, size = { width: 480, height: 640 }) =>
  drawPicture({ product: crate.standing, prompt, ...size, variation });

function colourAt({ data, width }: Pixels, x: number, y: number): number[] {
  const at = (Math.round(y) * width + Math.round(x)) * 4;
  return [...data.subarray(at, at + 4)];
}

/** The share of a picture's pixels whose colour is within `tolerance` of this one in every channel. */
function shareOf({ data }: Pixels, [red, green, blue]: [number, number, number], tolerance: number): number {
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const near = (channel: number, value: number) => Math.abs((data[at + channel] ?? 0) - value) <= tolerance;
    if (near(0, red) && near(1, green) && near(2, blue)) found += 1;
  }
  return found / (data.length / 4);
}

describe('photo sizes', () => {
  test('are Telegram’s four boxes, smallest first', async () => {
    const sizes = await photoSizes(await encode(await drawSvg(svg(2000, 1000, '')), 'jpeg'));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [800, 400],
      [1280, 640],
    ]);
    for (const { bytes, width, height } of sizes) {
      expect(Buffer.from(bytes).toString('latin1', 0, 3)).toBe('\xff\xd8\xff');
      expect(await readPixels(bytes, 4000)).toMatchObject({ width, height });
    }
  });

  test('never enlarge: a small photo fills the last box with its own size', async () => {
    const sizes = await photoSizes(await encode(await drawSvg(svg(200, 400, '')), 'png'));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [45, 90],
      [160, 320],
      [200, 400],
    ]);
  });

  test('stand upright whatever EXIF says', async () => {
    const jpeg = Buffer.from(await encode(await drawSvg(svg(400, 200, '')), 'jpeg'));
    const [smallest] = await photoSizes(withOrientation(jpeg, 6));
    expect(smallest).toMatchObject({ width: 45, height: 90 });
  });

  test('of something that is no image are refused', async () => {
    await expect(photoSizes(Buffer.from('no image at all'))).rejects.toThrow('unsupported image format');
  });
});

describe('lifting a product', () => {
  test('keeps the product’s colours and leaves nothing of the background', () => {
    expect(crate.kind).toBe('product');
    const { width, height } = crate.standing;
    expect(width / height).toBeCloseTo(300 / 360, 1);
    expect(colourAt(crate.standing, width * 0.05, height * 0.5)).toEqual([200, 30, 30, 255]);
    expect(colourAt(crate.standing, width * 0.5, height * 0.28)).toEqual([255, 255, 255, 255]);
    expect(shareOf(crate.standing, [228, 228, 230], 2)).toBe(0);
  });

  test('leaves the product’s own soft shadow behind', async () => {
    const shadow = `<defs><filter id="b" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="22 9"/></filter></defs><ellipse cx="330" cy="512" rx="210" ry="26" fill="#333" opacity="0.5" filter="url(#b)"/>`;
    const look = await lookAt(await encode(await plain('#e4e4e6', `${shadow}${CRATE}`), 'png'));
    expect(look.kind).toBe('product');
    expect(look.standing.width).toBeLessThan(320);
    expect(look.standing.height).toBeLessThan(380);
  });

  test('opens a handle’s gap at the side and keeps a label that has the background’s colour', async () => {
    const handled = `${CRATE}<path d="M450 230h90v190h-90" fill="none" stroke="#c81e1e" stroke-width="34"/>`;
    const look = await lookAt(await encode(await plain('#ffffff', handled), 'png'));
    const { width, height } = look.standing;
    expect(look.holes).toBe(1);
    expect(colourAt(look.standing, width * 0.88, height * 0.46)[3]).toBe(0);
    expect(colourAt(look.standing, width * 0.37, height * 0.28)).toEqual([255, 255, 255, 255]);
  });

  test('says when there is nothing, and when the background is not plain', async () => {
    expect((await lookAt(await encode(await plain('#e4e4e6'), 'png'))).kind).toBe('empty');
    const tiles = Array.from({ length: 80 }, (_, index) => {
      const fill = index % 3 === 0 ? '#a33' : index % 3 === 1 ? '#3a6' : '#ddd';
      return `<rect x="${(index % 8) * 75}" y="${Math.floor(index / 8) * 64}" width="75" height="64" fill="${fill}"/>`;
    });
    const busy = await lookAt(await encode(await plain('#fff', tiles.join('')), 'png'));
    expect(busy.kind).toBe('busy');
    // The photo as a print: its border is paper, its middle the photo.
    expect(colourAt(busy.standing, 10, busy.standing.height / 2)).toEqual([253, 253, 251, 255]);
  });

  test.each(SAMPLE_PRODUCTS)('lifts the sample %s, whose label is still on it', async (name) => {
    const look = await lookAt(await sampleProductPhoto(name));
    expect(look.kind).toBe('product');
    expect(look.holes).toBe(name === 'mug' ? 1 : 0);
    const { data, width, height } = look.standing;
    const opaque = data.filter((value, at) => at % 4 === 3 && value === 255).length / (width * height);
    expect(opaque).toBeGreaterThan(0.6);
    // The rim's corners are background, and gone.
    expect([colourAt(look.standing, 0, 0)[3], colourAt(look.standing, width - 1, 0)[3]]).toEqual([0, 0]);
  });
});

describe('a styled picture', () => {
  test.each([
    [480, 640],
    [640, 360],
    [304, 912],
  ])('has exactly %i × %i pixels', async (width, height) => {
    expect(await draw('marble', 1, { width, height })).toMatchObject({ width, height });
  });

  test('shows the product’s own pixels in a scene that is not the photo’s background', async () => {
    for (const prompt of ['dark moody studio', 'oak table', 'beach sand']) {
      const picture = await draw(prompt);
      expect(shareOf(picture, [200, 30, 30], 48)).toBeGreaterThan(0.08);
      expect(shareOf(picture, [30, 60, 200], 60)).toBeGreaterThan(0.003);
      expect(shareOf(picture, [228, 228, 230], 4)).toBeLessThan(0.03);
    }
  });

  test('is pure white around the product when a catalogue picture is asked for', async () => {
    const picture = await draw('pure white background');
    expect(
      colourAt(picture, 8, 8)
        .slice(0, 3)
        .every((value) => value > 250),
    ).toBe(true);
  });

  test('is the same for the same prompt and number, and another for another number', async () => {
    const [one, same, other] = await Promise.all([draw('linen', 1), draw('linen', 1), draw('linen', 2)]);
    expect(Buffer.from(one.data).equals(Buffer.from(same.data))).toBe(true);
    expect(Buffer.from(one.data).equals(Buffer.from(other.data))).toBe(false);
  });

  test('bears the sandbox’s mark in its corner, bright letters on a dark pill', async () => {
    const picture = await draw('pure white background', 1, { width: 1024, height: 1024 });
    const corner = { data: [] as number[] };
    for (let y = 950; y < 1005; y += 1) {
      for (let x = 830; x < 1010; x += 1) corner.data.push(colourAt(picture, x, y)[0] ?? 0);
    }
    const dark = corner.data.filter((value) => value > 120 && value < 190).length;
    const bright = corner.data.filter((value) => value > 225).length;
    expect(dark).toBeGreaterThan(2500);
    expect(bright).toBeGreaterThan(500);
  });

  test.each(SCENE_NAMES)('can be drawn in every scene and both ways of the light: %s', async (name) => {
    const drawn = await Promise.all(
      [1, 2, 3].map((variation) => draw(name, variation, { width: 160, height: 208 })),
    );
    for (const picture of drawn) {
      const opaque = picture.data.filter((_, at) => at % 4 === 3).every((value) => value === 255);
      expect(opaque).toBe(true);
    }
  });
});

describe('choosing a scene', () => {
  test.each([
    ['White marble vanity in a bright bathroom', 'marble'],
    ['Black glossy surface, dramatic rim light', 'darkStudio'],
    ['Folds of natural linen fabric', 'linen'],
    ['на пляже под пальмами', 'beach'],
    ['осенние листья на старых досках', 'autumn'],
    ['новогодние огни и гирлянды', 'festive'],
    ['spacious studio with sparkling light and ice cubes', 'winter'],
  ])('%s: %s', (prompt, scene) => {
    expect(sceneFor(prompt)).toBe(scene);
  });

  test('goes by the described surroundings, not by the rules around them', () => {
    const prompt =
      'Keep the black label on its white background.\nScene: warm sand on a tropical beach\nNo wood.';
    expect(sceneFor(prompt)).toBe('beach');
    const own =
      'Scene: as the words under "style" in the data describe\n<data>\nstyle: "неоновая ночь"\n</data>';
    expect(sceneFor(own)).toBe('neon');
  });

  test('always finds the same one for words that it does not know', () => {
    expect(sceneFor('xyzzy')).toBe(sceneFor('xyzzy'));
    expect(new Set(['plugh', 'xyzzy', 'qwert', 'asdf', 'zxcv'].map(sceneFor)).size).toBeGreaterThan(1);
  });
});

describe('the sample photo and the contact sheet', () => {
  test('are the same bytes at every call', async () => {
    const [one, other] = await Promise.all([sampleProductPhoto(), sampleProductPhoto()]);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(one.byteLength).toBeLessThan(250_000);
    expect(await readPixels(one, 4000)).toMatchObject({ width: 1200, height: 1600 });
  });

  test('ship with the project, small enough and ready to be lifted', async () => {
    const shipped = await readFile(new URL('../../docs/sample-product.jpg', import.meta.url));
    expect(shipped.byteLength).toBeLessThan(250_000);
    expect(await lookAt(shipped)).toMatchObject({ kind: 'product', holes: 1 });
  });

  test('put all pictures on one sheet', async () => {
    const [wide, tall] = await Promise.all([
      encode(await drawSvg(svg(800, 400, '<rect width="800" height="400" fill="#00f"/>')), 'png'),
      encode(await drawSvg(svg(300, 600, '<rect width="300" height="600" fill="#0f0"/>')), 'png'),
    ]);
    const sheet = await readPixels(await contactSheet([wide, tall, wide, tall]), 4000);
    expect(shareOf(sheet, [0, 0, 255], 3)).toBeGreaterThan(0.1);
    expect(shareOf(sheet, [0, 255, 0], 3)).toBeGreaterThan(0.1);
  });
});

/** The JPEG with an EXIF block, right after its first marker, that holds nothing but the orientation. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from('45786966000049492a00080000000100120103000100000000000000000000000000', 'hex');
  exif.writeUInt16LE(orientation, 24);
  const marker = Buffer.from([0xff, 0xe1, 0, exif.byteLength + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]);
}
