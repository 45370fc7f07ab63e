import type { Update } from '@grammyjs/types';
import { isObject } from './parameters.ts';
import type { QueuedUpdate, State } from './state.ts';

const HOUR_MS = 3_600_000;
/** How long an update waits for the bot: a day, or 150 s when a person is waiting for its answer. */
const LIFETIME_MS = 24 * HOUR_MS;
const QUERY_LIFETIME_MS = 150_000;
const QUERIES = ['callback_query', 'pre_checkout_query', 'shipping_query'];
/** These come only to a bot that asks for them by name. */
const ONLY_BY_NAME = ['chat_member', 'message_reaction', 'message_reaction_count'];

/** An update without its id, which the queue gives. */
export type NewUpdate = Omit<Update, 'update_id'>;
export type Updates = ReturnType<typeof createUpdates>;

/** The bot's queue of updates: each stays until it is confirmed or expires. */
export function createUpdates(state: State, changed: () => void) {
  const listeners = new Set<(queued: QueuedUpdate) => void>();

  function enqueue(queued: QueuedUpdate): void {
    state.updates.push(queued);
    changed();
    for (const listener of [...listeners]) listener(queued);
  }

  function keep(wanted: (queued: QueuedUpdate) => boolean): void {
    const before = state.updates.length;
    state.updates = state.updates.filter(wanted);
    if (state.updates.length !== before) changed();
  }

  return {
    push(update: NewUpdate): void {
      const kind = kindOf(update);
      const wanted = state.allowedUpdates?.includes(kind) ?? !ONLY_BY_NAME.includes(kind);
      if (!wanted) return;
      enqueue({
        update: { ...update, update_id: state.nextUpdateId++ },
        lane: laneOf(update),
        expiresAt: Date.now() + (QUERIES.includes(kind) ? QUERY_LIFETIME_MS : LIFETIME_MS),
      });
    },

    /**
     * Puts in any update, odd ones too, past `allowed_updates`. With an `update_id` it keeps it, so the same one
     * can be put in twice; without, it gets the next.
     */
    inject(raw: Readonly<Record<string, unknown>>): void {
      const id = typeof raw.update_id === 'number' ? raw.update_id : state.nextUpdateId;
      state.nextUpdateId = Math.max(state.nextUpdateId, id + 1);
      enqueue({
        // Whoever injects may want what no Update is.
        update: { ...raw, update_id: id } as Update,
        lane: laneOf(raw),
        expiresAt: Date.now() + LIFETIME_MS,
        injected: true,
      });
    },

    /** The oldest updates from `offset` on, which confirms all before it; a negative one counts from the end. */
    take(offset: number, limit: number): Update[] {
      const now = Date.now();
      const from = offset < 0 ? (state.updates.at(offset)?.update.update_id ?? 0) : offset;
      keep((queued) => queued.expiresAt > now && (queued.injected || queued.update.update_id >= from));
      const taken = state.updates.slice(0, limit);
      for (const queued of taken) delete queued.injected;
      return taken.map((queued) => queued.update);
    },

    remove(gone: QueuedUpdate): void {
      keep((queued) => queued !== gone);
    },
    drop(): void {
      keep(() => false);
    },
    waiting: (): readonly QueuedUpdate[] => state.updates,
    setAllowed(kinds: string[] | undefined): void {
      if (kinds === undefined) return;
      state.allowedUpdates = kinds.length === 0 ? null : kinds;
      changed();
    },
    onPush(listener: (queued: QueuedUpdate) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function kindOf(update: object): string {
  return Object.keys(update).find((key) => key !== 'update_id') ?? '';
}

/** Telegram's queues: a chat's messages are one, a person's taps another, a person's pre-checkouts a third. */
function laneOf(update: object): string {
  const kind = kindOf(update);
  const content: unknown = Object.entries(update).find(([key]) => key === kind)?.[1];
  if (!isObject(content)) return kind;
  const owner = QUERIES.includes(kind) ? content.from : (content.chat ?? content.from);
  return `${QUERIES.includes(kind) ? kind : 'chat'}:${isObject(owner) ? owner.id : ''}`;
}
