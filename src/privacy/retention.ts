/**
 * How long what is kept: the one table. /privacy is written from it, the sweeps and the caches take their times from it
 * (`sweeps.ts`, `schedules.ts`, `app.ts`, `intake/inbox.ts`), so that the text cannot say anything else than what is done.
 */
import type { AppConfig } from '../config.ts';

const DAY_MS = 86_400_000;

/** The days in which a deletion can be taken back. */
export const COME_BACK_DAYS = 7;

/** What nobody has to set. */
export const FIXED_RETENTION = {
  /** That an update came and was handled, without its content: Telegram repeats one for 24 h at most. */
  updates: DAY_MS,
  /** An update that could not be handled, with its content: it waits for an owner's eyes. */
  'failed-updates': 7 * DAY_MS,
  /** Longer than the reconciliation looks back (14 days): until then money may still be found for an order. */
  invoices: 30 * DAY_MS,
  /** That somebody asked for their data; it is sent within minutes. */
  'data-requests': DAY_MS,
  /** Who got a message to all: until then a broadcast may be gone on with. */
  broadcasts: 30 * DAY_MS,
  /** As long as a free gift is worth waiting for. */
  'former-customers': 365 * DAY_MS,
} as const;

/** In the order in which /privacy tells it. */
export const KEPT_DATA = [
  'drafts',
  'history',
  'originals',
  'recognitions',
  'prepared-photos',
  'updates',
  'failed-updates',
  'tickets',
  'owner-words',
  'invoices',
  'broadcasts',
  'data-requests',
  'former-customers',
] as const;
export type KeptData = (typeof KEPT_DATA)[number];

/** Milliseconds. */
export type Retention = Readonly<Record<KeptData, number>>;

export function retentionOf({
  retention,
  pictureRetentionMs,
  cache,
  imageCache,
}: Pick<AppConfig, 'retention' | 'pictureRetentionMs' | 'cache' | 'imageCache'>): Retention {
  return {
    ...FIXED_RETENTION,
    drafts: retention.draftsMs,
    history: retention.historyMs,
    originals: pictureRetentionMs,
    recognitions: cache.ttlMs,
    'prepared-photos': imageCache.ttlMs,
    tickets: retention.supportMs,
    'owner-words': retention.supportMs,
  };
}

/** How many of which unit a person is told: whole ones, and never fewer than it is. */
export function spokenTime(ms: number): { number: number; unit: 'minutes' | 'hours' | 'days' } {
  if (ms >= 2 * DAY_MS) return { number: Math.ceil(ms / DAY_MS), unit: 'days' };
  if (ms >= 2 * 3_600_000) return { number: Math.ceil(ms / 3_600_000), unit: 'hours' };
  return { number: Math.max(1, Math.ceil(ms / 60_000)), unit: 'minutes' };
}
