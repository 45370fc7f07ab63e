/** The variables as what the parts of the app are given. */
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import type { Values } from '../config-variables.ts';
import { withPassword } from '../database-address.ts';
import { parseRedisAddress } from '../redis-address.ts';
import type { Looks, Settings } from './settings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Bytes of what people call a megabyte of memory. */
const MIB = 1024 * 1024;

/** Of prepared photos that are on disk, so many megabytes are in memory as well. */
const MEMORY_BEFORE_DISK_MIB = 64;

/** No owner has a reason to change these; tests hand in others. */
const LOOKS: Looks = {
  lineMs: 3_000,
  providersMs: 5_000,
  alertsMs: 5_000,
  draftsMs: 10_000,
  digestsMs: 60_000,
};

/** At half a minute each, the last one begins after as long as an order waits for a provider: half an hour. */
const LINE_OF_A_WORKER = 50;
/** At the most, and with them the last one must begin in time as well: MAX_PICTURES of photoshoots/limits.ts. */
const PICTURES_OF_A_PHOTOSHOOT = 4;

/** Of an order that takes half a minute, what a seller bears to wait more for an answer to “is it my product?”. */
const TRUTH_CHECK_WAIT_MS = 20_000;

export function unlessOff(model: string): string | null {
  return model.toLowerCase() === 'off' ? null : model;
}

export function settingsOf(values: Values, secrets: readonly string[]): Settings {
  return {
    environment: values.NODE_ENV,
    log: {
      level: values.LOG_LEVEL,
      pretty: values.NODE_ENV === 'development',
      secrets,
      file: values.LOG_FILE ?? null,
    },
    adminIds: values.ADMIN_IDS ?? [],
    http: {
      host: values.HOST,
      port: values.PORT,
      trustedProxies: values.TRUST_PROXY ?? null,
      compression: values.COMPRESSION_ENABLED
        ? { level: values.COMPRESSION_LEVEL, brotliQuality: values.BROTLI_QUALITY }
        : null,
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
      imageFormat: values.IMAGE_FORMAT,
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
    longestLine: values.MAX_WAITING_PHOTOSHOOTS ?? longestLineOf(values),
    redis: values.REDIS_URL === undefined ? null : parseRedisAddress(values.REDIS_URL),
    cache: {
      isEnabled: values.CACHE_ENABLED,
      ttlMs: values.CACHE_TTL,
      maxEntries: values.MAX_CACHE_SIZE,
    },
    imageCache: imageCacheOf(values),
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
      rates: {
        messages: { most: values.USER_RATE_LIMIT, windowMs: values.USER_RATE_WINDOW },
        photoshoots: { most: values.RATE_LIMIT_PER_USER, windowMs: HOUR_MS },
        recognitions: { most: values.RECOGNITIONS_PER_DAY, windowMs: DAY_MS },
        requests: { most: values.IP_RATE_LIMIT, windowMs: MINUTE_MS },
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

/**
 * Three quarters of the memory that there is, at most 2048 MiB: the last quarter is for what comes suddenly, and one
 * process has no use for more.
 * @param container bytes of the cgroup's limit; 0 or more than the machine has where there is none
 */
export function shareOfMemory(container: number, machine: number): number {
  const available = container === 0 ? machine : Math.min(container, machine);
  return Math.min(Math.floor(available * 0.75), 2048 * MIB);
}

/** With a folder, what was set is for the disk; memory then has what was used last, and no more than without one. */
function imageCacheOf(values: Values): Settings['imageCache'] {
  const maxBytes = values.IMAGE_CACHE_MAX_MB * MIB;
  const { IMAGE_CACHE_DIR: folder, IMAGE_CACHE_TTL: ttlMs } = values;
  if (folder === undefined) return { memoryBytes: maxBytes, ttlMs, disk: null };
  return {
    memoryBytes: Math.min(maxBytes, MEMORY_BEFORE_DISK_MIB * MIB),
    ttlMs,
    // Within the data folder, unless it is a whole path.
    disk: { folder: resolve(values.DATA_DIR, folder), maxBytes },
  };
}

/** Workers beyond those that find places at the providers serve nobody sooner. */
function longestLineOf({ ASYNC_WORKERS: workers, MAX_CONCURRENT_REQUESTS: places }: Values): number {
  const served = Math.max(1, Math.floor(places / PICTURES_OF_A_PHOTOSHOOT));
  return LINE_OF_A_WORKER * Math.min(workers, served);
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
