/** A JPEG without what is not its picture, bit for bit, and not encoded again. */

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** Metadata that changes how the pixels are to be seen: an orientation, a colour profile. */
const MEANINGFUL = new Map([
  [APP1, Buffer.from('Exif\0')],
  [APP2, Buffer.from('ICC_PROFILE\0')],
]);

/**
 * Copies the tables, frames and scans of a JPEG, and of its metadata only what says how colours are coded (JFIF's APP0
 * and Adobe's APP14). What stands behind its end is left out.
 * @returns memory of its own; null for a file that is built otherwise, or that would look otherwise without its
 * metadata (Exif, a colour profile), or is not three colours of eight bits
 */
export function stripJpeg(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const kept = keptOf(jpeg);
  return kept === null ? null : join(kept);
}

/** The parts that stay, from its beginning to its end, of the file's own memory. Segments as ITU-T T.81, annex B has them. */
function keptOf(jpeg: Uint8Array): Buffer[] | null {
  const file = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (file[0] !== 0xff || file[1] !== SOI) return null;
  const kept: Buffer[] = [file.subarray(0, 2)];
  for (let at = 2; at + 2 <= file.length; ) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1] ?? 0;
    if (marker === EOI) return [...kept, file.subarray(at, at + 2)];
    if (at + 4 > file.length) return null;
    const end = at + 2 + file.readUInt16BE(at + 2);
    const next = marker === SOS ? endOfScan(file, end) : end;
    if (next === null || next > file.length) return null;
    const segment = file.subarray(at, next);
    if (isMeaningful(marker, segment) || (isFrame(marker) && !isOfThreeColours(segment))) return null;
    if (!isMetadata(marker)) kept.push(segment);
    at = next;
  }
  return null;
}

function isMeaningful(marker: number, segment: Buffer): boolean {
  const name = MEANINGFUL.get(marker);
  return name !== undefined && segment.subarray(4, 4 + name.length).equals(name);
}

/** A beginning of a frame: 0xc0 to 0xcf but for the tables among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Precision, height, width and the number of components follow the length. */
function isOfThreeColours(frame: Buffer): boolean {
  return frame[4] === 8 && frame[9] === 3;
}

function isMetadata(marker: number): boolean {
  if (marker === COMMENT) return true;
  return marker > APP0 && marker <= APP15 && marker !== APP14;
}

/** Where the next marker stands behind the coded data of a scan; null where none does. */
function endOfScan(file: Buffer, from: number): number | null {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1];
    if (next === undefined) return null;
    // A coded 0xff is followed by zero; restarts and fill bytes are within the scan.
    const isWithin = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isWithin) return at;
  }
  return null;
}

function join(parts: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** XMP in a JPEG: its own APP1 (XMP specification, part 3), behind the beginning and JFIF's APP0. */
const XMP_NAME = Buffer.from('http://ns.adobe.com/xap/1.0/\0');

/** The JPEG with this XMP and no other metadata; null as `stripJpeg`. */
export function labelJpeg(jpeg: Uint8Array, xmp: string): Uint8Array<ArrayBuffer> | null {
  const kept = keptOf(jpeg);
  if (kept === null) return null;
  const body = Buffer.concat([XMP_NAME, Buffer.from(xmp)]);
  const head = Buffer.from([0xff, APP1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  const at = kept[1]?.[1] === APP0 ? 2 : 1;
  return join([...kept.slice(0, at), head, body, ...kept.slice(at)]);
}
