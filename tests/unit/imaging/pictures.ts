import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { createLog } from '../../../src/log.ts';

export const silentLog = createLog({ level: 'silent', pretty: false });

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

/** The colours of the four fields, in reading order. */
export const FIELDS = { red: '#d02020', green: '#20a020', blue: '#2020d0', white: '#ffffff' } as const;
export type Field = keyof typeof FIELDS;

/** 160×128: red, green / blue, white. */
export async function fourFields(): Promise<Buffer> {
  const field = (name: Field) =>
    sharp({ create: { width: 80, height: 64, channels: 3, background: FIELDS[name] } })
      .png()
      .toBuffer();
  return sharp({ create: { width: 160, height: 128, channels: 3, background: FIELDS.white } })
    .composite([
      { input: await field('red'), left: 0, top: 0 },
      { input: await field('green'), left: 80, top: 0 },
      { input: await field('blue'), left: 0, top: 64 },
    ])
    .removeAlpha()
    .png()
    .toBuffer();
}

/** The four fields as a BMP of 24 or 32 bits, its rows from bottom to top as usual, or from top to bottom. */
export async function bmp(bits: 24 | 32, rows: 'bottom-up' | 'top-down'): Promise<Buffer> {
  const { data, info } = await sharp(await fourFields())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const samples = bits / 8;
  const file = Buffer.alloc(54 + width * height * samples);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(rows === 'top-down' ? -height : height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const row = Math.floor(pixel / width);
    const place = (rows === 'top-down' ? row : height - 1 - row) * width + (pixel % width);
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 3, pixel * 3 + 3);
    file.set([blue, green, red], 54 + place * samples);
  }
  return file;
}

/** Noise of one colour channel blown up and blurred: structure like a photo's. The sides are in pixels. */
export async function photographic(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
  const coarse = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888', noise } })
    .resize(width, height, { fit: 'fill' })
    .png()
    .toBuffer();
  const fine = await sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .ensureAlpha(0.1)
    .png()
    .toBuffer();
  return sharp(coarse)
    .composite([{ input: fine }])
    .removeAlpha()
    .png()
    .toBuffer();
}

/** An animation of two frames, the first red and the second blue, 120×120. */
export async function animation(kind: 'gif' | 'webp'): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 120, height: 120, channels: 3, background } })
      .png()
      .toBuffer();
  const joined = sharp([await frame(FIELDS.red), await frame(FIELDS.blue)], { join: { animated: true } });
  return kind === 'gif' ? joined.gif().toBuffer() : joined.webp().toBuffer();
}

/** What colours a picture shows in its four quarters, in reading order; a colour nearer to none is 'other'. */
export async function shownFields(picture: Uint8Array): Promise<(Field | 'other')[]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const places = [0.25, 0.75].flatMap((down) => [0.25, 0.75].map((right) => ({ down, right })));
  return places.map(({ down, right }) => {
    const start = (Math.floor(down * height) * width + Math.floor(right * width)) * info.channels;
    return nearestField(data.subarray(start, start + 3));
  });
}

/** JPEG shifts colours by a few steps; a wrong profile shifts them by more than 15. */
const COLOUR_TOLERANCE = 8;

function nearestField(pixel: Uint8Array): Field | 'other' {
  const names = Object.keys(FIELDS) as Field[]; // the keys of a literal of ours
  const found = names.find((name) => {
    const wanted = Buffer.from(FIELDS[name].slice(1), 'hex');
    return wanted.every((value, index) => Math.abs(value - (pixel[index] ?? -999)) <= COLOUR_TOLERANCE);
  });
  return found ?? 'other';
}
