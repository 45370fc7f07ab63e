/** What Telegram tells a Mini App of whoever opened it, and whether it was Telegram who said so. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Older data may have been copied from somewhere. */
const MAX_AGE_MS = 3_600_000;
/** By how much Telegram's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 60_000;

const USER = z.object({ id: z.int().positive() });

/** @property signature Telegram's own of this data: the same data has the same */
export type InitData = { userId: number; signature: string };

/** The key that a bot's data is signed with (https://core.telegram.org/bots/webapps, “Validating data”). */
export function initDataKey(botToken: string): Buffer {
  return createHmac('sha256', 'WebAppData').update(botToken).digest();
}

/**
 * Reads `Telegram.WebApp.initData`.
 * @param key of `initDataKey`
 * @returns null for what Telegram has not signed for this bot, and for what is more than an hour old
 */
export function readInitData(text: string, key: Buffer, now: Date): InitData | null {
  const fields = new URLSearchParams(text);
  const names = [...fields.keys()];
  // A field that is there twice would be signed as one and read as another.
  if (new Set(names).size < names.length) return null;
  const signature = fields.get('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(signature)) return null;
  const signed = [...fields]
    .filter(([name]) => name !== 'hash')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
  const expected = createHmac('sha256', key).update(signed).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return null;
  const ageMs = now.getTime() - Number(fields.get('auth_date')) * 1000;
  if (!(ageMs <= MAX_AGE_MS && ageMs >= -CLOCK_SKEW_MS)) return null;
  const user = readUser(fields.get('user'));
  return user === null ? null : { userId: user.id, signature };
}

function readUser(json: string | null): z.infer<typeof USER> | null {
  try {
    return USER.parse(JSON.parse(json ?? ''));
  } catch {
    // A group's Mini App has none: nobody in particular opened it.
    return null;
  }
}
