import type { AppConfig } from '../config.ts';
import type { Database } from '../database/client.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import type { UserLocks } from '../resilience/user-locks.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Texts } from '../texts/texts.ts';
import type { Money } from './money.ts';

/** What the features are made of; built once in app.ts. */
export type BotDeps = {
  db: Database;
  queue: Queue;
  gateway: Gateway;
  texts: Texts;
  userLocks: UserLocks;
  rateLimits: RateLimits;
  adminIds: readonly number[];
  draftTtlMs: number;
  freeCredits: number;
  giveBacksPerDay: number;
  maxSavedStyles: number;
  selling: AppConfig['selling'];
  money: Money;
  /** Where a delivered picture can be fetched by Telegram; null where nothing of ours is public. */
  invoicePhotoUrl: ((pictureId: number) => string) | null;
  log: Log;
};
