/** Old ones go: an address is fetched at once. */
const KEPT = 20;

export type PictureStore = ReturnType<typeof createPictureStore>;

/** Finished pictures for endpoints that answer with an address, below which they are served. */
export function createPictureStore() {
  const pictures = new Map<string, Uint8Array>();
  return {
    /** @returns its path */
    keep(id: string, bytes: Uint8Array): string {
      pictures.set(id, bytes);
      for (const oldest of pictures.keys()) {
        if (pictures.size <= KEPT) break;
        pictures.delete(oldest);
      }
      return `/openai/pictures/${id}`;
    },
    read: (id: string): Uint8Array | undefined => pictures.get(id),
  };
}
