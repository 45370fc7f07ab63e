import { createHash } from 'node:crypto';
import { type Look, lookAt } from '../drawing/look.ts';
import { invalidRequest } from './api-error.ts';

/** One photoshoot looks at a photo once and draws it up to four times; each look holds some 10 MB. */
const KEPT = 6;

export type PhotoShelf = ReturnType<typeof createPhotoShelf>;

/** Of this process, whichever sandbox asked: a look depends on nothing but the bytes. */
const looks = createLast<Promise<Look>>();

/** Remembers what the last few photos show, so that each is looked at once. */
export function createPhotoShelf() {
  const own = createLast<true>();
  return {
    /** Whether this shelf was asked for it lately. */
    has: (bytes: Uint8Array) => own.get(keyOf(bytes)) !== undefined,
    /** What a photo shows. @throws ApiError naming `param` when it is no image that can be read. */
    async look(bytes: Uint8Array, param: string): Promise<Look> {
      const key = keyOf(bytes);
      const look = looks.get(key) ?? lookAt(bytes);
      looks.keep(key, look);
      own.keep(key, true);
      try {
        return await look;
      } catch {
        looks.drop(key);
        own.drop(key);
        throw invalidRequest(
          'Invalid image file or mode for image, please check your image file.',
          param,
          'invalid_image_file',
        );
      }
    },
  };
}

/** The last few that were kept. */
function createLast<Value>() {
  const kept = new Map<string, Value>();
  return {
    get: (key: string) => kept.get(key),
    keep(key: string, value: Value): void {
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
    },
    drop: (key: string) => void kept.delete(key),
  };
}

function keyOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
