/**
 * process.env → a frozen Config, a variant by mode. The only file that reads the environment.
 * A bad value stops the start with the variable's name, what is wrong and what would be right; the value
 * itself is shown only when the variable holds no secret.
 */
import { availableParallelism } from 'node:os';
import { z } from 'zod';

export type AiEndpoint = Readonly<{ name: string; baseURL: string; apiKey: string }>;

/** What every mode shares. Durations are milliseconds here, though the environment counts seconds. */
type Settings = Readonly<{
  environment: 'development' | 'production' | 'test';
  log: Readonly<{ level: string; pretty: boolean }>;
  adminIds: readonly number[];
  http: Readonly<{ host: string; port: number; ipRateLimitPerMinute: number }>;
  dataDir: string;
  /** `embedded`: PGlite in `dataDir`; `server`: PostgreSQL 15 or newer. */
  database:
    | Readonly<{ kind: 'embedded' }>
    | Readonly<{
        kind: 'server';
        url: string;
        poolMaxSize: number;
        connectTimeoutMs: number;
        recycleMs: number;
        queryTimeoutMs: number;
      }>;
  ai: Readonly<{
    /** The chain, tried in order; `endpoint/model`, or a bare model of the first endpoint. */
    imageModels: readonly string[];
    visionModel: string;
    moderationModel: string;
    textTimeoutMs: number;
    imageStallTimeoutMs: number;
    imageDeadlineMs: number;
    retry: Readonly<{ maxAttempts: number; baseDelayMs: number; maxDelayMs: number }>;
    circuit: Readonly<{ failureThreshold: number; resetTimeoutMs: number }>;
    maxConcurrentRequests: number;
  }>;
  workers: Readonly<{ jobs: number; imageThreads: number }>;
  limits: Readonly<{
    /** Updates of one person in one window, and photoshoots of one person in an hour. */
    userRate: Readonly<{ requests: number; windowMs: number; photoshootsPerHour: number }>;
  }>;
  draftTtlMs: number;
  cleanupIntervalMs: number;
  pictureRetentionMs: number;
  credits: Readonly<{ free: number; giveBacksPerDay: number }>;
  maxSavedStyles: number;
  selling: Readonly<{
    /** In the order in which they are offered, smallest first. */
    packages: readonly Package[];
    /** Card payments through Telegram Payments, beside Stars; null: Stars only. */
    card: Readonly<{ providerToken: string; currency: string }> | null;
    /** A monthly package in Stars; null: none is offered. */
    subscription: Readonly<{ name: string; credits: number; stars: number }> | null;
    orderTtlMs: number;
    /** Of all pictures that were ever delivered to a person, how many per cent may be given back. */
    giveBackSharePercent: number;
    referral: Readonly<{
      /** Credits for the first delivered picture of somebody new. */
      startReward: number;
      /** Per cent of the credits of each purchase. */
      purchasePercent: number;
      /** Credits that one person can earn by invitations in thirty days. */
      monthlyCap: number;
    }>;
    /** Where conversions are uploaded to; null: nowhere. */
    metrika: Readonly<{ counterId: string; token: string; apiRoot: string }> | null;
  }>;
}>;

/** What is sold. `card`: its price in the currency's smallest unit, where cards are taken. */
export type Package = Readonly<{ name: string; credits: number; stars: number; card: number | null }>;

/** How the bot reaches Telegram and the pictures' provider. */
type Connections = Readonly<{
  /** `pacing: 'off'` is for tests and benchmarks, whose doubles have no limits. */
  telegram: Readonly<{ token: string; apiRoot: string; username: string | null; pacing?: 'off' }>;
  aiEndpoints: readonly [AiEndpoint, ...AiEndpoint[]];
}>;

/** No token: doubles of Telegram and OpenAI on this machine take the place of both. */
export type SandboxConfig = Settings & Readonly<{ mode: 'sandbox'; sandboxPort: number }>;
export type PollingConfig = Settings & Connections & Readonly<{ mode: 'polling' }>;
export type WebhookConfig = Settings &
  Connections &
  Readonly<{ mode: 'webhook'; webhook: Readonly<{ publicUrl: string; secret: string }> }>;

