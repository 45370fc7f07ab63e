import type { Abilities } from '../ai/models.ts';
import type { AppConfig } from '../config.ts';
import type { PaymentsDeps } from '../payments/deps.ts';
import type { ReportCharge } from '../payments/report-charge.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import type { UserLocks } from '../resilience/user-locks.ts';
import type { Gateway } from '../telegram/gateway.ts';

/** What the features are made of; built once in app.ts. */
export type BotDeps = PaymentsDeps & {
  gateway: Gateway;
  /** What the models of the configuration can do: nothing else is offered. */
  abilities: Abilities;
  userLocks: UserLocks;
  rateLimits: RateLimits;
  /** Keeps a charge that could not be settled, and tells of it once. */
  reportCharge: ReportCharge;
  draftTtlMs: number;
  giveBacksPerDay: number;
  maxSavedStyles: number;
  /** Whose days the figures are of, and what a Star is worth. */
  counting: AppConfig['counting'];
  /** What is sold and for how long an invoice stands. */
  selling: Pick<
    AppConfig['selling'],
    'packages' | 'card' | 'subscription' | 'orderTtlMs' | 'giveBackSharePercent'
  >;
  /** Where a delivered picture can be fetched by Telegram; null where nothing of ours is public. */
  invoicePhotoUrl: ((pictureId: number) => string) | null;
};
