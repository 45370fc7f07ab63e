import type { Alerts } from './alerts/alerts.ts';
import type { ConversionUpload } from './analytics/conversion-upload.ts';
import { expireOrders } from './billing/orders/expire-orders.ts';
import type { Caches } from './cache/caches.ts';
import type { DiskCache } from './cache/disk.ts';
import type { AppConfig } from './config.ts';
import type { Batches } from './imaging/batches.ts';
import type { Intake } from './intake/create-intake.ts';
import type { History } from './monitoring/history.ts';
import { readLimits } from './owners/change-limits.ts';
import { sweepSessions } from './owners/sessions/sessions.ts';
import type { PaymentsDeps } from './payments/deps.ts';
import type { Reconcile } from './payments/reconcile.ts';
import { finishPayments } from './payments/settle-charge.ts';
import { expireDrafts } from './photoshoots/draft/expire-drafts.ts';
import { endUnclaimed } from './photoshoots/run/end-unclaimed.ts';
import type { Pipeline } from './pipeline/create-pipeline.ts';
import { TURN_MS } from './pipeline/send-broadcasts.ts';
import { uploadConversions } from './pipeline/upload-conversions.ts';
import type { Retention } from './privacy/retention.ts';
import { SWEEPS, SWEPT } from './privacy/sweeps.ts';
import type { MemoryGuard } from './resilience/memory-guard.ts';
import type { RateLimits } from './resilience/rate-limits.ts';
import type { UserLocks } from './resilience/user-locks.ts';
import { rollUp } from './statistics/roll-up.ts';
import { every } from './time/every.ts';
import { type Sweep, sweepOnce } from './time/sweep.ts';

export type ScheduledParts = {
  payments: PaymentsDeps;
  pipeline: Pick<
    Pipeline,
    | 'refreshLine'
    | 'watchProviders'
    | 'warnOfEndingModels'
    | 'watchBudget'
    | 'watchLine'
    | 'sendBroadcasts'
    | 'tellDigests'
    | 'deleteDue'
    | 'warmCaches'
  >;
  alerts: Pick<Alerts, 'tellDue' | 'sweepOld'>;
  reconcile: Reconcile;
  intake: Pick<Intake, 'sweepOld'>;
  userLocks: Pick<UserLocks, 'sweep'>;
  caches: Pick<Caches, 'sweep'>;
  memory: Pick<MemoryGuard, 'look'>;
  rateLimits: Pick<RateLimits, 'sweep' | 'adopt'>;
  history: Pick<History, 'sweep'>;
  batches: Pick<Batches, 'sweep'>;
  /** Null where no samples of the process are taken. */
  sample: Readonly<{ intervalMs: number; take: () => Promise<unknown> }> | null;
  /** Null where no analytics endpoint is set. */
  conversionUpload: ConversionUpload | null;
};

/** What is spent in between is spent: a call or two. */
const BUDGET_LOOK_MS = 15_000;
/** Memory can grow by a photo in a second, and a look costs microseconds. */
const MEMORY_LOOK_MS = 2_000;
/** What an owner sets holds in every process within seconds. */
const LIMITS_LOOK_MS = 3_000;
const LINE_LOOK_MS = 15_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What is needed to end and drop what is over. */
type SweptParts = Pick<
  ScheduledParts,
  | 'payments'
  | 'pipeline'
  | 'alerts'
  | 'intake'
  | 'userLocks'
  | 'rateLimits'
  | 'batches'
  | 'caches'
  | 'history'
> & {
  /** Null where prepared photos are in memory alone. */
  photoFolder: Pick<DiskCache, 'sweep'> | null;
};

