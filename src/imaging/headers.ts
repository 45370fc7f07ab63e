/** What a header tells about its picture; sides as stored, before an orientation tag turns them. */
export type Header = { width: number; height: number; animated: boolean };

/**
 * How many segments, chunks or blocks are walked before a file counts as broken. Honest photos have fewer than
 * 200 (long ICC profiles and extended XMP come in pieces); the bound keeps a file of a million empty
 * segments off the main thread.
 */
const MOST_STEPS = 20_000;

/** A step too many; like reading past the end (RangeError of DataView) it means a broken file. */
function countStep(step: number): void {
  if (step > MOST_STEPS) throw new RangeError(`more than ${MOST_STEPS} parts in the header`);
}

/** The four letters of a chunk or box name at this place. */
export function nameAt(view: DataView, offset: number): string {
  return String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
}

/** JPEG: the first frame header (SOF). Throws a RangeError when the file ends or the scan begins before one. */
export function readJpegHeader(view: DataView): Header {
  let offset = 2;
  for (let step = 0; ; step++) {
    countStep(step);
    if (view.getUint8(offset) !== 0xff) throw new RangeError('no marker where one belongs');
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // a fill byte before a marker
      continue;
    }
    // C4, C8 and CC lie in the range of the frame headers and are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7), animated: false };
    }
    if (marker === 0xda || marker === 0xd9) throw new RangeError('the scan begins before the frame header');
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    offset += 2 + (standsAlone ? 0 : view.getUint16(offset + 2));
  }
}

/** PNG: the IHDR chunk; animated when an acTL chunk stands before the first IDAT. */
export function readPngHeader(view: DataView): Header {
  const CHUNK_FRAME = 12; // length, name and checksum around a chunk's data
  if (nameAt(view, 12) !== 'IHDR') throw new RangeError('the first chunk is not IHDR');
  const sides = { width: view.getUint32(16), height: view.getUint32(20) };
  let offset = 8;
  for (let step = 0; ; step++) {
    countStep(step);
    const name = nameAt(view, offset + 4);
    if (name === 'acTL') return { ...sides, animated: true };
    if (name === 'IDAT' || name === 'IEND') return { ...sides, animated: false };
    offset += CHUNK_FRAME + view.getUint32(offset);
  }
}

/** GIF: the logical screen; animated when a second image follows the first. */
export function readGifHeader(view: DataView): Header {
  const sides = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return { ...sides, animated: countGifImages(view, 2) === 2 };
}

/** Images in a GIF, counted no further than `enough`; a file cut short has those that were found. */
function countGifImages(view: DataView, enough: number): number {
  let images = 0;
  let offset = 13 + colourTableBytes(view.getUint8(10));
  let step = 0;
  while (images < enough && offset < view.byteLength && view.getUint8(offset) !== 0x3b) {
    if (view.getUint8(offset) === 0x2c) {
      images += 1;
      offset += 11 + colourTableBytes(view.getUint8(offset + 9));
    } else {
      offset += 2; // an extension: introducer and label
    }
    // The data of both are blocks, each led by its length, up to an empty one.
    while (offset < view.byteLength && view.getUint8(offset) !== 0) {
      offset += 1 + view.getUint8(offset);
      // Data of one large image has more blocks than the bound: then the first is all that counts.
      if (++step > MOST_STEPS) return images;
    }
    offset += 1;
    if (++step > MOST_STEPS) return images;
  }
  return images;
}

/** Length of the colour table that a GIF's flags announce. */
function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** WebP: the first chunk, which is lossy (`VP8 `), lossless (`VP8L`) or says what follows (`VP8X`). */
export function readWebpHeader(view: DataView): Header {
  const chunk = nameAt(view, 12);
  switch (chunk) {
    case 'VP8 ':
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
        animated: false,
      };
    case 'VP8L': {
      // Two numbers of 14 bits, each one less than the side it stands for.
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, animated: false };
    }
    case 'VP8X':
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
        animated: (view.getUint8(20) & 0x02) !== 0,
      };
    default:
      throw new RangeError(`a WebP file cannot begin with ${JSON.stringify(chunk)}`);
  }
}

/** TIFF: ImageWidth and ImageLength of the first directory. */
export function readTiffHeader(view: DataView): Header {
  const WIDTH_TAG = 256;
  const HEIGHT_TAG = 257;
  const SHORT = 3;
  const little = view.getUint8(0) === 0x49;
  const directory = view.getUint32(4, little);
  const entries = view.getUint16(directory, little);
  const sides = { width: 0, height: 0 };
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    const tag = view.getUint16(entry, little);
    if (tag !== WIDTH_TAG && tag !== HEIGHT_TAG) continue;
    const isShort = view.getUint16(entry + 2, little) === SHORT;
    const side = isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little);
    if (tag === WIDTH_TAG) sides.width = side;
    else sides.height = side;
  }
  return { ...sides, animated: false };
}
