import { type Header, nameAt } from './headers.ts';

/** Where a box's content lies: `start` up to `end`, as offsets into the file. */
type Box = { name: string; start: number; end: number };

/** Boxes walked before a file counts as broken; a photo in tiles has about a hundred. */
const MOST_BOXES = 20_000;

/** Brands of AV1 pictures, which sharp decodes, and of HEVC pictures, which need libheif in WebAssembly. */
const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1'];
const SEQUENCE_BRANDS = ['avis', 'hevc', 'hevx', 'msf1'];

/** The boxes between two offsets. Throws a RangeError when one does not fit. */
function* boxesIn(view: DataView, start: number, end: number): Generator<Box> {
  let offset = start;
  for (let count = 0; offset < end; count++) {
    if (count > MOST_BOXES) throw new RangeError(`more than ${MOST_BOXES} boxes`);
    const length = view.getUint32(offset);
    const name = nameAt(view, offset + 4);
    // A length of 1 means that the true one follows in 64 bits, 0 that the box reaches to the end.
    const headerBytes = length === 1 ? 16 : 8;
    const boxBytes =
      length === 0 ? end - offset : length === 1 ? Number(view.getBigUint64(offset + 8)) : length;
    if (boxBytes < headerBytes || offset + boxBytes > end)
      throw new RangeError(`the box ${name} does not fit`);
    yield { name, start: offset + headerBytes, end: offset + boxBytes };
    offset += boxBytes;
  }
}

/** The first box of this name inside another, or undefined. */
function findBox(view: DataView, within: Omit<Box, 'name'>, name: string): Box | undefined {
  for (const box of boxesIn(view, within.start, within.end)) if (box.name === name) return box;
  return undefined;
}

/** The brands of the leading `ftyp` box, or none when the file does not begin with one. */
function readBrands(view: DataView): string[] {
  if (view.byteLength < 16 || nameAt(view, 4) !== 'ftyp') return [];
  const end = Math.min(view.getUint32(0), view.byteLength);
  const brands = [nameAt(view, 8)];
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(nameAt(view, offset));
  return brands;
}

/** Which picture an ISO media file holds by its brands; undefined for a video or anything else. */
export function heifKindOf(view: DataView): 'heic' | 'avif' | undefined {
  const brands = readBrands(view);
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.includes(brand))) return 'heic';
  return undefined;
}

/** The box with the properties of all pictures in the file. Throws a RangeError when there is none. */
function findProperties(view: DataView): Box {
  const meta = findBox(view, { start: 0, end: view.byteLength }, 'meta');
  const VERSION_BYTES = 4; // meta is a "full" box: version and flags stand before its content
  const iprp = meta && findBox(view, { start: meta.start + VERSION_BYTES, end: meta.end }, 'iprp');
  const ipco = iprp && findBox(view, iprp, 'ipco');
  if (ipco === undefined) throw new RangeError('no picture properties (meta/iprp/ipco)');
  return ipco;
}

/** By codec and depth: libheif keeps the decoded planes beside the pixels that it makes of them. */
const AVIF_BYTES_PER_PIXEL = { eight: 18, deeper: 25 };
const HEIC_BYTES_PER_PIXEL = { eight: 14, deeper: 18 };

/** True for the configuration of a codec (`av1C`, `hvcC`) whose samples have more than eight bits. */
function isDeep(view: DataView, { name, start }: Box): boolean {
  if (name === 'av1C') return (view.getUint8(start + 2) & 0x40) !== 0; // high_bitdepth
  return name === 'hvcC' && (view.getUint8(start + 17) & 0x07) > 0; // bitDepthLumaMinus8
}

/**
 * HEIC and AVIF: the largest picture that the file declares (`ispe`). A photo is often a grid of tiles with a
 * thumbnail beside it; the whole is the largest of them, and as a bound on memory the largest is the right one.
 */
export function readHeifHeader(view: DataView): Header {
  const ipco = findProperties(view);
  let largest = { width: 0, height: 0 };
  let deep = false;
  for (const box of boxesIn(view, ipco.start, ipco.end)) {
    deep ||= isDeep(view, box);
    if (box.name !== 'ispe') continue;
    const sides = { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
    if (sides.width * sides.height > largest.width * largest.height) largest = sides;
  }
  const perPixel = heifKindOf(view) === 'avif' ? AVIF_BYTES_PER_PIXEL : HEIC_BYTES_PER_PIXEL;
  return {
    ...largest,
    animated: readBrands(view).some((brand) => SEQUENCE_BRANDS.includes(brand)),
    bytesPerPixel: perPixel[deep ? 'deeper' : 'eight'],
  };
}

/** The ICC profile in the file (`colr` of type prof or rICC), or undefined. All tiles of a photo share one. */
export function readHeifProfile(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ipco = findProperties(view);
  for (const box of boxesIn(view, ipco.start, ipco.end)) {
    if (box.name !== 'colr') continue;
    if (['prof', 'rICC'].includes(nameAt(view, box.start))) return bytes.subarray(box.start + 4, box.end);
  }
  return undefined;
}
