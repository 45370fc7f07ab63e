/** The pictures that Vitrine brings along (tools/example-pictures.ts draws them). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HousePicture } from '../telegram/kept-files.ts';

const FOLDER = join(import.meta.dirname, 'pictures');

/** The greeting's: a plain photo and what becomes of it. */
export function beforeAfterPicture(): HousePicture {
  const bytes = readFileSync(join(FOLDER, 'before-after.jpg'));
  const file = { bytes, filename: 'before-after.jpg', contentType: 'image/jpeg' } as const;
  return { name: `before-after:${hashOf(bytes)}`, file: async () => file };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}
