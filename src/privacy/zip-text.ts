import { setImmediate } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';

/**
 * A ZIP with one text in it, which is packed as it comes: only what is packed is held.
 * @param write is given how many bytes it is by now
 */
export async function zipText(
  path: string,
  write: (packedBytes: () => number) => AsyncIterable<string>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
    bytes += chunk.byteLength;
  });
  const entry = new ZipDeflate(path, { level: 6 });
  zip.add(entry);
  for await (const text of write(() => bytes)) {
    entry.push(strToU8(text));
    // Packing is work of the main thread: others have their turn between two pieces.
    await setImmediate();
  }
  entry.push(new Uint8Array(), true);
  zip.end();
  return Buffer.concat(chunks);
}
