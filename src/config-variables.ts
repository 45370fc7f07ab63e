/**
 * The variables of the environment: how each is read, what it is when absent, and what would be right. What they
 * mean for the parts of the app is config.ts.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { AddressError, parseAddress } from './database-address.ts';
import { StartRefused } from './errors.ts';
import { parseRedisAddress } from './redis-address.ts';

const text = z.string().trim().min(1, 'it is empty');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, 'it is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `it is below ${min}`).max(max, `it is above ${max}`));
const seconds = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?$/, 'it is not a number of seconds')
    .transform(Number)
    .pipe(z.number().min(min, `it is below ${min} seconds`).max(max, `it is above ${max} seconds`))
    .transform((value) => Math.round(value * 1000));
const httpUrl = text.refine((value) => /^https?:$/.test(protocolOf(value)), 'it is not an http(s) address');
const databaseAddress = text.superRefine((value, context) => {
  try {
    parseAddress(value);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

const redisAddress = text.superRefine((value, context) => {
  try {
    parseRedisAddress(value);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

/** @param purpose what goes through it */
function proxyVariable(purpose: string) {
  return {
    schema: httpUrl,
    right: `the address of a proxy ${purpose}, such as http://user:password@proxy.example:3128`,
    // Its password.
    secret: true,
  } as const;
}

const DEFAULT_PACKAGES = JSON.stringify([
  { name: 'Start', credits: 12, stars: 99 },
  { name: 'Shop', credits: 40, stars: 299 },
  { name: 'Studio', credits: 120, stars: 799 },
  { name: 'Brand', credits: 400, stars: 2399 },
]);

/**
 * Every variable: how it is read, what it is when absent (`undefined`: nothing), and one line that says what
 * would be right. `secret` values never appear in an error.
 */
