/** What a header tells about its picture; sides as stored, before an orientation tag turns them. */
export type Header = {
  width: number;
  height: number;
  animated: boolean;
  /**
   * Bytes of memory that decoding takes for each pixel: what the process grew by at its worst, for pictures of 49
   * megapixels, rounded up (docs/decisions/020). The decoders that keep a whole picture differ by thirty times from
   * those that read it line by line.
   */
  bytesPerPixel: number;
};

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

/**
 * JPEG: the first frame header (SOF) and the scan that follows it. Whatever stands between two segments and is no
 * marker is passed over, as libjpeg and every viewer do. Throws a RangeError when the file ends or the scan
 * begins before a frame header.
 */
export function readJpegHeader(view: DataView): Header {
  let frame: { width: number; height: number; components: number } | undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let offset = 2;
  for (let step = 0; ; step++) {
    countStep(step);
    offset = bytes.indexOf(0xff, offset);
    if (offset === -1) throw new RangeError('no marker up to the end');
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // a fill byte before a marker
      continue;
    }
    const segment = offset + 2;
    // C4, C8 and CC lie in the range of the frame headers and are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && frame === undefined) {
      const components = view.getUint8(segment + 7);
      frame = { height: view.getUint16(segment + 3), width: view.getUint16(segment + 5), components };
    }
    if (marker === 0xd9 || (marker === 0xda && frame === undefined)) {
      throw new RangeError('the file ends or the scan begins before the frame header');
    }
    if (marker === 0xda && frame !== undefined) {
      const { components, ...sides } = frame;
      // The coefficients of a picture in several scans are kept until the last one: two bytes for each component.
      const isWhole =
        view.getUint8(segment + 2) === components && isAtOnce(view, segment + 3 + 2 * components);
      return { ...sides, animated: false, bytesPerPixel: isWhole ? 1 : 1 + 2 * components };
    }
    // 00 stands for an FF of the data; TEM, RST and SOI have no length.
    const standsAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    offset = segment + (standsAlone ? 0 : view.getUint16(segment));
  }
}

/** True when a scan holds every coefficient in full: not one of the scans of a progressive picture. */
function isAtOnce(view: DataView, spectralSelection: number): boolean {
  return view.getUint8(spectralSelection) === 0 && view.getUint8(spectralSelection + 1) >= 63;
}

/** Samples of a pixel by a PNG's colour type; a palette is unfolded, perhaps with transparency. */
const PNG_SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 4, 4: 2, 6: 4 };

/** PNG: the IHDR chunk; animated when an acTL chunk stands before the first IDAT. */
export function readPngHeader(view: DataView): Header {
  const CHUNK_FRAME = 12; // length, name and checksum around a chunk's data
  if (nameAt(view, 12) !== 'IHDR') throw new RangeError('the first chunk is not IHDR');
  const sampleBytes = view.getUint8(24) > 8 ? 2 : 1;
  // An interlaced picture comes seven times over, each time finer: all of it is kept.
  const isInterlaced = view.getUint8(28) !== 0;
  const bytesPerPixel = 2 + (isInterlaced ? (PNG_SAMPLES[view.getUint8(25)] ?? 4) * sampleBytes : 0);
  const sides = { width: view.getUint32(16), height: view.getUint32(20), bytesPerPixel };
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
  const sides = { width: view.getUint16(6, true), height: view.getUint16(8, true), bytesPerPixel: 6 };
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

/** A lossless picture, which any chunk may turn out to be, is decoded whole; an animation keeps two frames. */
const WEBP_BYTES_PER_PIXEL = { still: 6, animated: 10 };

/** Sizes of the headers that a BMP can have after its 14 bytes: of OS/2, and of Windows since 3.0. */
const BMP_HEADERS = [12, 16, 40, 52, 56, 64, 108, 124];

/** True for a file that begins as a BMP does; the two letters of its name alone begin many a text. */
export function isBmp(view: DataView): boolean {
  return (
    view.byteLength >= 18 && view.getUint16(0) === 0x424d && BMP_HEADERS.includes(view.getUint32(14, true))
  );
}

/** BMP: the sides, of which a negative height says that the rows go from top to bottom. */
export function readBmpHeader(view: DataView): Header {
  const isCore = view.getUint32(14, true) === 12;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  if (width < 0) throw new RangeError('a negative width');
  return { width, height, animated: false, bytesPerPixel: 12 };
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
        bytesPerPixel: WEBP_BYTES_PER_PIXEL.still,
      };
    case 'VP8L': {
      // Two numbers of 14 bits, each one less than the side it stands for.
      const bits = view.getUint32(21, true);
      return {
        width: (bits & 0x3fff) + 1,
        height: ((bits >>> 14) & 0x3fff) + 1,
        animated: false,
        bytesPerPixel: WEBP_BYTES_PER_PIXEL.still,
      };
    }
    case 'VP8X': {
      const animated = (view.getUint8(20) & 0x02) !== 0;
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
        animated,
        bytesPerPixel: WEBP_BYTES_PER_PIXEL[animated ? 'animated' : 'still'],
      };
    }
    default:
      throw new RangeError(`a WebP file cannot begin with ${JSON.stringify(chunk)}`);
  }
}

/** TIFF: ImageWidth and ImageLength of the first directory. */
export function readTiffHeader(view: DataView): Header {
  const WIDTH_TAG = 256;
  const HEIGHT_TAG = 257;
  const TILE_WIDTH_TAG = 322;
  const SHORT = 3;
  const little = view.getUint8(0) === 0x49;
  const directory = view.getUint32(4, little);
  const entries = view.getUint16(directory, little);
  const sides = { width: 0, height: 0 };
  let bytesPerPixel = 3;
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    const tag = view.getUint16(entry, little);
    // Strips are read line by line; a tile is read whole, and may be as large as the picture: four floats a pixel.
    if (tag === TILE_WIDTH_TAG) bytesPerPixel = 18;
    if (tag !== WIDTH_TAG && tag !== HEIGHT_TAG) continue;
    const isShort = view.getUint16(entry + 2, little) === SHORT;
    const side = isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little);
    if (tag === WIDTH_TAG) sides.width = side;
    else sides.height = side;
  }
  return { ...sides, animated: false, bytesPerPixel };
}
