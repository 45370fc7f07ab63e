import type { Ai } from '../ai/create-ai.ts';
import type { Detection } from '../ai/detect-product.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { Cache } from '../cache/cache.ts';
import type { Comparison } from '../imaging/comparison.ts';
import type { ImagePool } from '../imaging/pool.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import type { Queue } from '../queue/queue.ts';
import type { Gateway } from '../telegram/gateway.ts';

/** What the steps of the pipeline are made of; built once in app.ts. */
export type PipelineDeps = MessengerDeps & {
  queue: Queue;
  gateway: Gateway;
  images: ImagePool;
  /** By Telegram's unique id of a file: what a photo became for its card, so that Create begins at once. */
  preparedPhotos: Pick<Cache<Uint8Array>, 'peek' | 'put'>;
  ai: Ai;
  /** What was seen in photos lately, whoever sent them: the same photos and words have their card at once. */
  recognitions: Pick<Cache<Detection>, 'get' | 'invalidate'>;
  alerts: Alerts;
  /** Milliseconds without an answer after which a provider's fault counts as an outage. */
  outageAfterMs: number;
  /** How soon a detection that a provider's fault held up is tried again. */
  draftRetryMs: number;
  /** Dollars that the providers may cost a day (UTC); null: as much as there is to do. */
  providerBudgetUsd: number | null;
  referral: ReferralSettings;
  /** Holds pictures against their photos; null where nobody does. */
  truthCheck: Readonly<{
    mode: 'mark' | 'redo';
    compare: Comparison['compare'];
    /** Milliseconds that an order takes longer for it, at the most. */
    waitMs: number;
  }> | null;
};
