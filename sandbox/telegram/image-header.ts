/** An image's kind and size in pixels, read from the first bytes without decoding it. */
export type ImageHeader = { format: 'jpeg' | 'png' | 'webp' | 'gif'; width: number; height: number };

/** Undefined for anything that is not one of the four kinds, or is cut before its size. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.readUInt32BE(0) === 0x89504e47) {
      return { format: 'png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
    }
    if (view.toString('latin1', 0, 4) === 'GIF8') {
      return { format: 'gif', width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
    }
    if (view.readUInt16BE(0) === 0xffd8) return readJpeg(view);
    const isWebp = view.toString('latin1', 0, 4) === 'RIFF' && view.toString('latin1', 8, 12) === 'WEBP';
    return isWebp ? readWebp(view) : undefined;
  } catch (error) {
    // Reading past the end: a file that is cut short has no size to tell.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Walks the segments to the frame header (SOF0–SOF15, without the three markers in between that are others). */
function readJpeg(view: Buffer): ImageHeader | undefined {
  let at = 2;
  while (view.readUInt8(at) === 0xff) {
    const marker = view.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { format: 'jpeg', height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    }
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The three kinds of WebP keep their size at different places: lossy, lossless, extended. */
function readWebp(view: Buffer): ImageHeader | undefined {
  switch (view.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return {
        format: 'webp',
        width: view.readUInt16LE(26) & 0x3fff,
        height: view.readUInt16LE(28) & 0x3fff,
      };
    case 'VP8L': {
      const bits = view.readUInt32LE(21);
      return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { format: 'webp', width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