/** Everything that ends or drops what is over: what the schedule runs every `CLEANUP_INTERVAL`, and /cleanup now. */
export function sweepsOf(
  {
    payments,
    pipeline,
    alerts,
    intake,
    userLocks,
    rateLimits,
    batches,
    caches,
    photoFolder,
    history,
  }: SweptParts,
  retention: Retention,
): readonly Sweep[] {
  const { db } = payments;
  /** What is from before then has been kept for its time; of pictures, also those whose owner has blocked the bot. */
  const sinceKept = (name: keyof Retention, now: Date) => new Date(now.getTime() - retention[name]);

  return [
    { name: 'samples', run: (now) => history.sweep(now) },
    { name: 'deletions', run: (now, signal) => pipeline.deleteDue(now, signal) },
    { name: 'drafts', run: (now) => expireDrafts(db, now) },
    { name: 'unclaimed photoshoots', run: (now) => endUnclaimed(payments, sinceKept('originals', now)) },
    ...SWEPT.map((name) => ({
      name: `old ${name}`,
      run: (now: Date) => SWEEPS[name](db, sinceKept(name, now)),
    })),
    { name: 'alerts', run: (now) => alerts.sweepOld(now) },
    { name: 'unpaid orders', run: (now) => expireOrders(db, now) },
    { name: 'updates', run: (now) => intake.sweepOld(now) },
    { name: 'dashboard sessions', run: (now) => sweepSessions(db, now) },
    { name: 'user locks', run: () => userLocks.sweep() },
    { name: 'rate limits', run: () => rateLimits.sweep() },
    { name: 'image batches', run: (now) => batches.sweep(now) },
    { name: 'caches', run: () => caches.sweep() },
    ...(photoFolder === null ? [] : [{ name: 'photos on disk', run: () => photoFolder.sweep() }]),
  ];
}

/**
 * Every timer of the process, in one list: how often, its name in the log, what is done. One that fails keeps no
 * other from running, and is tried again at its next time.
 * @param sweeps see `sweepsOf`; each has a timer of its own, so that none waits for another
 * @returns a stop that aborts what can be aborted and waits for the rest
 */
export function startSchedules(
  {
    payments,
    pipeline,
    alerts,
    reconcile,
    rateLimits,
    memory,
    sample,
    conversionUpload: upload,
  }: ScheduledParts,
  { cleanupIntervalMs, looks, counting }: Pick<AppConfig, 'cleanupIntervalMs' | 'looks' | 'counting'>,
  sweeps: readonly Sweep[],
): () => Promise<void> {
  const { db, log } = payments;

  const stops = [
    every(looks.lineMs, 'line', pipeline.refreshLine, log),
    every(looks.providersMs, 'providers', (signal) => pipeline.watchProviders(signal), log),
    every(12 * HOUR_MS, 'ending models', (signal) => pipeline.warnOfEndingModels(signal), log, 'at once'),
    every(MEMORY_LOOK_MS, 'memory', async () => memory.look(), log),
    every(BUDGET_LOOK_MS, 'budget', () => pipeline.watchBudget(new Date()), log, 'at once'),
    every(LINE_LOOK_MS, 'full line', () => pipeline.watchLine(), log),
    every(TURN_MS, 'broadcasts', pipeline.sendBroadcasts, log),
    every(looks.digestsMs, 'digests', () => pipeline.tellDigests(new Date()), log),
    every(
      LIMITS_LOOK_MS,
      'limits',
      async () => rateLimits.adopt(await readLimits(db, new Date())),
      log,
      'at once',
    ),
    every(looks.alertsMs, 'alerts', () => alerts.tellDue(), log),
    every(10 * MINUTE_MS, 'reconciliation', (signal) => reconcile(new Date(), signal), log, 'at once'),
    every(10 * MINUTE_MS, 'figures', () => rollUp(db, counting, new Date()), log, 'at once'),
    every(24 * HOUR_MS, 'warm caches', () => pipeline.warmCaches(new Date()), log, 'at once'),
    every(MINUTE_MS, 'unfinished payments', () => finishPayments(payments, new Date()), log, 'at once'),
    ...(upload === null
      ? []
      : [
          every(
            10 * MINUTE_MS,
            'conversions',
            (signal) => uploadConversions({ db, upload, log }, new Date(), signal),
            log,
          ),
        ]),
    ...(sample === null ? [] : [every(sample.intervalMs, 'sample', sample.take, log, 'at once')]),
    ...sweeps.map((sweep) =>
      every(cleanupIntervalMs, sweep.name, (signal) => sweepOnce(sweep, log, signal), log),
    ),
  ];

  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
