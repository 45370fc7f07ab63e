import { invalidRequest } from './api-error.ts';

const DATA_URL = /^data:image\/(?:jpeg|jpg|png|webp|gif);base64,([A-Za-z0-9+/=\s]+)$/;

/** The bytes of a picture in a data URL. @throws ApiError for any other address: the double fetches nothing. */
export function imageBytes(url: string, param: string): Uint8Array {
  const base64 = DATA_URL.exec(url)?.[1];
  if (base64 === undefined) {
    throw invalidRequest(
      url.startsWith('data:')
        ? `Invalid '${param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got a value without it.`
        : 'Error while downloading the picture: the sandbox fetches nothing from the network.',
      param,
      'invalid_value',
    );
  }
  return Buffer.from(base64, 'base64');
}
