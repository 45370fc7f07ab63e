import { createHash } from 'node:crypto';
import { type Look, lookAt } from '../drawing/look.ts';
import { invalidRequest } from './api-error.ts';

/** One photoshoot looks at a photo once and draws it up to four times; each look holds some 10 MB. */
const KEPT = 6;

export type PhotoShelf = ReturnType<typeof createPhotoShelf>;

/** Remembers what the last few photos show, so that each is looked at once. */
export function createPhotoShelf() {
  const looks = new Map<string, Promise<Look>>();
  return {
    /** Whether it was looked at lately. */
    has: (bytes: Uint8Array) => looks.has(keyOf(bytes)),
    /** What a photo shows. @throws ApiError naming `param` when it is no image that can be read. */
    async look(bytes: Uint8Array, param: string): Promise<Look> {
      const key = keyOf(bytes);
      const look = looks.get(key) ?? lookAt(bytes);
      looks.delete(key);
      looks.set(key, look);
      for (const oldest of looks.keys()) {
        if (looks.size <= KEPT) break;
        looks.delete(oldest);
      }
      try {
        return await look;
      } catch {
        looks.delete(key);
        throw invalidRequest(
          'Invalid image file or mode for image, please check your image file.',
          param,
          'invalid_image_file',
        );
      }
    },
  };
}

function keyOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
