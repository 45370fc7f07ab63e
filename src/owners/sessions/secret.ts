/** What a link, a cookie or a bearer carries: drawn here, and kept as a hash alone. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: nobody finds one by trying, so its hash needs no salt and no slow function. */
const SECRET_BYTES = 32;

/** 43 letters, digits, `-` and `_`. */
export function drawSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** As it is kept: 64 hexadecimal digits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
