import { BadAnswer } from './classify-error.ts';
import type { PicturePlace } from './find-picture.ts';

export const MAX_PICTURE_BYTES = 40 * 1024 * 1024;

/**
 * The bytes of a picture, wherever the answer put it. From the web it is fetched over https, or over http from the
 * very server that answered (one of one's own, by rights), and without our key.
 * @param door.baseURL of the endpoint whose answer it is
 * @param door.fetchPicture with an end after MAX_PICTURE_BYTES
 * @throws BadAnswer when it is no WebP, PNG or JPEG, or too large; what fetch throws
 */
export async function readPicture(
  place: PicturePlace,
  { baseURL, fetchPicture }: Readonly<{ baseURL: string; fetchPicture: typeof fetch }>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const address = addressOf(place, baseURL);
  if (address === null) return decodePicture(place);
  const response = await fetchPicture(address, { signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new BadAnswer('not-a-picture');
  }
  return checkedPicture(Buffer.from(await response.arrayBuffer()));
}

/** The bytes behind base64 or a data address, if they begin like a picture and are not too many. */
export function decodePicture(place: string): Uint8Array {
  const base64 = place.startsWith('data:') ? place.slice(place.indexOf(',') + 1) : place;
  if ((base64.length / 4) * 3 > MAX_PICTURE_BYTES) throw new BadAnswer('too-large');
  return checkedPicture(Buffer.from(base64, 'base64'));
}

/** Where to fetch a picture from; null for one that stands in the answer itself. */
function addressOf(place: string, baseURL: string): URL | null {
  // Base64 of a JPEG begins with a slash, so an address without its host is not looked for.
  if (!/^https?:\/\//.test(place)) return null;
  if (!URL.canParse(place)) throw new BadAnswer('malformed');
  const address = new URL(place);
  if (address.protocol !== 'https:' && address.host !== new URL(baseURL).host) {
    throw new BadAnswer('malformed');
  }
  return address;
}

function checkedPicture(bytes: Buffer): Uint8Array {
  const begins = bytes.toString('latin1', 0, 12);
  const known = /^RIFF.{4}WEBP/s.test(begins) || begins.startsWith('\x89PNG\r\n\x1a\n');
  if (!known && !begins.startsWith('\xff\xd8\xff')) throw new BadAnswer('not-a-picture');
  return bytes;
}
