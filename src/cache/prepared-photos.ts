import type { Cache } from './cache.ts';
import type { Caches } from './caches.ts';
import type { DiskCache } from './disk.ts';

/** Photos as they were made for the provider, by a name for their bytes; in memory, and on disk where there is one. */
export type PreparedPhotos<Photo> = Readonly<{
  /** @param owner the tag of the person whose photo it is */
  find: (owner: string, key: string) => Promise<Photo | null>;
  keep: (owner: string, key: string, photo: Photo) => void;
  /** Drops all that is one's. @returns how much */
  forget: (owner: string) => Promise<number>;
}>;

/** How a photo becomes bytes for the disk, and again a photo; `unpack` gives null for what it cannot read. */
export type PhotoCodec<Photo> = Readonly<{
  bytesOf: (photo: Photo) => number;
  pack: (photo: Photo) => Uint8Array;
  unpack: (packed: Uint8Array) => Photo | null;
}>;

/** @param disk null where photos are in memory alone */
export function createPreparedPhotos<Photo>(
  caches: Pick<Caches, 'open' | 'keepBeside'>,
  { bytesOf, pack, unpack }: PhotoCodec<Photo>,
  disk: DiskCache | null,
): PreparedPhotos<Photo> {
  const memory: Cache<Photo> = caches.open('prepared-photos', { bytesOf });
  if (disk !== null) caches.keepBeside('prepared-photos', disk);
  return {
    async find(owner, key) {
      // A photo is found as its own person's alone: others who send it have it prepared for them.
      const name = `${owner}/${key}`;
      const known = memory.peek(name);
      if (known !== undefined) return known;
      const kept = (await disk?.read(owner, key)) ?? null;
      const photo = kept === null ? null : unpack(kept.bytes);
      if (kept !== null && photo !== null) memory.put(name, [owner], photo, kept.leftMs);
      return photo;
    },
    keep(owner, key, photo) {
      memory.put(`${owner}/${key}`, [owner], photo);
      if (disk !== null) void disk.write(owner, key, pack(photo));
    },
    async forget(owner) {
      const forgotten = await memory.invalidate([owner]);
      return forgotten + ((await disk?.forget(owner)) ?? 0);
    },
  };
}
