/** What a configuration holds, by the part that it is for. */
import type { EndpointField } from '../config-variables/providers.ts';
import type { RedisAddress } from '../redis-address.ts';

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
  /** For whether it is morning where the owner is. */
  digestsMs: number;
}>;

/** What every mode shares. Durations are milliseconds here, though the environment counts seconds. */
export type Settings = Readonly<{
  environment: 'development' | 'production' | 'test';
  /** `secrets`: what no line may show. `file`: where lines go beside standard output; null: nowhere. */
  log: Readonly<{ level: string; pretty: boolean; secrets: readonly string[]; file: string | null }>;
  adminIds: readonly number[];
  http: Readonly<{
    host: string;
    port: number;
    /** Addresses and networks of the proxies before the server, or how many there are in a row; null: none. */
    trustedProxies: number | readonly string[] | null;
    /** How small answers are made; null: they are sent as they are. */
    compression: Readonly<{ level: number; brotliQuality: number }> | null;
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
    imageFormat: 'webp' | 'jpeg';
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
  /** Photoshoots that may stand in line; further ones are declined. */
  longestLine: number;
  /** What this process should stay within. */
  memoryLimitBytes: number;
  /**
   * Whether pictures are held against their photos. `mode` is null where the owner said nothing: where the process has
   * the memory for it. Nothing waits longer than `waitMs` for a verdict.
   */
  truthCheck: Readonly<{ mode: 'off' | 'mark' | 'redo' | null; waitMs: number }>;
  /** Null where caches are in memory alone. */
  redis: RedisAddress | null;
  /** `isEnabled`: whether what was seen in a photo is kept for the next who send it. */
  cache: Readonly<{ isEnabled: boolean; ttlMs: number; maxEntries: number }>;
  /** Of prepared photos: what is kept of them in memory, and on disk where there is a folder for it. */
  imageCache: Readonly<{
    memoryBytes: number;
    ttlMs: number;
    disk: Readonly<{ folder: string; maxBytes: number }> | null;
  }>;
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
    /** Of one person, and of one address that sends requests to the HTTP server. */
    rates: Readonly<
      Record<
        'messages' | 'photoshoots' | 'recognitions' | 'requests',
        Readonly<{ most: number; windowMs: number }>
      >
    >;
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
