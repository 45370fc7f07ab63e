/**
 * process.env → a frozen Config, a variant by mode. The only file that reads the environment.
 * A bad value stops the start with the variable's name, what is wrong and what would be right; the value
 * itself is shown only when the variable holds no secret.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { parseEnv } from 'node:util';
import {
  type EndpointField,
  faultOfKey,
  type Name,
  OPENAI_TAKES,
  readValues,
  SECRET_NAMES,
  type Values,
} from './config-variables.ts';
import { withPassword } from './database-address.ts';
import { StartRefused } from './errors.ts';
import { parseRedisAddress, type RedisAddress } from './redis-address.ts';

/** An OpenAI-compatible endpoint. */
export type AiEndpoint = Readonly<{
  name: string;
  baseURL: string;
  apiKey: string;
  /** By which of its interfaces it is asked: OpenAI's own (images/edits, responses), or chat/completions for both. */
  api: 'images' | 'chat';
  /** The fields that it takes, of those that not every endpoint does. */
  takes: readonly EndpointField[];
}>;

/** Bytes of what people call a megabyte of memory. */
const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;

/** How often is looked for what no event tells of, in milliseconds. */
export type Looks = Readonly<{
  /** At everybody's place in line. */
  lineMs: number;
  /** For a provider's return; an order is to be under way within 15 s of it. */
  providersMs: number;
  /** For alerts that have begun to stand. */
  alertsMs: number;
  /** For whether a draft that a provider's fault holds up can go on. */
  draftsMs: number;
}>;

/** No owner has a reason to change these; tests hand in others. */
const LOOKS: Looks = { lineMs: 3_000, providersMs: 5_000, alertsMs: 5_000, draftsMs: 10_000 };

/** Of an order that takes half a minute, what a seller bears to wait more for an answer to “is it my product?”. */
const TRUTH_CHECK_WAIT_MS = 20_000;

