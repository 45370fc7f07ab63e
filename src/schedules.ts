import type { Alerts } from './alerts/alerts.ts';
import type { ConversionUpload } from './analytics/conversion-upload.ts';
import { expireOrders } from './billing/orders/expire-orders.ts';
import type { AppConfig } from './config.ts';
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
import type { RateLimits } from './resilience/rate-limits.ts';
import type { UserLocks } from './resilience/user-locks.ts';
import { rollUp } from './statistics/roll-up.ts';
import { every } from './time/every.ts';

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
  >;
  alerts: Pick<Alerts, 'tellDue' | 'sweepOld'>;
  reconcile: Reconcile;
  intake: Pick<Intake, 'sweepOld'>;
  userLocks: Pick<UserLocks, 'sweep'>;
  rateLimits: Pick<RateLimits, 'sweep' | 'adopt'>;
  history: Pick<History, 'sweep'>;
  /** Null where no samples of the process are taken. */
  sample: Readonly<{ intervalMs: number; take: () => Promise<unknown> }> | null;
  /** Null where no analytics endpoint is set. */
  conversionUpload: ConversionUpload | null;
};

/** What is spent in between is spent: a call or two. */
const BUDGET_LOOK_MS = 15_000;
/** What an owner sets holds in every process within seconds. */
const LIMITS_LOOK_MS = 3_000;
const LINE_LOOK_MS = 15_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Every timer of the process, in one list: how often, its name in the log, what is done. One that fails keeps no
 * other from running, and is tried again at its next time.
 * @returns a stop that aborts what can be aborted and waits for the rest
 */
export function startSchedules(
  {
    payments,
    pipeline,
    alerts,
    reconcile,
    intake,
    userLocks,
    rateLimits,
    history,
    sample,
    conversionUpload: upload,
  }: ScheduledParts,
  { cleanupIntervalMs, looks, counting }: Pick<AppConfig, 'cleanupIntervalMs' | 'looks' | 'counting'>,
  retention: Retention,
): () => Promise<void> {
  const { db, log } = payments;

  /** What is from before then has been kept for its time; of pictures, also those whose owner has blocked the bot. */
  const sinceKept = (name: keyof Retention, now: Date) => new Date(now.getTime() - retention[name]);

  /** What ends or drops what is over, and says how much that was. */
  const cleanUp = (name: string, sweep: (now: Date) => Promise<number> | number) =>
    every(
      cleanupIntervalMs,
      name,
      async () => {
        const removed = await sweep(new Date());
        if (removed > 0) log.debug({ task: name, removed }, 'cleaned up');
      },
      log,
    );

  const stops = [
    every(looks.lineMs, 'line', pipeline.refreshLine, log),
    every(looks.providersMs, 'providers', (signal) => pipeline.watchProviders(signal), log),
    every(12 * HOUR_MS, 'ending models', (signal) => pipeline.warnOfEndingModels(signal), log, 'at once'),
    every(BUDGET_LOOK_MS, 'budget', () => pipeline.watchBudget(new Date()), log, 'at once'),
    every(LINE_LOOK_MS, 'full line', () => pipeline.watchLine(), log),
    every(TURN_MS, 'broadcasts', pipeline.sendBroadcasts, log),
    every(MINUTE_MS, 'digests', () => pipeline.tellDigests(new Date()), log),
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
    cleanUp('samples', (now) => history.sweep(now)),
    every(cleanupIntervalMs, 'deletions', (signal) => pipeline.deleteDue(new Date(), signal), log),
    cleanUp('drafts', (now) => expireDrafts(db, now)),
    cleanUp('unclaimed photoshoots', (now) => endUnclaimed(payments, sinceKept('originals', now))),
    ...SWEPT.map((name) => cleanUp(`old ${name}`, (now) => SWEEPS[name](db, sinceKept(name, now)))),
    cleanUp('alerts', (now) => alerts.sweepOld(now)),
    cleanUp('unpaid orders', (now) => expireOrders(db, now)),
    cleanUp('updates', (now) => intake.sweepOld(now)),
    cleanUp('dashboard sessions', (now) => sweepSessions(db, now)),
    cleanUp('user locks', () => userLocks.sweep()),
    cleanUp('rate limits', () => rateLimits.sweep()),
  ];

  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
