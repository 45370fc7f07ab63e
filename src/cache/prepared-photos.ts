import type { Cache } from './cache.ts';
import type { Caches } from './caches.ts';
import type { DiskCache } from './disk.ts';

/** Photos as they were made for the provider, by a name for their bytes; in memory, and on disk where there is one. */
export type PreparedPhotos = Readonly<{
  /** @param owner the tag of the person whose photo it is */
  find: (owner: string, key: string) => Promise<Uint8Array | null>;
  keep: (owner: string, key: string, photo: Uint8Array) => void;
  /** Drops all that is one's. @returns how much */
  forget: (owner: string) => Promise<number>;
}>;

/** @param disk null where photos are in memory alone */
export function createPreparedPhotos(
  caches: Pick<Caches, 'open' | 'keepBeside'>,
  disk: DiskCache | null,
): PreparedPhotos {
  const memory: Cache<Uint8Array> = caches.open('prepared-photos', { bytesOf: (photo) => photo.byteLength });
  if (disk !== null) caches.keepBeside('prepared-photos', disk);
  return {
    async find(owner, key) {
      // A photo is found as its own person's alone: others who send it have it prepared for them.
      const name = `${owner}/${key}`;
      const known = memory.peek(name);
      if (known !== undefined) return known;
      const kept = (await disk?.read(owner, key)) ?? null;
      if (kept !== null) memory.put(name, [owner], kept.bytes, kept.leftMs);
      return kept?.bytes ?? null;
    },
    keep(owner, key, photo) {
      memory.put(`${owner}/${key}`, [owner], photo);
      void disk?.write(owner, key, photo);
    },
    async forget(owner) {
      const forgotten = await memory.invalidate([owner]);
      return forgotten + ((await disk?.forget(owner)) ?? 0);
    },
  };
}