/** What every mode shares. Durations are milliseconds here, though the environment counts seconds. */
type Settings = Readonly<{
  environment: 'development' | 'production' | 'test';
  /** `secrets`: what no line may show. */
  log: Readonly<{ level: string; pretty: boolean; secrets: readonly string[] }>;
  adminIds: readonly number[];
  http: Readonly<{
    host: string;
    port: number;
    ipRateLimitPerMinute: number;
    /** Addresses and networks of the proxies before the server, or how many there are in a row; null: none. */
    trustedProxies: number | readonly string[] | null;
  }>;
  /** Where owners reach the dashboard, such as `https://shop.example`; null: at the server's own address. */
  dashboardUrl: string | null;
  /** The proxy to the outside, by the scheme of what is asked for; null: none. `except`: hosts that go past it. */
  outgoingProxy: Readonly<{ https: string | null; http: string | null; except: string }> | null;
  dataDir: string;
  /** `embedded`: PGlite in `dataDir`; `server`: PostgreSQL 15 or newer. */
  database:
    | Readonly<{ kind: 'embedded' }>
    | Readonly<{
        kind: 'server';
        url: string;
        /** Past a pooler, where there is one. */
        directUrl: string | null;
        poolMaxSize: number;
        connectTimeoutMs: number;
        recycleMs: number;
        queryTimeoutMs: number;
      }>;
  ai: Readonly<{
    /** The chain, tried in order; `endpoint/model`, or a bare model of the first endpoint. */
    imageModels: readonly string[];
    /** Null: products are not recognised, and the house's styles are proposed. */
    visionModel: string | null;
    /** Null: nothing is checked before it goes to a model. */
    moderationModel: string | null;
    /** One attempt of a text call; the longest silence of a picture's stream; one picture with all its attempts. */
    attemptTimeoutMs: number;
    silenceTimeoutMs: number;
    /** The longest wait for a picture that comes in one piece. */
    longSilenceTimeoutMs: number;
    imageDeadlineMs: number;
    retry: Readonly<{ maxAttempts: number; baseDelayMs: number; maxDelayMs: number }>;
    circuit: Readonly<{ failureThreshold: number; resetTimeoutMs: number }>;
    maxConcurrentRequests: number;
  }>;
  /** Milliseconds without a call that succeeds until a provider's fault is an outage. */
  outageAfterMs: number;
  looks: Looks;
  /** Dollars that the providers may cost a day (UTC); null: as much as there is to do. */
  providerBudgetUsd: number | null;
  workers: Readonly<{ jobs: number; imageThreads: number }>;
  /** What this process should stay within. */
  memoryLimitBytes: number;
  /**
   * Whether pictures are held against their photos. `mode` is null where the owner said nothing: where the process has
   * the memory for it. Nothing waits longer than `waitMs` for a verdict.
   */
  truthCheck: Readonly<{ mode: 'off' | 'mark' | 'redo' | null; waitMs: number }>;
  /** Null where caches are in memory alone. */
  redis: RedisAddress | null;
  cache: Readonly<{ ttlMs: number; maxEntries: number }>;
  /** Of prepared photos in memory. */
  imageCache: Readonly<{ maxBytes: number; ttlMs: number }>;
  /** Where alerts go beside the owners' chat, and when a warning waits. */
  alerts: Readonly<{
    slackWebhookUrl: string | null;
    email: Readonly<{ smtpUrl: string; to: readonly string[] }> | null;
    quietHours: Readonly<{ from: number; to: number; timeZone: string }> | null;
  }>;
  monitoring: Readonly<{
    /** What owners' tools show; null: nobody may ask. */
    apiToken: string | null;
    /** Milliseconds between two samples; null: none are taken. */
    intervalMs: number | null;
    prometheus: boolean;
    slowQueryMs: number;
    /** Every statement is written into the log. */
    echoStatements: boolean;
  }>;
  limits: Readonly<{
    /** Updates of one person in one window, and photoshoots of one person in an hour. */
    userRate: Readonly<{ requests: number; windowMs: number; photoshootsPerHour: number }>;
    /** Listing texts that one person has written in a day. */
    listingsPerDay: number;
  }>;
  draftTtlMs: number;
  cleanupIntervalMs: number;
  pictureRetentionMs: number;
  /** Photos that were never ordered with; photoshoots that are over; closed tickets and what owners wrote of people. */
  retention: Readonly<{ draftsMs: number; historyMs: number; supportMs: number }>;
  credits: Readonly<{ free: number; giveBacksPerDay: number }>;
  maxSavedStyles: number;
  /** How the owner's figures are counted: in whose days, and how many dollars a Star is. */
  counting: Readonly<{ timeZone: string; starsUsdRate: number }>;
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
type WebhookConfig = Settings &
  Connections &
  Readonly<{ mode: 'webhook'; webhook: Readonly<{ publicUrl: string; secret: string }> }>;

/** What createApp runs on: a real bot, or one that has been connected to the sandbox. */
export type AppConfig = PollingConfig | WebhookConfig;
export type Config = SandboxConfig | AppConfig;

export class ConfigError extends StartRefused {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Vitrine cannot start with this environment:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * The Config that an environment describes.
 * @throws ConfigError with one line for every problem that was found, not only the first.
 */
export function parseConfig(given: NodeJS.ProcessEnv): Config {
  const environment = withProxyNames(given);
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
  if (values.NODE_ENV === 'production' && !isGiven('DATABASE_URL') && !isGiven('EMBEDDED_DATABASE')) {
    problems.push(
      'DATABASE_URL is missing: in production a power cut may cost the embedded database what was paid for; set the address of a PostgreSQL server, or EMBEDDED_DATABASE=accept to take that risk',
    );
  }
  if (!isGiven('BOT_TOKEN') && values.PORT > 0 && values.PORT === values.SANDBOX_PORT) {
    problems.push(
      `PORT and SANDBOX_PORT are both ${values.PORT}: without a token each needs a port of its own`,
    );
  }
  if (!isGiven('DATABASE_URL')) {
    for (const name of ['DATABASE_DIRECT_URL', 'DATABASE_PASSWORD'] as const) {
      if (isGiven(name))
        problems.push(`${name} says more of DATABASE_URL, which is missing: set that as well`);
    }
  }
  if (isGiven('METRIKA_COUNTER_ID') !== isGiven('METRIKA_TOKEN')) {
    problems.push('METRIKA_COUNTER_ID and METRIKA_TOKEN belong together: set both, or neither');
  }
  if (isGiven('SMTP_URL') !== isGiven('ALERT_EMAIL_TO')) {
    problems.push('SMTP_URL and ALERT_EMAIL_TO belong together: set both, or neither');
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const settings = settingsOf(values, secretsIn(environment, values));
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

/**
 * The environment of this process, with what `.env` in the working folder adds to it.
 * @throws StartRefused when the file is there and cannot be read as it should
 */
export function readConfig(): Config {
  // Into the environment itself, because libraries read variables of their own from it.
  Object.assign(process.env, { ...readEnvironmentFile(), ...process.env });
  return parseConfig(process.env);
}

/** By hand and not by `process.loadEnvFile`, which takes a byte order mark for a part of the first name. */
function readEnvironmentFile(): NodeJS.Dict<string> {
  const bytes = readEnvironmentBytes();
  // UTF-16 has a zero byte beside each letter of ours, with its byte order mark or without.
  if (bytes.includes(0)) {
    throw new StartRefused('The file .env is written in UTF-16: save it as UTF-8, and Vitrine can read it.');
  }
  return parseEnv(bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

function readEnvironmentBytes(): Buffer {
  try {
    return readFileSync('.env');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // No .env is the normal case; a file that is there and cannot be read must not be passed over.
    if (code === 'ENOENT') return Buffer.alloc(0);
    throw new StartRefused(
      code === 'EISDIR'
        ? 'Where the file .env should be there is a folder of that name: remove it, or put the file in its place.'
        : `The file .env cannot be read (${code}): let the user that Vitrine runs as read it, or remove it.`,
      { cause: error },
    );
  }
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
    aiEndpoints: [
      {
        name: 'openai',
        baseURL: sandbox.openaiBaseUrl,
        apiKey: sandbox.openaiApiKey,
        api: 'images',
        takes: OPENAI_TAKES,
      },
    ],
  };
  return Object.freeze(connected);
}

/** The endpoints that can be used; undefined when there is none. */
function readEndpoints(
  values: Values,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): readonly [AiEndpoint, ...AiEndpoint[]] | undefined {
  const further = Object.entries(values.AI_PROVIDERS ?? {}).map(([name, { apiKeyEnv, ...provider }]) => {
    const apiKey = environment[apiKeyEnv]?.trim() ?? '';
    const fault = apiKey === '' ? 'that variable is empty' : faultOfKey(apiKey);
    if (fault !== null) {
      problems.push(
        `AI_PROVIDERS names ${apiKeyEnv} for the key of “${name}”, and ${fault.replace(/^it/, 'its value')}`,
      );
    }
    return { name, apiKey, ...provider };
  });
  const ofOpenAi = modelsOf(values).filter(([variable, model]) => {
    const [endpoint = ''] = model.split('/', 1);
    if (further.some(({ name }) => name === endpoint) && model !== endpoint) return false;
    if (model !== endpoint && endpoint !== 'openai') {
      problems.push(
        `${variable} names “${model}”, and AI_PROVIDERS has no “${endpoint}”; a model of OPENAI_BASE_URL with a slash in its name is “openai/${model}”`,
      );
    }
    return true;
  });
  const [needed] = ofOpenAi;
  if (values.OPENAI_API_KEY === undefined) {
    if (needed !== undefined && values.BOT_TOKEN !== undefined && !environment.OPENAI_API_KEY?.trim()) {
      problems.push(
        `OPENAI_API_KEY is missing: with a BOT_TOKEN real pictures are made, and ${needed[0]} names “${needed[1]}”; set the key, name models of AI_PROVIDERS alone, or leave the token out for the sandbox`,
      );
    }
    const [first, ...others] = further;
    return first === undefined || needed !== undefined ? undefined : [first, ...others];
  }
  const openai = { name: 'openai', baseURL: values.OPENAI_BASE_URL, apiKey: values.OPENAI_API_KEY };
  return [{ ...openai, api: 'images', takes: OPENAI_TAKES }, ...further];
}

/** Every model of the configuration, with the variable that names it. */
function modelsOf(values: Values): (readonly [variable: Name, model: string])[] {
  const single = (['VISION_MODEL', 'MODERATION_MODEL'] as const).flatMap((variable) => {
    // A value that is bad was reported.
    const model = values[variable] === undefined ? null : unlessOff(values[variable]);
    return model === null ? [] : [[variable, model] as const];
  });
  return [...(values.IMAGE_MODELS ?? []).map((model) => ['IMAGE_MODELS', model] as const), ...single];
}

function unlessOff(model: string): string | null {
  return model.toLowerCase() === 'off' ? null : model;
}

/**
 * Every secret that is configured: the values of secret variables, the keys of further endpoints, and of each the part
 * that is secret by itself, since libraries and servers show parts.
 */
function secretsIn(environment: NodeJS.ProcessEnv, values: Values): readonly string[] {
  const names = [
    ...SECRET_NAMES,
    ...Object.values(values.AI_PROVIDERS ?? {}).map(({ apiKeyEnv }) => apiKeyEnv),
  ];
  const given = names.map((name) => environment[name]?.trim() ?? '');
  return given.flatMap((secret) => [secret, ...secretParts(secret)]).filter((secret) => secret !== '');
}

/** The password of an address, as it is written there and as it is meant; of a bot token what follows the bot's id. */
function secretParts(secret: string): string[] {
  const [, half] = /^\d+:([\w-]{30,})$/.exec(secret) ?? [];
  if (half !== undefined) return [half];
  const [, written] = /^[a-z][a-z0-9+.-]*:\/\/[^/]*?:(.*)@/i.exec(secret) ?? [];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    // A percent sign that encodes nothing.
    return [written];
  }
}

function settingsOf(values: Values, secrets: readonly string[]): Settings {
  return {
    environment: values.NODE_ENV,
    log: { level: values.LOG_LEVEL, pretty: values.NODE_ENV === 'development', secrets },
    adminIds: values.ADMIN_IDS ?? [],
    http: {
      host: values.HOST,
      port: values.PORT,
      ipRateLimitPerMinute: values.IP_RATE_LIMIT,
      trustedProxies: values.TRUST_PROXY ?? null,
    },
    dashboardUrl: (values.DASHBOARD_URL ?? values.PUBLIC_URL)?.replace(/\/+$/, '') ?? null,
    outgoingProxy: proxyOf(values),
    dataDir: values.DATA_DIR,
    database:
      values.DATABASE_URL === undefined
        ? { kind: 'embedded' }
        : {
            kind: 'server',
            url: withPassword(values.DATABASE_URL, values.DATABASE_PASSWORD),
            directUrl:
              values.DATABASE_DIRECT_URL === undefined
                ? null
                : withPassword(values.DATABASE_DIRECT_URL, values.DATABASE_PASSWORD),
            poolMaxSize: values.DB_POOL_MAX_SIZE,
            connectTimeoutMs: values.DB_POOL_TIMEOUT,
            recycleMs: values.DB_POOL_RECYCLE,
            queryTimeoutMs: values.QUERY_TIMEOUT,
          },
    ai: {
      imageModels: values.IMAGE_MODELS,
      visionModel: unlessOff(values.VISION_MODEL),
      moderationModel: unlessOff(values.MODERATION_MODEL),
      attemptTimeoutMs: values.PROMPT_TIMEOUT,
      silenceTimeoutMs: values.IMAGE_STALL_TIMEOUT,
      // So that a second attempt, or the next model, has as long.
      longSilenceTimeoutMs: values.IMAGE_DEADLINE / 2,
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
    outageAfterMs: values.OUTAGE_ALERT_AFTER,
    looks: LOOKS,
    providerBudgetUsd: values.PROVIDER_BUDGET_USD ?? null,
    workers: { jobs: values.ASYNC_WORKERS, imageThreads: values.THREAD_POOL_SIZE ?? availableParallelism() },
    redis: values.REDIS_URL === undefined ? null : parseRedisAddress(values.REDIS_URL),
    cache: { ttlMs: values.CACHE_TTL, maxEntries: values.MAX_CACHE_SIZE },
    imageCache: { maxBytes: values.IMAGE_CACHE_MAX_MB * MIB, ttlMs: values.IMAGE_CACHE_TTL },
    memoryLimitBytes:
      values.MEMORY_LIMIT_MB === undefined
        ? shareOfMemory(process.constrainedMemory(), totalmem())
        : values.MEMORY_LIMIT_MB * MIB,
    truthCheck: { mode: values.TRUTH_CHECK ?? null, waitMs: TRUTH_CHECK_WAIT_MS },
    alerts: {
      slackWebhookUrl: values.SLACK_WEBHOOK_URL ?? null,
      email:
        values.SMTP_URL === undefined || values.ALERT_EMAIL_TO === undefined
          ? null
          : { smtpUrl: values.SMTP_URL, to: values.ALERT_EMAIL_TO },
      quietHours:
        values.ALERT_QUIET_HOURS === undefined
          ? null
          : {
              from: values.ALERT_QUIET_HOURS[0],
              to: values.ALERT_QUIET_HOURS[1],
              timeZone: values.OWNER_TIME_ZONE,
            },
    },
    monitoring: {
      apiToken: values.ADMIN_API_TOKEN ?? null,
      intervalMs: values.PERFORMANCE_MONITORING ? values.PERFORMANCE_INTERVAL : null,
      prometheus: values.PROMETHEUS_ENABLED,
      slowQueryMs: values.SLOW_QUERY_THRESHOLD,
      echoStatements: values.DB_ECHO,
    },
    limits: {
      userRate: {
        requests: values.USER_RATE_LIMIT,
        windowMs: values.USER_RATE_WINDOW,
        photoshootsPerHour: values.RATE_LIMIT_PER_USER,
      },
      listingsPerDay: values.LISTINGS_PER_DAY,
    },
    draftTtlMs: values.PENDING_CONTEXT_TTL,
    cleanupIntervalMs: values.CLEANUP_INTERVAL,
    pictureRetentionMs: values.PICTURE_RETENTION_DAYS * DAY_MS,
    retention: {
      draftsMs: values.DRAFT_RETENTION_DAYS * DAY_MS,
      historyMs: values.HISTORY_RETENTION_DAYS * DAY_MS,
      supportMs: values.SUPPORT_RETENTION_DAYS * DAY_MS,
    },
    credits: { free: values.FREE_CREDITS, giveBacksPerDay: values.GIVE_BACKS_PER_DAY },
    maxSavedStyles: values.MAX_SAVED_STYLES,
    counting: { timeZone: values.OWNER_TIME_ZONE, starsUsdRate: values.STARS_USD_RATE },
    selling: sellingOf(values),
  };
}

function proxyOf(values: Values): Settings['outgoingProxy'] {
  const { HTTPS_PROXY: https, HTTP_PROXY: http, NO_PROXY: except = '' } = values;
  if (https === undefined && http === undefined) return null;
  return { https: https ?? null, http: http ?? null, except };
}

/** The environment with the names of proxies in capitals: many systems have them in small letters alone. */
function withProxyNames(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { https_proxy: HTTPS_PROXY, http_proxy: HTTP_PROXY, no_proxy: NO_PROXY } = environment;
  return { HTTPS_PROXY, HTTP_PROXY, NO_PROXY, ...environment };
}

/**
 * Three quarters of the memory that there is, at most 2048 MiB: the last quarter is for what comes suddenly, and one
 * process has no use for more.
 * @param container bytes of the cgroup's limit; 0 or more than the machine has where there is none
 */
export function shareOfMemory(container: number, machine: number): number {
  const available = container === 0 ? machine : Math.min(container, machine);
  return Math.min(Math.floor(available * 0.75), 2048 * MIB);
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
