import { setImmediate } from 'node:timers/promises';
import { Zip, ZipPassThrough } from 'fflate';

/** A file and where it stands in the archive, such as `Ozon/MUG-01.jpg`. */
export type ZipEntry = Readonly<{ path: string; bytes: Uint8Array }>;

/**
 * A ZIP without compression: pictures have none left to gain. Its checksums take 5 ms of the main thread for each
 * megabyte, so that others have their turn between two files.
 */
export async function zipFiles(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const { path, bytes } of entries) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    entry.push(bytes, true);
    await setImmediate();
  }
  zip.end();
  return Buffer.concat(chunks);
}
