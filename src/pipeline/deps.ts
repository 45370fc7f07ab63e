import type { Ai } from '../ai/create-ai.ts';
import type { Abilities } from '../ai/models.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { Cache } from '../cache/cache.ts';
import type { PreparedPhotos } from '../cache/prepared-photos.ts';
import type { AppConfig } from '../config.ts';
import type { PseudonymOf } from '../customers/former-customers.ts';
import type { Comparison } from '../imaging/comparison.ts';
import type { ImagePool, PreparedPhoto } from '../imaging/pool.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import type { Recognised } from '../photoshoots/kept-recognitions.ts';
import type { Queue } from '../queue/queue.ts';
import type { Places } from '../resilience/places.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Leases } from './keep-lease.ts';

/** What the steps of the pipeline are made of; built once in app.ts. */
export type PipelineDeps = MessengerDeps & {
  queue: Queue;
  gateway: Gateway;
  /** What the models of the configuration can do: nothing else is offered. */
  abilities: Abilities;
  images: ImagePool;
  leases: Leases;
  /** By Telegram's unique id of a file: what a photo became for its card, so that Create begins at once. */
  preparedPhotos: PreparedPhotos<PreparedPhoto>;
  /** Small pictures of the dashboard, which owners see. */
  thumbnails: Pick<Cache<Uint8Array>, 'invalidate'>;
  ai: Ai;
  /** What was seen in photos lately, whoever sent them: the same photos and words have their card at once. */
  recognitions: Pick<Cache<Recognised>, 'get' | 'put' | 'invalidate'>;
  /** How old what was seen may be, in milliseconds, and how much of it is in memory at the most; null: none is kept. */
  recognitionsKept: Readonly<{ ttlMs: number; maxEntries: number }> | null;
  alerts: Alerts;
  /** Photoshoots that may stand in line; further ones are declined. */
  longestLine: number;
  /** Milliseconds without an answer after which a provider's fault counts as an outage. */
  outageAfterMs: number;
  /** How soon a detection that a provider's fault held up is tried again. */
  draftRetryMs: number;
  /** Whose days a budget and a digest are of. */
  counting: Pick<AppConfig['counting'], 'timeZone'>;
  /** Dollars that the providers may cost a day; null: as much as there is to do. */
  providerBudgetUsd: number | null;
  /** Pictures that are made at one time: a photoshoot begins when there is room for all of its own. */
  places: Pick<Places, 'within'>;
  /** How many photos of one person a model is asked about in a day. */
  rateLimits: Pick<RateLimits, 'recognition' | 'inForce' | 'forgetPerson'>;
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