/** What createApp runs on: a real bot, or one that has been connected to the sandbox. */
export type AppConfig = PollingConfig | WebhookConfig;
export type Config = SandboxConfig | AppConfig;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Vitrine cannot start with this environment:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

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
  DATABASE_URL: {
    schema: text.refine(
      (value) => /^postgres(ql)?:$/.test(protocolOf(value)),
      'it is not a postgres:// address',
    ),
    right: 'postgres://user:password@host:5432/name; leave it out for the embedded database',
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
  OPENAI_API_KEY: { schema: text, right: 'the key of your OpenAI project', secret: true },
  OPENAI_BASE_URL: {
    schema: httpUrl,
    absent: 'https://api.openai.com/v1',
    right: 'the address of an OpenAI-compatible endpoint',
  },
  AI_PROVIDERS: {
    schema: text.transform(parseProviders),
    right: '{"name": {"baseURL": "https://…", "apiKeyEnv": "NAME_OF_A_VARIABLE"}}',
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
    right: 'a model that sees pictures and answers with structured output',
  },
  MODERATION_MODEL: { schema: text, absent: 'omni-moderation-latest', right: 'a moderation model' },
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
  MAX_CONCURRENT_REQUESTS: {
    schema: wholeNumber(1, 10_000),
    absent: '100',
    right: 'pictures in flight at the providers',
  },
  ASYNC_WORKERS: { schema: wholeNumber(1, 1000), absent: '10', right: 'jobs in flight in this process' },
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
  CLEANUP_INTERVAL: { schema: seconds(1, 86_400), absent: '300', right: 'seconds between two clean-ups' },
  PICTURE_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '30',
    right: 'days for which originals can be fetched',
  },
  FREE_CREDITS: { schema: wholeNumber(0, 1000), absent: '8', right: 'pictures that a new seller gets' },
  GIVE_BACKS_PER_DAY: {
    schema: wholeNumber(0, 1000),
    absent: '3',
    right: '“Not right” credits that a seller gets back in a day',
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
  MAX_SAVED_STYLES: { schema: wholeNumber(1, 50), absent: '12', right: '1–50 saved styles' },
} as const satisfies Record<string, { schema: z.ZodType; absent?: string; right: string; secret?: boolean }>;

type Name = keyof typeof VARIABLES;
type Values = {
  [N in Name]:
    | z.output<(typeof VARIABLES)[N]['schema']>
    | ((typeof VARIABLES)[N] extends { absent: string } ? never : undefined);
};
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly Name[];

/**
 * The Config that an environment describes.
 * @throws ConfigError with one line for every problem that was found, not only the first.
 */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values = readValues(environment, problems);
  const endpoints = readEndpoints(values, environment, problems);
  // A value that is there and bad has been reported, and is not missing.
  const isGiven = (name: Name) => Boolean(environment[name]?.trim());
  if (isGiven('PUBLIC_URL') !== isGiven('WEBHOOK_SECRET')) {
    problems.push(
      'PUBLIC_URL and WEBHOOK_SECRET belong together: set both for a webhook, or neither for polling',
    );
  }
  if (!isGiven('BOT_TOKEN') && values.NODE_ENV === 'production') {
    problems.push(
      'BOT_TOKEN is missing: in production Vitrine never starts the sandbox; set the token that @BotFather gave you',
    );
  }
  if (values.BOT_TOKEN !== undefined && endpoints === undefined) {
    problems.push(
      'OPENAI_API_KEY is missing: with a BOT_TOKEN real pictures are made; set the key, or leave both out for the sandbox',
    );
  }
  if (isGiven('METRIKA_COUNTER_ID') !== isGiven('METRIKA_TOKEN')) {
    problems.push('METRIKA_COUNTER_ID and METRIKA_TOKEN belong together: set both, or neither');
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const settings = settingsOf(values);
  if (values.BOT_TOKEN === undefined || endpoints === undefined) {
    return Object.freeze({ ...settings, mode: 'sandbox', sandboxPort: values.SANDBOX_PORT });
  }
  const connected = {
    ...settings,
    telegram: {
      token: values.BOT_TOKEN,
      apiRoot: values.TELEGRAM_API_ROOT,
      username: values.BOT_USERNAME?.replace(/^@/, '') ?? null,
    },
    aiEndpoints: endpoints,
  };
  if (values.PUBLIC_URL !== undefined && values.WEBHOOK_SECRET !== undefined) {
    const webhook = { publicUrl: values.PUBLIC_URL.replace(/\/+$/, ''), secret: values.WEBHOOK_SECRET };
    return Object.freeze({ ...connected, mode: 'webhook', webhook });
  }
  return Object.freeze({ ...connected, mode: 'polling' });
}

