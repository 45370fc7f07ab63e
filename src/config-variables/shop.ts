/** What is sold and given, to whom and how it is counted. */
import { z } from 'zod';
import { httpUrl, parseJson, seconds, text, type Variables, wholeNumber } from './readers.ts';

const DEFAULT_PACKAGES = JSON.stringify([
  { name: 'Start', credits: 12, stars: 99 },
  { name: 'Shop', credits: 40, stars: 299 },
  { name: 'Studio', credits: 120, stars: 799 },
  { name: 'Brand', credits: 400, stars: 2399 },
]);

export const SHOP = {
  FREE_CREDITS: { schema: wholeNumber(0, 1000), absent: '8', right: 'pictures that a new seller gets' },
  GIVE_BACKS_PER_DAY: {
    schema: wholeNumber(0, 1000),
    absent: '3',
    right: '“Not right” credits that a seller gets back in a day',
  },
  LISTINGS_PER_DAY: {
    schema: wholeNumber(0, 1000),
    absent: '20',
    right: 'listing texts that a seller can have written in a day',
  },
  GIVE_BACK_SHARE_PERCENT: {
    schema: wholeNumber(0, 100),
    absent: '25',
    right: 'per cent of the delivered pictures that a seller may give back, 0–100',
  },
  PACKAGES: {
    schema: text.transform(parsePackages),
    absent: DEFAULT_PACKAGES,
    right:
      '[{"name": "Start", "credits": 12, "stars": 99, "card": 19900}, …], smallest first; “card” only with PAYMENT_PROVIDER_TOKEN',
  },
  SUBSCRIPTION: {
    schema: text.transform(parseSubscription),
    right: '{"name": "Monthly", "credits": 60, "stars": 399}; leave it out to offer none',
  },
  PAYMENT_PROVIDER_TOKEN: {
    schema: text,
    right: 'the token that @BotFather gave you for a payment provider',
    secret: true,
  },
  PAYMENT_CURRENCY: {
    schema: z
      .string()
      .trim()
      .regex(/^[A-Z]{3}$/, 'it is not a currency code'),
    absent: 'RUB',
    right: 'a currency code such as RUB or USD',
  },
  ORDER_TTL: {
    schema: seconds(60, 604_800),
    absent: '86400',
    right: 'seconds for which an invoice can be paid',
  },
  REFERRAL_REWARD_START: {
    schema: wholeNumber(0, 1000),
    absent: '4',
    right: 'pictures for bringing a new seller who gets a first picture',
  },
  REFERRAL_REWARD_PURCHASE_PERCENT: {
    schema: wholeNumber(0, 100),
    absent: '10',
    right: 'per cent of the credits of each purchase of somebody who was brought',
  },
  REFERRAL_MONTHLY_CAP: {
    schema: wholeNumber(0, 1_000_000),
    absent: '200',
    right: 'pictures that one person can earn by invitations in thirty days',
  },
  METRIKA_COUNTER_ID: {
    schema: z.string().trim().regex(/^\d+$/, 'it is not a counter’s number'),
    right: 'the number of your Yandex Metrika counter; together with METRIKA_TOKEN',
  },
  METRIKA_TOKEN: {
    schema: text,
    right: 'an OAuth token of Yandex Metrika; together with METRIKA_COUNTER_ID',
    secret: true,
  },
  METRIKA_API_ROOT: {
    schema: httpUrl,
    absent: 'https://api-metrika.yandex.net',
    right: 'the address of Metrika’s interface',
  },
  OWNER_TIME_ZONE: {
    schema: text.refine(isTimeZone, 'there is no such time zone'),
    absent: 'UTC',
    right: 'a time zone by its name, such as Europe/Berlin',
  },
  STARS_USD_RATE: {
    schema: z
      .string()
      .trim()
      .regex(/^\d+(\.\d+)?$/, 'it is not a number')
      .transform(Number)
      .pipe(z.number().positive('it is not above 0').max(1, 'it is above 1')),
    absent: '0.013',
    right: 'dollars that you get for one Star, such as 0.013',
  },
  MAX_SAVED_STYLES: { schema: wholeNumber(1, 50), absent: '12', right: '1–50 saved styles' },
} as const satisfies Variables;

/** By its name only: of `+03:00` the database makes the opposite. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function parsePackages(json: string, context: z.RefinementCtx) {
  // Stars are whole; Telegram takes 1–100,000 of them in one invoice, and 32 characters as its title.
  const one = z.strictObject({
    name: z.string().trim().min(1).max(24),
    credits: z.int().min(1).max(100_000),
    stars: z.int().min(1).max(100_000),
    card: z.int().min(1).nullable().default(null),
  });
  return parseJson(json, z.array(one).min(1).max(10), context);
}

function parseSubscription(json: string, context: z.RefinementCtx) {
  // Bot API, createInvoiceLink: a subscription costs at most 10,000 Stars.
  const one = z.strictObject({
    name: z.string().trim().min(1).max(24),
    credits: z.int().min(1).max(100_000),
    stars: z.int().min(1).max(10_000),
  });
  return parseJson(json, one, context);
}
