/** Reading the words behind a command. */

import { type NewPromoCode, PROMO_LIMITS } from '../billing/promo-codes/create-promo-code.ts';
import { normalisePromoCode } from '../billing/promo-codes/promo-codes.ts';
import type { PersonAct } from '../database/schema/index.ts';
import { type ChangedLimits, LIMIT_BOUNDS } from '../owners/change-limits.ts';
import { LONGEST_WORDS, MOST_CREDITS } from '../owners/requests.ts';
import { LIMIT_NAMES } from '../resilience/rate-limits.ts';
import { readAmount } from '../statistics/decimal-amount.ts';

const DAY_MS = 86_400_000;
/** Ten years. */
const MAX_DAYS = 3650;

/** Of why the shop is closed: it has to fit into the one sentence of a refused checkout, with ours around it. */
export const LONGEST_PAUSE_WORDS = 150;

/** What stands behind the command, without the spaces around it. */
export function wordsAfterCommand(text: string | undefined): string {
  return (text ?? '').replace(/^\/\S+/, '').trim();
}

/** `CODE credits|percent VALUE [max=N] [per=N] [days=N]`; null for anything else. */
export function readNewPromoCode(words: string, now: Date): Omit<NewPromoCode, 'createdBy'> | null {
  const [first = '', kind, amount = '', ...options] = words.split(/\s+/);
  const code = normalisePromoCode(first);
  if (code === null || (kind !== 'credits' && kind !== 'percent')) return null;
  const value = wholeNumber(amount, PROMO_LIMITS[kind]);
  const limits = readOptions(options, {
    max: PROMO_LIMITS.uses,
    per: PROMO_LIMITS.usesPerUser,
    days: PROMO_LIMITS.days,
  });
  if (value === null || limits === null) return null;
  const days = limits.get('days');
  return {
    code,
    kind,
    value,
    maxUses: limits.get('max') ?? null,
    usesPerUser: limits.get('per') ?? 1,
    endsAt: days === undefined ? null : new Date(now.getTime() + days * DAY_MS),
  };
}

export type GiftWords = { /** an id or a `@username` */ who: string; credits: number; why: string | null };

/** `<id or @username> <credits> [why]`; null for anything else. */
export function readGift(words: string): GiftWords | null {
  const [, who, amount, why] = /^(\S+)\s+(\S+)(?:\s+([\s\S]+))?$/.exec(words) ?? [];
  const credits = wholeNumber(amount ?? '', MOST_CREDITS);
  if (who === undefined || credits === null || (why?.length ?? 0) > LONGEST_WORDS) return null;
  return { who, credits, why: why ?? null };
}

/**
 * What an owner was asked for: `5 why` of a gift, `+5 why` or `-3 why` of a correction, and any words of the others.
 * @returns null for what is none of it
 */
export function readRequestWords(
  act: PersonAct,
  text: string,
): { credits: number | null; words: string } | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_WORDS) return null;
  if (act === 'ban' || act === 'message') return trimmed === '' ? null : { credits: null, words: trimmed };
  const [, sign, amount = '', words] = /^([+\u2212-])?(\d+)\s+([\s\S]+)$/.exec(trimmed) ?? [];
  const credits = wholeNumber(amount, MOST_CREDITS);
  // Whether a correction is up or down is said, never guessed; a gift is always up.
  if (credits === null || words === undefined || (act === 'correct') === (sign === undefined)) return null;
  return { credits: sign === undefined || sign === '+' ? credits : -credits, words };
}

/** `49.50 why` of a refund of a part, in the currency's units; null for anything else. */
export function readPartWords(text: string, currency: string): { amount: number; words: string } | null {
  const [, written = '', words] = /^(\S+)\s+([\s\S]+)$/.exec(text.trim()) ?? [];
  const amount = readAmount(written, currency);
  if (amount === null || words === undefined || words.length > LONGEST_WORDS) return null;
  return { amount, words };
}

/**
 * `messages 5 60 why`: so many, for so many minutes, and words for the audit that may be left out; `messages usual`: as the
 * configuration says. Null for anything else.
 */
export function readLimitChange(words: string): { changes: ChangedLimits; why: string | null } | null {
  const [, limit, most = '', minutes = '', why = null] =
    /^(\S+)(?:\s+(\S+))?(?:\s+(\S+))?(?:\s+([\s\S]+))?$/.exec(words) ?? [];
  const name = LIMIT_NAMES.find((known) => known === limit);
  if (name === undefined || (why?.length ?? 0) > LONGEST_WORDS) return null;
  if (most === 'usual') return minutes === '' ? { changes: { [name]: null }, why: null } : null;
  const change = {
    most: wholeNumber(most, LIMIT_BOUNDS.most),
    minutes: wholeNumber(minutes, LIMIT_BOUNDS.minutes),
  };
  if (change.most === null || change.minutes === null) return null;
  return { changes: { [name]: { most: change.most, minutes: change.minutes } }, why };
}

/** A number of days, or `absent` for no words at all; null for anything else. */
export function readDays(words: string, absent: number): number | null {
  return words === '' ? absent : wholeNumber(words, MAX_DAYS);
}

/** `name=N` in any order, each at most its number; null when something else is among them. */
function readOptions(words: readonly string[], most: Record<string, number>): Map<string, number> | null {
  const options = new Map<string, number>();
  for (const word of words) {
    const [name = '', text = ''] = word.split('=', 2);
    const limit = Object.hasOwn(most, name) ? most[name] : undefined;
    const value = limit === undefined ? null : wholeNumber(text, limit);
    if (value === null) return null;
    options.set(name, value);
  }
  return options;
}

/** From 1 to `most`. */
function wholeNumber(text: string, most: number): number | null {
  const value = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
  return value === null || value > most ? null : value;
}
