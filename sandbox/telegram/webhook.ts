import type { WebhookInfo } from '@grammyjs/types';
import type { Log } from '../log.ts';
import { nowInSeconds } from './chats.ts';
import { isObject, type JsonObject } from './parameters.ts';
import { pause } from './pause.ts';
import type { QueuedUpdate, State, Webhook } from './state.ts';
import type { Updates } from './updates.ts';

/** What the real server allows an answer to take, and how long it waits between tries at the most. */
const ANSWER_LIMIT_MS = 60_000;
const MAX_RETRY_MS = 60_000;
const MAX_RETRY_AFTER_S = 3600;

export type WebhookDelivery = ReturnType<typeof createWebhookDelivery>;
type Lane = { queue: QueuedUpdate[]; busy: boolean; retryMs: number };
/** One webhook from when it is set to when it is replaced; `free` counts the connections left. */
type Run = { webhook: Webhook; stop: AbortController; lanes: Map<string, Lane>; free: number };

/**
 * Brings updates to the bot's webhook: in order within a lane, lanes side by side, up to `maxConnections` at
 * once; an update that is not answered with 2xx is brought again, later each time, until it expires.
 * `answeredWith` gets the method call that the bot may have put into its answer.
 */
export function createWebhookDelivery(deps: {
  state: State;
  updates: Updates;
  log: Log;
  firstRetryMs: number;
  changed: () => void;
  answeredWith: (call: JsonObject) => void;
}) {
  const { state, updates, log } = deps;
  let run: Run | undefined;
  const stopListening = updates.onPush(enqueue);

  function start(): void {
    if (!state.webhook) return;
    run = {
      webhook: state.webhook,
      stop: new AbortController(),
      lanes: new Map(),
      free: state.webhook.maxConnections,
    };
    for (const queued of updates.waiting()) enqueue(queued);
  }

  function stop(): void {
    run?.stop.abort();
    run = undefined;
  }

  function enqueue(queued: QueuedUpdate): void {
    if (!run) return;
    const lane = run.lanes.get(queued.lane);
    if (lane) lane.queue.push(queued);
    else {
      run.lanes.set(queued.lane, { queue: [queued], busy: false, retryMs: deps.firstRetryMs });
    }
    pump(run);
  }

  /** Brings the first update of every lane that stands still, while there are connections to spare. */
  function pump(current: Run): void {
    for (const [name, lane] of current.lanes) {
      if (current.free === 0 || current.stop.signal.aborted) return;
      if (!lane.busy) void visit(current, name, lane);
    }
  }

  /** One try of a lane's first update. A lane that must wait for its next try holds no connection meanwhile. */
  async function visit(current: Run, name: string, lane: Lane): Promise<void> {
    const [queued] = lane.queue;
    if (!queued) return;
    lane.busy = true;
    current.free -= 1;
    const outcome = await (queued.expiresAt <= Date.now() ? 'gone' : bring(current, queued));
    current.free += 1;
    if (outcome === 'gone') {
      lane.queue.shift();
      updates.remove(queued);
      lane.retryMs = deps.firstRetryMs;
    } else {
      pump(current);
      await pause(outcome.retryAfterMs ?? lane.retryMs, current.stop.signal);
      lane.retryMs = Math.min(lane.retryMs * 2, MAX_RETRY_MS);
    }
    lane.busy = false;
    // To the end of the line, so that a busy chat leaves connections to the others.
    current.lanes.delete(name);
    if (lane.queue.length > 0) current.lanes.set(name, lane);
    pump(current);
  }

  /** `gone` when the bot has taken the update; otherwise when to come back, if the bot said so. */
  async function bring(current: Run, queued: QueuedUpdate): Promise<'gone' | { retryAfterMs?: number }> {
    const { url, secretToken } = current.webhook;
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(secretToken === undefined ? {} : { 'x-telegram-bot-api-secret-token': secretToken }),
        },
        body: JSON.stringify(queued.update),
        signal: AbortSignal.any([current.stop.signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
      });
      const body = await response.text();
      if (response.ok) {
        executeAnswer(body);
        return 'gone';
      }
      noteError(current, `Wrong response from the webhook: ${response.status} ${response.statusText}`);
      const seconds = Number(response.headers.get('retry-after'));
      const asked = response.status === 429 && seconds > 0;
      return asked ? { retryAfterMs: Math.min(seconds, MAX_RETRY_AFTER_S) * 1000 } : {};
    } catch (error) {
      if (!current.stop.signal.aborted) noteError(current, `Connection failed: ${wordFor(error)}`);
      return {};
    }
  }

  function noteError(current: Run, message: string): void {
    current.webhook.lastError = { date: nowInSeconds(), message };
    deps.changed();
    log.debug({ problem: message }, 'sandbox: the webhook did not take an update');
  }

  /** A bot may answer an update with one call; its result is never seen. */
  function executeAnswer(body: string): void {
    try {
      const call: unknown = JSON.parse(body);
      if (isObject(call) && typeof call.method === 'string') deps.answeredWith(call);
    } catch {
      // Any other body of a 2xx means nothing to Telegram.
    }
  }

  return {
    start,
    set(webhook: Webhook): void {
      stop();
      state.webhook = webhook;
      deps.changed();
      start();
    },
    delete(): void {
      stop();
      state.webhook = null;
      deps.changed();
    },
    info(): WebhookInfo {
      const webhook = state.webhook;
      return {
        url: webhook?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: updates.waiting().length,
        ...(webhook ? { max_connections: webhook.maxConnections } : {}),
        ...(webhook?.lastError
          ? { last_error_date: webhook.lastError.date, last_error_message: webhook.lastError.message }
          : {}),
        // The specification's enumeration is narrower than the list a bot may have sent.
        ...(state.allowedUpdates
          ? { allowed_updates: state.allowedUpdates as NonNullable<WebhookInfo['allowed_updates']> }
          : {}),
      };
    },
    close(): void {
      stop();
      stopListening();
    },
  };
}

/** The fault's code: fetch's own message may hold the address, and with it a password. */
function wordFor(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
