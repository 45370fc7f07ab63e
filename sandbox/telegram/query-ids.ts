import { randomBytes } from 'node:crypto';

/** An id such as Telegram gives to queries: 64 bits in decimal, too many for a JavaScript number. */
export function newQueryId(): string {
  return String(randomBytes(8).readBigUInt64BE() | (1n << 62n));
}