const VARIABLES = {
  NODE_ENV: {
    schema: z.enum(['development', 'production', 'test']),
    absent: 'development',
    right: 'development, production or test',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    absent: 'info',
    right: 'trace, debug, info, warn, error, fatal or silent',
  },
  BOT_TOKEN: {
    schema: z
      .string()
      .trim()
      .regex(/^\d+:[\w-]{30,}$/, 'it does not look like a bot token'),
    right: 'the token that @BotFather gave you, such as 123456:AA…',
    secret: true,
  },
  BOT_USERNAME: {
    schema: z
      .string()
      .trim()
      .regex(/^@?\w{5,32}$/, 'it is not a user name'),
    right: 'the bot’s user name without @; leave it out to ask Telegram',
  },
  ADMIN_IDS: {
    schema: text
      .transform((value) => value.split(',').map((id) => id.trim()))
      .pipe(z.array(wholeNumber(1, Number.MAX_SAFE_INTEGER))),
    right: 'Telegram ids separated by commas, such as 1234567,7654321',
  },
  TELEGRAM_API_ROOT: {
    schema: httpUrl,
    absent: 'https://api.telegram.org',
    right: 'the address of a Bot API server',
  },
  PUBLIC_URL: {
    schema: text.refine(
      (value) => protocolOf(value) === 'https:' || isLoopback(value),
      'Telegram sends webhooks to https addresses only',
    ),
    right:
      'the https address under which this server is reached; both PUBLIC_URL and WEBHOOK_SECRET, or neither',
  },
  DASHBOARD_URL: {
    schema: text.refine(
      (value) =>
        (protocolOf(value) === 'https:' || (protocolOf(value) === 'http:' && isLoopback(value))) &&
        new URL(value).pathname === '/',
      'it is no https address of a whole host, and somebody could listen on the way',
    ),
    right:
      'the https address under which owners reach this server, such as https://shop.example; leave it out where that is PUBLIC_URL',
  },
  WEBHOOK_SECRET: {
    schema: z.string().regex(/^[\w-]{16,256}$/, 'it must be 16–256 letters, digits, _ or -'),
    right: '16–256 letters, digits, _ or -; both PUBLIC_URL and WEBHOOK_SECRET, or neither',
    secret: true,
  },
  HOST: { schema: text, absent: '127.0.0.1', right: 'an address to listen on, such as 0.0.0.0' },
  PORT: { schema: wholeNumber(0, 65535), absent: '3000', right: 'a port, 0 for any' },
  SANDBOX_PORT: { schema: wholeNumber(0, 65535), absent: '3001', right: 'a port, 0 for any' },
  IP_RATE_LIMIT: {
    schema: wholeNumber(1, 1_000_000),
    absent: '30',
    right: 'requests a minute from one address',
  },
  HTTPS_PROXY: proxyVariable('for https addresses'),
  HTTP_PROXY: proxyVariable('for http addresses, and for https where HTTPS_PROXY is absent'),
  NO_PROXY: {
    schema: text,
    right: 'hosts that are reached without the proxy, separated by commas; * for all',
  },
  TRUST_PROXY: {
    schema: text.transform(parseTrustProxy),
    right:
      'addresses or networks of the proxies before the HTTP server, such as 10.0.0.0/8,127.0.0.1, or how many there are',
  },
  EMBEDDED_DATABASE: {
    schema: z.enum(['accept']),
    right: 'accept, or nothing',
  },
  DATABASE_URL: {
    schema: databaseAddress,
    right: 'postgres://user:password@host:5432/name; leave it out for the embedded database',
    secret: true,
  },
  DATABASE_DIRECT_URL: {
    schema: databaseAddress,
    right: 'the address of the same database past the pooler; leave it out where there is none',
    secret: true,
  },
  DATABASE_PASSWORD: {
    schema: z.string().min(1, 'it is empty'),
    right: 'the password of the database, as it is; only used where DATABASE_URL has none',
    secret: true,
  },
  DATA_DIR: { schema: text, absent: './data', right: 'a folder that Vitrine may write to' },
  DB_POOL_MAX_SIZE: { schema: wholeNumber(1, 500), absent: '20', right: '1–500 connections' },
  DB_POOL_TIMEOUT: { schema: seconds(1, 600), absent: '30', right: 'seconds to wait for a connection' },
  DB_POOL_RECYCLE: {
    schema: seconds(1, 86_400),
    absent: '3600',
    right: 'seconds after which a connection is replaced',
  },
  QUERY_TIMEOUT: { schema: seconds(0.1, 3600), absent: '30', right: 'seconds a statement may run' },
  OPENAI_API_KEY: {
    schema: text.superRefine((key, context) => {
      const fault = faultOfKey(key);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    }),
    right: 'the key of your OpenAI project, whole and in one line',
    secret: true,
  },
  OPENAI_BASE_URL: {
    schema: httpUrl,
    absent: 'https://api.openai.com/v1',
    right: 'the address of an OpenAI-compatible endpoint',
  },
  AI_PROVIDERS: {
    schema: text.transform(parseProviders),
    right:
      '{"name": {"baseURL": "https://…", "apiKeyEnv": "NAME_OF_A_VARIABLE"}}, with "api": "chat" and a list "takes" where they are needed; see .env.example',
    // Names only, by rights; but this is where keys are put by mistake.
    secret: true,
  },
  IMAGE_MODELS: {
    schema: text.transform(splitList).refine((models) => models.length > 0, 'it names no model'),
    absent: 'gpt-image-2.6-sunburst,gpt-image-2.6-flare',
    right: 'models separated by commas, tried in order',
  },
  VISION_MODEL: {
    schema: text,
    absent: 'gpt-5.6-luna',
    right:
      'a model that sees pictures and answers with structured output, or “off” for the house’s styles alone',
  },
  MODERATION_MODEL: {
    schema: text,
    absent: 'omni-moderation-latest',
    right: 'a moderation model, or “off” to check nothing',
  },
  PROMPT_TIMEOUT: {
    schema: seconds(0.1, 120),
    absent: '15',
    right: 'seconds for one attempt of a text call',
  },
  IMAGE_STALL_TIMEOUT: {
    schema: seconds(0.1, 240),
    absent: '20',
    right: 'seconds of silence after which a picture’s stream is given up',
  },
  IMAGE_DEADLINE: {
    schema: seconds(1, 290),
    absent: '120',
    right: 'seconds for one picture with all its attempts',
  },
  RETRY_MAX_ATTEMPTS: { schema: wholeNumber(1, 10), absent: '3', right: 'attempts in all, 1–10' },
  RETRY_BASE_DELAY: { schema: seconds(0, 60), absent: '1', right: 'seconds before the second attempt' },
  RETRY_MAX_DELAY: {
    schema: seconds(0, 600),
    absent: '30',
    right: 'the longest wait between attempts, in seconds',
  },
  CIRCUIT_FAILURE_THRESHOLD: {
    schema: wholeNumber(1, 100),
    absent: '5',
    right: 'failures in a row that open the circuit',
  },
  CIRCUIT_RESET_TIMEOUT: {
    schema: seconds(0.1, 3600),
    absent: '60',
    right: 'seconds until the single probe',
  },
  OUTAGE_ALERT_AFTER: {
    schema: seconds(0, 3600),
    absent: '60',
    right: 'seconds without an answer after which the owners are told and selling pauses',
  },
  PROVIDER_BUDGET_USD: {
    schema: text
      .regex(/^\d+(\.\d+)?$/, 'it is not a number of dollars')
      .transform(Number)
      .pipe(z.number().positive('it is nothing').max(1_000_000, 'it is above a million dollars')),
    right: 'dollars a day, such as 25; leave it out for no limit',
  },
  MAX_CONCURRENT_REQUESTS: {
    schema: wholeNumber(1, 10_000),
    absent: '100',
    right: 'pictures in flight at the providers',
  },
  ASYNC_WORKERS: { schema: wholeNumber(1, 1000), absent: '10', right: 'jobs in flight in this process' },
  TRUTH_CHECK: {
    schema: z.enum(['off', 'mark', 'redo']),
    right: 'off, mark or redo; leave it out for mark where memory allows it',
  },
  MEMORY_LIMIT_MB: {
    schema: wholeNumber(128, 1_048_576),
    right: 'megabytes from 128 on; leave it out for three quarters of what the container has',
  },
  REDIS_URL: {
    schema: redisAddress,
    secret: true,
    right:
      'redis://user:password@host:6379/0, rediss://…, redis+cluster://a,b or redis+sentinel://a,b/master',
  },
  CACHE_TTL: {
    schema: seconds(1, 2_592_000),
    absent: '7200',
    right: 'seconds for which what was seen in a photo is kept',
  },
  MAX_CACHE_SIZE: { schema: wholeNumber(1, 1_000_000), absent: '1000', right: 'the most entries of a cache' },
  IMAGE_CACHE_MAX_MB: {
    schema: wholeNumber(1, 65_536),
    absent: '64',
    right: 'megabytes of prepared photos that are kept in memory',
  },
  IMAGE_CACHE_TTL: {
    // Of what is in the memory of other processes nobody can tell them: it must be over before a deletion is due.
    schema: seconds(1, 604_800),
    absent: '86400',
    right: 'seconds for which a prepared photo is kept',
  },
  THREAD_POOL_SIZE: {
    schema: wholeNumber(1, 64),
    right: 'image worker threads; leave it out for one a core',
  },
  USER_RATE_LIMIT: {
    schema: wholeNumber(1, 100_000),
    absent: '10',
    right: 'messages of one person in USER_RATE_WINDOW',
  },
  USER_RATE_WINDOW: { schema: seconds(1, 86_400), absent: '60', right: 'seconds' },
  RATE_LIMIT_PER_USER: {
    schema: wholeNumber(1, 1_000_000),
    absent: '50',
    right: 'photoshoots of one person in an hour',
  },
  PENDING_CONTEXT_TTL: {
    schema: seconds(10, 604_800),
    absent: '1800',
    right: 'seconds until a photo that was not used expires',
  },
  ADMIN_API_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{16,256}$/, 'it must be 16–256 characters without spaces'),
    right: '16–256 characters that nobody can guess, such as the output of: openssl rand -hex 24',
    secret: true,
  },
  PERFORMANCE_MONITORING: {
    schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
    absent: 'true',
    right: 'true or false',
  },
  PERFORMANCE_INTERVAL: { schema: seconds(1, 3600), absent: '30', right: 'seconds between two samples' },
  PROMETHEUS_ENABLED: {
    schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
    absent: 'true',
    right: 'true or false',
  },
  SLOW_QUERY_THRESHOLD: {
    schema: seconds(0.001, 600),
    absent: '1.0',
    right: 'seconds above which a statement is written down as slow',
  },
  DB_ECHO: {
    schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
    absent: 'false',
    right: 'true or false',
  },
  SLACK_WEBHOOK_URL: {
    schema: httpUrl,
    right: 'the address of an incoming webhook of Slack, or of another service that takes the same',
    secret: true,
  },
  SMTP_URL: {
    schema: text.refine((value) => /^smtps?:$/.test(protocolOf(value)), 'it is not an smtp(s) address'),
    right:
      'the address of a mail server, such as smtps://user:password@mail.example:465; with ALERT_EMAIL_TO',
    secret: true,
  },
  ALERT_EMAIL_TO: {
    schema: text
      .transform((value) => value.split(',').map((address) => address.trim()))
      .pipe(z.array(z.email('it is not a mail address'))),
    right: 'mail addresses separated by commas; with SMTP_URL',
  },
  ALERT_QUIET_HOURS: {
    schema: text
      .regex(/^([01]?\d|2[0-3])-([01]?\d|2[0-3])$/, 'it is not two hours')
      .transform((value) => value.split('-').map(Number) as [number, number])
      .refine(([from, to]) => from !== to, 'it begins and ends at the same hour'),
    right: 'two hours of OWNER_TIME_ZONE, such as 22-8',
  },
  CLEANUP_INTERVAL: { schema: seconds(1, 86_400), absent: '300', right: 'seconds between two clean-ups' },
  PICTURE_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '30',
    right: 'days for which originals can be fetched, and an order waits for a seller who blocks the bot',
  },
  DRAFT_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '30',
    right: 'days for which a photo is kept that was never ordered with',
  },
  HISTORY_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '730',
    right: 'days for which photos, pictures and words of an order are kept',
  },
  SUPPORT_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '365',
    right: 'days for which closed tickets are kept, and what owners wrote about people',
  },
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
} as const satisfies Record<string, { schema: z.ZodType; absent?: string; right: string; secret?: boolean }>;

