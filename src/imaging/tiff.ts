/** Pixels of 8-bit RGB or RGBA, row after row, and the profile that says which colours the numbers mean. */
export type Pixels = {
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 3 | 4;
  profile: Uint8Array | undefined;
};

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/** Rows of a strip: libtiff holds one strip at a time, so small strips save the memory of a second picture. */
const STRIP_ROWS = 64;

/**
 * An uncompressed little-endian TIFF 6.0 around pixels: the one way to hand raw pixels *with* an ICC profile
 * to sharp, which takes raw pixels only without.
 */
export function wrapInTiff({ pixels, width, height, channels, profile }: Pixels): Uint8Array {
  const rowBytes = width * channels;
  const strips = Array.from({ length: Math.ceil(height / STRIP_ROWS) }, (_, index) => index * STRIP_ROWS);
  const stripBytes = strips.map((row) => Math.min(STRIP_ROWS, height - row) * rowBytes);

  // Values longer than four bytes lie between the directory and the pixels, in this order.
  const tags = channels === 4 ? 12 : 11;
  const sampleSizes = 8 + 2 + tags * 12 + 4;
  const offsets = sampleSizes + 8;
  const counts = offsets + strips.length * 4;
  const icc = counts + strips.length * 4;
  const start = icc + (profile?.byteLength ?? 0);

  const file = new Uint8Array(start + pixels.byteLength);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8, true);
  view.setUint16(8, tags, true);
  let entry = 10;
  const tag = (id: number, type: number, count: number, value: number) => {
    view.setUint16(entry, id, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, count, true);
    view.setUint32(entry + 8, value, true); // a SHORT in little-endian order is the same as a LONG
    entry += 12;
  };
  tag(256, LONG, 1, width);
  tag(257, LONG, 1, height);
  tag(258, SHORT, channels, sampleSizes);
  tag(259, SHORT, 1, 1); // no compression
  tag(262, SHORT, 1, 2); // RGB
  tag(273, LONG, strips.length, strips.length === 1 ? start : offsets);
  tag(277, SHORT, 1, channels);
  tag(278, LONG, 1, STRIP_ROWS);
  tag(279, LONG, strips.length, strips.length === 1 ? pixels.byteLength : counts);
  tag(284, SHORT, 1, 1); // samples of a pixel side by side
  if (channels === 4) tag(338, SHORT, 1, 2); // the fourth is transparency, not premultiplied
  tag(34675, UNDEFINED, profile?.byteLength ?? 0, icc);

  for (let sample = 0; sample < channels; sample++) view.setUint16(sampleSizes + sample * 2, 8, true);
  strips.forEach((row, index) => {
    view.setUint32(offsets + index * 4, start + row * rowBytes, true);
    view.setUint32(counts + index * 4, stripBytes[index] ?? 0, true);
  });
  if (profile !== undefined) file.set(profile, icc);
  file.set(pixels, start);
  return file;
}