/** The environment of this process, with what `.env` in the working folder adds to it. */
export function readConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    // No .env is the normal case; a file that is there and cannot be read must not be passed over.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return parseConfig(process.env);
}

/** The sandbox's configuration with the addresses of the running doubles filled in. */
export function connectToSandbox(
  config: SandboxConfig,
  sandbox: {
    botToken: string;
    telegramApiRoot: string;
    openaiBaseUrl: string;
    openaiApiKey: string;
    adminId: number;
  },
): PollingConfig {
  const connected: PollingConfig = {
    ...config,
    mode: 'polling',
    adminIds: [...config.adminIds, sandbox.adminId],
    telegram: { token: sandbox.botToken, apiRoot: sandbox.telegramApiRoot, username: null },
    aiEndpoints: [{ name: 'openai', baseURL: sandbox.openaiBaseUrl, apiKey: sandbox.openaiApiKey }],
  };
  return Object.freeze(connected);
}

function readValues(environment: NodeJS.ProcessEnv, problems: string[]): Values {
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

function readEndpoints(
  values: Values,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): readonly [AiEndpoint, ...AiEndpoint[]] | undefined {
  const further = Object.entries(values.AI_PROVIDERS ?? {}).map(([name, provider]) => {
    const apiKey = environment[provider.apiKeyEnv]?.trim();
    if (!apiKey) {
      problems.push(
        `AI_PROVIDERS names ${provider.apiKeyEnv} for the key of “${name}”, and that variable is empty`,
      );
    }
    return { name, baseURL: provider.baseURL, apiKey: apiKey ?? '' };
  });
  if (values.OPENAI_API_KEY === undefined) return undefined;
  const names = ['openai', ...further.map((endpoint) => endpoint.name)];
  for (const model of values.IMAGE_MODELS ?? []) {
    const slash = model.indexOf('/');
    if (slash > 0 && !names.includes(model.slice(0, slash))) {
      problems.push(`IMAGE_MODELS names “${model}”, and AI_PROVIDERS has no “${model.slice(0, slash)}”`);
    }
  }
  return [{ name: 'openai', baseURL: values.OPENAI_BASE_URL, apiKey: values.OPENAI_API_KEY }, ...further];
}

function settingsOf(values: Values): Settings {
  return {
    environment: values.NODE_ENV,
    log: { level: values.LOG_LEVEL, pretty: values.NODE_ENV === 'development' },
    adminIds: values.ADMIN_IDS ?? [],
    http: { host: values.HOST, port: values.PORT, ipRateLimitPerMinute: values.IP_RATE_LIMIT },
    dataDir: values.DATA_DIR,
    database:
      values.DATABASE_URL === undefined
        ? { kind: 'embedded' }
        : {
            kind: 'server',
            url: values.DATABASE_URL,
            poolMaxSize: values.DB_POOL_MAX_SIZE,
            connectTimeoutMs: values.DB_POOL_TIMEOUT,
            recycleMs: values.DB_POOL_RECYCLE,
            queryTimeoutMs: values.QUERY_TIMEOUT,
          },
    ai: {
      imageModels: values.IMAGE_MODELS,
      visionModel: values.VISION_MODEL,
      moderationModel: values.MODERATION_MODEL,
      textTimeoutMs: values.PROMPT_TIMEOUT,
      imageStallTimeoutMs: values.IMAGE_STALL_TIMEOUT,
      imageDeadlineMs: values.IMAGE_DEADLINE,
      retry: {
        maxAttempts: values.RETRY_MAX_ATTEMPTS,
        baseDelayMs: values.RETRY_BASE_DELAY,
        maxDelayMs: values.RETRY_MAX_DELAY,
      },
      circuit: {
        failureThreshold: values.CIRCUIT_FAILURE_THRESHOLD,
        resetTimeoutMs: values.CIRCUIT_RESET_TIMEOUT,
      },
      maxConcurrentRequests: values.MAX_CONCURRENT_REQUESTS,
    },
    workers: { jobs: values.ASYNC_WORKERS, imageThreads: values.THREAD_POOL_SIZE ?? availableParallelism() },
    limits: {
      userRate: {
        requests: values.USER_RATE_LIMIT,
        windowMs: values.USER_RATE_WINDOW,
        photoshootsPerHour: values.RATE_LIMIT_PER_USER,
      },
    },
    draftTtlMs: values.PENDING_CONTEXT_TTL,
    cleanupIntervalMs: values.CLEANUP_INTERVAL,
    pictureRetentionMs: values.PICTURE_RETENTION_DAYS * 86_400_000,
    credits: { free: values.FREE_CREDITS, giveBacksPerDay: values.GIVE_BACKS_PER_DAY },
    maxSavedStyles: values.MAX_SAVED_STYLES,
    selling: sellingOf(values),
  };
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

function splitList(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function parseProviders(
  json: string,
  context: z.RefinementCtx,
): Record<string, { baseURL: string; apiKeyEnv: string }> {
  const shape = z.record(
    z.string().regex(/^[\w-]+$/),
    z.strictObject({ baseURL: httpUrl, apiKeyEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/) }),
  );
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    // The reason is not passed on: a malformed value may hold a key where its name should stand.
    context.addIssue({ code: 'custom', message: 'it is not the JSON it should be' });
    return z.NEVER;
  }
}

function sellingOf(values: Values): Settings['selling'] {
  const { METRIKA_COUNTER_ID: counterId, METRIKA_TOKEN: metrikaToken } = values;
  return {
    packages: values.PACKAGES,
    card:
      values.PAYMENT_PROVIDER_TOKEN === undefined
        ? null
        : { providerToken: values.PAYMENT_PROVIDER_TOKEN, currency: values.PAYMENT_CURRENCY },
    subscription: values.SUBSCRIPTION ?? null,
    orderTtlMs: values.ORDER_TTL,
    giveBackSharePercent: values.GIVE_BACK_SHARE_PERCENT,
    referral: {
      startReward: values.REFERRAL_REWARD_START,
      purchasePercent: values.REFERRAL_REWARD_PURCHASE_PERCENT,
      monthlyCap: values.REFERRAL_MONTHLY_CAP,
    },
    metrika:
      counterId === undefined || metrikaToken === undefined
        ? null
        : { counterId, token: metrikaToken, apiRoot: values.METRIKA_API_ROOT.replace(/\/+$/, '') },
  };
}

function parsePackages(json: string, context: z.RefinementCtx): readonly Package[] {
  // Stars are whole; Telegram takes 1–100,000 of them in one invoice, and 32 characters as its title.
  const one = z.strictObject({
    name: z.string().trim().min(1).max(24),
    credits: z.int().min(1).max(100_000),
    stars: z.int().min(1).max(100_000),
    card: z.int().min(1).nullable().default(null),
  });
  return parseJson(json, z.array(one).min(1).max(10), context);
}

function parseSubscription(
  json: string,
  context: z.RefinementCtx,
): { name: string; credits: number; stars: number } {
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