export type Name = keyof typeof VARIABLES;
/** What was read, by name. */
export type Values = {
  [N in Name]:
    | z.output<(typeof VARIABLES)[N]['schema']>
    | ((typeof VARIABLES)[N] extends { absent: string } ? never : undefined);
};
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly Name[];
/** The variables whose values nobody but Vitrine may see. */
export const SECRET_NAMES = VARIABLE_NAMES.filter((name) => 'secret' in VARIABLES[name]);

/**
 * Reads every variable.
 * @param problems gets one line for each value that cannot be used; the values are whole only when there is none
 */
export function readValues(environment: NodeJS.ProcessEnv, problems: string[]): Values {
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of VARIABLE_NAMES) {
    const variable: { schema: z.ZodType; absent?: string; right: string; secret?: boolean } = VARIABLES[name];
    // An empty variable is an absent one: compose files and shells cannot leave a name out.
    const given = environment[name]?.trim() || undefined;
    const raw = given ?? variable.absent;
    if (raw === undefined) continue;
    const parsed = variable.schema.safeParse(raw);
    if (parsed.success) {
      values[name] = parsed.data;
      continue;
    }
    const shown = variable.secret ? '' : ` (“${raw.replace(/\/\/[^\s/]*@/g, '//[password]@')}”)`;
    const reason =
      variable.secret || parsed.error.issues[0]?.code !== 'invalid_value'
        ? parsed.error.issues[0]?.message
        : 'it is none of the known values';
    problems.push(`${name}${shown} is not right: ${reason}. It should be ${variable.right}.`);
  }
  // Each key holds what its own schema produced; names that failed are reported before anything reads them.
  return values as Values;
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

