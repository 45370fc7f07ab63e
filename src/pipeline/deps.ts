import type { Ai } from '../ai/create-ai.ts';
import type { Detection } from '../ai/detect-product.ts';
import type { Abilities } from '../ai/models.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { Cache } from '../cache/cache.ts';
import type { AppConfig } from '../config.ts';
import type { PseudonymOf } from '../customers/former-customers.ts';
import type { PhotoAdvice } from '../database/schema/index.ts';
import type { Comparison } from '../imaging/comparison.ts';
import type { ImagePool, PreparedPhoto } from '../imaging/pool.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import type { Queue } from '../queue/queue.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Leases } from './keep-lease.ts';

/** What was seen in photos, and what they lack: known as long as the photos are. */
export type Recognised = Detection & Readonly<{ advice: PhotoAdvice | null }>;

/** What the steps of the pipeline are made of; built once in app.ts. */
export type PipelineDeps = MessengerDeps & {
  queue: Queue;
  gateway: Gateway;
  /** What the models of the configuration can do: nothing else is offered. */
  abilities: Abilities;
  images: ImagePool;
  leases: Leases;
  /** By Telegram's unique id of a file: what a photo became for its card, so that Create begins at once. */
  preparedPhotos: Pick<Cache<PreparedPhoto>, 'peek' | 'put' | 'invalidate'>;
  ai: Ai;
  /** What was seen in photos lately, whoever sent them: the same photos and words have their card at once. */
  recognitions: Pick<Cache<Recognised>, 'get' | 'invalidate'>;
  alerts: Alerts;
  /** Milliseconds without an answer after which a provider's fault counts as an outage. */
  outageAfterMs: number;
  /** How soon a detection that a provider's fault held up is tried again. */
  draftRetryMs: number;
  /** Whose days a budget and a digest are of. */
  counting: Pick<AppConfig['counting'], 'timeZone'>;
  /** Dollars that the providers may cost a day; null: as much as there is to do. */
  providerBudgetUsd: number | null;
  /** Listing texts that a model is asked for in a day by one person. */
  listingsPerDay: number;
  referral: ReferralSettings;
  pseudonymOf: PseudonymOf;
  /** Holds pictures against their photos; null where nobody does. */
  truthCheck: Readonly<{
    mode: 'mark' | 'redo';
    compare: Comparison['compare'];
    /** Milliseconds that an order takes longer for it, at the most. */
    waitMs: number;
  }> | null;
};
