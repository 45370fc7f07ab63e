/** A prepared photo as bytes that outlive the process: what is known of it as JSON, its length before that, the JPEG. */
import { z } from 'zod';
import { PHOTO_FAULTS } from './coach.ts';
import type { PreparedPhoto } from './operations.ts';

const known = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  fault: z.enum(PHOTO_FAULTS).nullable(),
  look: z.string(),
});
const LENGTH_BYTES = 2;

function packPhoto({ jpeg, width, height, fault, look }: PreparedPhoto): Uint8Array {
  const facts = Buffer.from(JSON.stringify({ width, height, fault, look } satisfies z.input<typeof known>));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(facts.byteLength);
  return Buffer.concat([length, facts, jpeg]);
}

/** @returns null for what another version of the program has written */
function unpackPhoto(packed: Uint8Array): PreparedPhoto | null {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.byteLength < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + bytes.readUInt16BE();
  try {
    const facts = known.parse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end)));
    return { ...facts, jpeg: Uint8Array.from(bytes.subarray(end)) };
  } catch {
    return null;
  }
}

/** How prepared photos are kept beside memory. */
export const PREPARED_PHOTO = {
  bytesOf: ({ jpeg }: PreparedPhoto) => jpeg.byteLength,
  pack: packPhoto,
  unpack: unpackPhoto,
} as const;