/** Addresses, CIDRs and proxy-addr's own names for such; or a number of proxies. */
function parseTrustProxy(value: string, context: z.RefinementCtx): number | readonly string[] {
  if (/^\d+$/.test(value)) return Number(value);
  const places = splitList(value);
  const known = places.every((place) => NAMED_NETWORKS.includes(place) || isNetwork(place));
  if (known && places.length > 0) return places;
  context.addIssue({ code: 'custom', message: 'it is no list of addresses' });
  return z.NEVER;
}

/** What Fastify's trustProxy (proxy-addr) knows by name. */
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** An address of IPv4 or IPv6, with the length of its network's prefix or without. */
function isNetwork(place: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(place) ?? [];
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && Number(prefix ?? 0) <= bits;
}

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

function splitList(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What keeps a text from being a key, in the words of a problem; null for one that may be a key. */
export function faultOfKey(key: string): string | null {
  if (/…|\.{3}/.test(key)) return 'it holds an ellipsis, as a key that is shown shortened does';
  if (/\s/.test(key)) return 'it holds a space or a line break';
  // It is sent in a header, which takes nothing else.
  if (!/^[\x21-\x7e]+$/.test(key)) return 'it holds characters that no key has';
  if (/["'`<>]/.test(key)) return 'it holds quotation marks or brackets, which belong to no key';
  return null;
}

/** The fields of requests that not every compatible endpoint takes. */
const ENDPOINT_FIELDS = [
  'stream',
  'partial_images',
  'quality',
  'input_fidelity',
  'output_format',
  'background',
  'safety_identifier',
  'modalities',
  'image_config',
] as const;
export type EndpointField = (typeof ENDPOINT_FIELDS)[number];

/** What every field-by-field compatible endpoint takes: OpenAI's own. */
export const OPENAI_TAKES: readonly EndpointField[] = ENDPOINT_FIELDS;

/** What another maker's endpoint is sent unless it is said to take more, or less: what its models cannot do without. */
const USUALLY_TAKEN: Readonly<Record<'images' | 'chat', EndpointField[]>> = {
  images: ['quality', 'input_fidelity'],
  chat: ['modalities', 'image_config'],
};

function parseProviders(json: string, context: z.RefinementCtx) {
  const shape = z.record(
    // The first endpoint has this name: that of OPENAI_BASE_URL.
    z.string().regex(/^(?!openai$)[\w-]+$/),
    z
      .strictObject({
        baseURL: httpUrl,
        apiKeyEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
        api: z.enum(['images', 'chat']).default('images'),
        takes: z.array(z.enum(ENDPOINT_FIELDS)).optional(),
      })
      .transform((provider) => ({ ...provider, takes: provider.takes ?? USUALLY_TAKEN[provider.api] })),
  );
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    // The reason is not passed on: a malformed value may hold a key where its name should stand.
    context.addIssue({ code: 'custom', message: 'it is not the JSON it should be' });
    return z.NEVER;
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

function parseJson<S extends z.ZodType>(json: string, shape: S, context: z.RefinementCtx): z.output<S> {
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    context.addIssue({ code: 'custom', message: 'it is not the JSON it should be' });
    return z.NEVER;
  }
}
