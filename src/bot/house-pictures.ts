/** The pictures that Vitrine brings along (tools/example-pictures.ts draws them). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HousePicture } from '../telegram/kept-files.ts';

const FOLDER = join(import.meta.dirname, 'pictures');

/** The greeting's: a plain photo and what becomes of it. */
export const beforeAfterPicture = (): HousePicture => pictureOf('before-after');

/** The catalogue's: a preview of every house style under its number. */
export const catalogueSheet = (): HousePicture => pictureOf('catalogue');

function pictureOf(name: string): HousePicture {
  const filename = `${name}.jpg`;
  const bytes = readFileSync(join(FOLDER, filename));
  return {
    name: `${name}:${hashOf(bytes)}`,
    file: async () => ({ bytes, filename, contentType: 'image/jpeg' }),
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}
