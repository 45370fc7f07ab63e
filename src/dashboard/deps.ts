import type { Cache, CacheStatistics } from '../cache/cache.ts';
import type { AppConfig } from '../config.ts';
import type { PartHealth } from '../health.ts';
import type { ImagePool } from '../imaging/pool.ts';
import type { Figures } from '../monitoring/figures.ts';
import type { History } from '../monitoring/history.ts';
import type { PaymentsDeps } from '../payments/deps.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { HousePicture } from '../telegram/kept-files.ts';

/** What the pages are made of; built once in app.ts. */
export type DashboardDeps = PaymentsDeps & {
  gateway: Gateway;
  images: Pick<ImagePool, 'thumbnail'>;
  /** JPEGs of pictures, by their id. */
  thumbnails: Cache<Uint8Array>;
  /** The sheet of all house styles, each under its number. */
  styleSheet: HousePicture;
  /** Whose days the figures are of, and what a Star is worth. */
  counting: AppConfig['counting'];
  /** What the providers may cost a day; null: as much as they do. */
  providerBudgetUsd: number | null;
  selling: Pick<AppConfig['selling'], 'packages' | 'card' | 'subscription'>;
  /** What a Mini App's data is signed with. */
  initDataKey: Buffer;
  /** Whether the dashboard is reached by https, so that its cookie travels by nothing else. */
  isSecure: boolean;
  /** Ends when the server closes, and with it what would go on for as long as somebody looks. */
  closing: AbortSignal;
  /** The numbers of this process. */
  readFigures(): Figures;
  /** The statistics of its caches, by their names. */
  caches(): Readonly<Record<string, CacheStatistics>>;
  /** The samples of all processes. */
  history: Pick<History, 'latest' | 'uptime'>;
  /** What people and addresses may do how often. */
  rateLimits: Pick<RateLimits, 'adopt' | 'inForce' | 'waiting'>;
  /** How each part of the process is. */
  health(): Promise<{
    status: PartHealth['status'];
    services: Readonly<Record<string, Pick<PartHealth, 'status' | 'note'>>>;
  }>;
};
