import type { Abilities } from '../ai/models.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { AppConfig } from '../config.ts';
import type { ImagePool } from '../imaging/pool.ts';
import type { PaymentsDeps } from '../payments/deps.ts';
import type { ReportCharge } from '../payments/report-charge.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import type { UserLocks } from '../resilience/user-locks.ts';
import type { ProcessState } from '../screens/owner-cards.ts';
import type { Disclosure } from '../screens/privacy-cards.ts';
import type { Connections, ServiceState } from '../screens/watch-cards.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { CacheTools } from './cache-tools.ts';

/** What the features are made of; built once in app.ts. */
export type BotDeps = PaymentsDeps & {
  gateway: Gateway;
  /** What the models of the configuration can do: nothing else is offered. */
  abilities: Abilities;
  /** The models that make pictures, as `provider/model`. */
  pictureModels: readonly string[];
  userLocks: UserLocks;
  rateLimits: RateLimits;
  /** Photoshoots that may stand in line; further ones are declined. */
  longestLine: number;
  alerts: Pick<Alerts, 'raise'>;
  /** Keeps a charge that could not be settled, and tells of it once. */
  reportCharge: ReportCharge;
  /** Where owners reach the dashboard, without a slash at its end. */
  dashboardUrl: string;
  draftTtlMs: number;
  giveBacksPerDay: number;
  maxSavedStyles: number;
  /** How this process is now. */
  readProcess: () => Promise<ProcessState>;
  /** What is kept ready in this process, and what can be done to it. */
  caches: CacheTools;
  /** How each of its parts is, and the connections to its database. */
  readServices: () => Promise<{ services: readonly ServiceState[]; connections: Connections }>;
  /** Draws charts. */
  images: Pick<ImagePool, 'drawPng'>;
  /** Whose days the figures are of, and what a Star is worth. */
  counting: AppConfig['counting'];
  /** What is sold and for how long an invoice stands. */
  selling: Pick<
    AppConfig['selling'],
    'packages' | 'card' | 'subscription' | 'orderTtlMs' | 'giveBackSharePercent'
  >;
  /** What /privacy says. */
  disclosure: Disclosure;
  /** Where a delivered picture can be fetched by Telegram; null where nothing of ours is public. */
  invoicePhotoUrl: ((pictureId: number) => string) | null;
};
