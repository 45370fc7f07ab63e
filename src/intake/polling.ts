import type { Opts, Update } from '@grammyjs/types';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { retryAfterMs, TelegramRefused } from '../telegram/errors.ts';
import { backOffMs } from '../time/back-off.ts';
import { withDeadline } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { IntakeSettings } from './settings.ts';
import { ALLOWED_UPDATES, readUpdate } from './update.ts';

export type GetUpdatesParams = NonNullable<Opts<never>['getUpdates']>;

/** The calls that polling makes; they throw as the gateway does. */
export type PollingCalls = Readonly<{
  getUpdates: (params: GetUpdatesParams, signal: AbortSignal) => Promise<readonly Update[]>;
  /** Removes a webhook that is set, and keeps the updates that wait behind it. */
  deleteWebhook: (signal: AbortSignal) => Promise<unknown>;
}>;

/** The most that Telegram holds a poll open, and the most updates it gives, whatever is asked for. */
const LONGEST_POLL_SECONDS = 50;
const LARGEST_BATCH = 100;
/** What a poll may take on top of the time it is held open, before it counts as hung. */
const POLL_GRACE_MS = 20_000;
const MIN_REFUSED_TOKEN_WAIT_MS = 15_000;
/** Polls that failed one after the other, until they count as failing; a single one is nothing unusual. */
const FAILING_POLLS = 5;
/** Handlers end in milliseconds. */
const NO_ROOM_WAIT_MS = 20;

/**
 * Our own getUpdates loop. An update is confirmed, by the offset of the next poll, only once it has been
 * stored. No fault ends the loop: it backs off, says so, and goes on until its signal aborts.
 * @param options.store resolves when the updates are committed
 * @param options.room how many more updates may be held
 */
export function createPolling({
  calls,
  store,
  room,
  log,
  settings,
  pollSeconds = LONGEST_POLL_SECONDS,
}: Readonly<{
  calls: PollingCalls;
  store: (updates: readonly Update[]) => Promise<void>;
  room: () => number;
  log: Log;
  settings: IntakeSettings;
  pollSeconds?: number;
}>) {
  const worthATrip = Math.ceil(Math.min(settings.capacity, LARGEST_BATCH) / 10);
  let offset: number | undefined;
  let webhookRemoved = false;
  let consecutiveFailures = 0;

  async function poll(signal: AbortSignal): Promise<void> {
    if (!webhookRemoved) {
      await calls.deleteWebhook(signal);
      webhookRemoved = true;
    }
    const limit = Math.min(room(), LARGEST_BATCH);
    // Telegram keeps what there is no room for; a few places are not worth a trip.
    if (limit < worthATrip) return void (await pause(NO_ROOM_WAIT_MS, signal));
    const params: GetUpdatesParams = {
      ...(offset === undefined ? {} : { offset }),
      limit,
      timeout: pollSeconds,
      allowed_updates: ALLOWED_UPDATES,
    };
    const answer: unknown = await withDeadline(pollSeconds * 1000 + POLL_GRACE_MS, signal, (cut) =>
      calls.getUpdates(params, cut),
    );
    const updates = readBatch(answer, log);
    if (updates.length > 0) await store(updates);
    // Not the highest id so far: after a quiet week Telegram begins again at a random one.
    const ids = updates.map((update) => update.update_id);
    if (ids.length > 0) offset = Math.max(...ids) + 1;
  }

  /** What went wrong, said once a failure, and the wait before the next poll. */
  function judge(error: unknown): number {
    const wait = backOffMs(consecutiveFailures, settings);
    const code = error instanceof TelegramRefused ? error.code : null;
    const details = { err: error, consecutiveFailures };
    switch (code) {
      case 401:
      case 404:
        log.fatal(details, 'Telegram does not know this bot: was its token revoked? Set the new BOT_TOKEN');
        return Math.max(wait, Math.min(MIN_REFUSED_TOKEN_WAIT_MS, settings.longestBackOffMs));
      case 409:
        // It is either another poller or a webhook that was set after our start; only the latter can be helped.
        webhookRemoved = false;
        log.error(details, 'another process takes the updates of this bot: stop it, only one may poll');
        return wait;
      case 429:
        log.warn(details, 'Telegram asks to poll later');
        return Math.max(wait, retryAfterMs(error) ?? 0);
      default:
        log.warn(details, 'no updates could be fetched and stored');
        return wait;
    }
  }

  return {
    /** Polls until the signal aborts; never rejects. */
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        try {
          await poll(signal);
          if (consecutiveFailures > 0) log.info({ consecutiveFailures }, 'updates come again');
          consecutiveFailures = 0;
        } catch (error) {
          if (signal.aborted) return;
          consecutiveFailures += 1;
          await pause(judge(error), signal);
        }
      }
    },
    health: (): PartHealth =>
      consecutiveFailures < FAILING_POLLS
        ? { status: 'ok' }
        : { status: 'unhealthy', note: `${consecutiveFailures} polls failed in a row` },
  };
}

/**
 * The updates of an answer. Entries that are none are left out: they could never be stored, and the offset
 * passes them with the next good one.
 * @throws Error when nothing in the answer is an update, so that the loop does not spin
 */
function readBatch(answer: unknown, log: Log): readonly Update[] {
  if (!Array.isArray(answer)) throw new Error('getUpdates answered no list');
  const updates = answer.map(readUpdate).filter((update) => update !== null);
  if (updates.length === answer.length) return updates;
  if (updates.length === 0) throw new Error('getUpdates answered a list without a single update');
  log.error({ count: answer.length - updates.length }, 'getUpdates answered entries that are no updates');
  return updates;
}
