import { randomUUID } from 'node:crypto';

/** Stands in for a photo while the rest becomes text; nobody else knows it. */
const CUT = randomUUID();
const BEFORE_BASE64 = 'data:image/jpeg;base64,';

/** A photo within a question, which is sent as a data address. */
export class PhotoInQuestion {
  readonly jpeg: Uint8Array;

  constructor(jpeg: Uint8Array) {
    this.jpeg = jpeg;
  }
}

/**
 * A question as JSON in UTF-8, its photos written into it as bytes: as part of the text each of their characters would
 * be looked at for what must be escaped, and encoded once more (docs/decisions/049).
 * @returns what JSON.stringify would, with `PhotoInQuestion` as a data address
 */
export function encodeJson(question: object): Buffer {
  const photos: string[] = [];
  const text = JSON.stringify(question, (_, value: unknown) => {
    if (!(value instanceof PhotoInQuestion)) return value;
    photos.push(base64Of(value.jpeg));
    return CUT;
  });
  const pieces = text.split(CUT).map((piece) => Buffer.from(piece));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const inserted = photos.reduce((sum, photo) => sum + BEFORE_BASE64.length + photo.length, 0);
  const whole = Buffer.allocUnsafe(length + inserted);
  let end = 0;
  for (const [index, piece] of pieces.entries()) {
    end += piece.copy(whole, end);
    const photo = photos[index];
    if (photo === undefined) continue;
    end += whole.write(BEFORE_BASE64, end, 'latin1');
    end += whole.write(photo, end, 'latin1');
  }
  return whole;
}

function base64Of(jpeg: Uint8Array): string {
  return Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
}
