import type { Update } from '@grammyjs/types';
import { Refusal } from './refusal.ts';
import type { Updates } from './updates.ts';

const OTHER_POLLER =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

export type Polling = ReturnType<typeof createPolling>;

/** Long polling: one request waits at a time, and a new one ends the one before it. */
export function createPolling(updates: Updates) {
  let waiting: { refuse: (refusal: Refusal) => void } | undefined;

  function interrupt(description: string): void {
    waiting?.refuse(new Refusal(409, description));
  }

  return {
    interrupt,

    /**
     * Updates from `offset` on, at once or as soon as one comes; none after `timeoutMs`, or when `signal` says
     * that the asker is gone.
     */
    async poll(ask: {
      offset: number;
      limit: number;
      timeoutMs: number;
      signal: AbortSignal;
    }): Promise<Update[]> {
      interrupt(OTHER_POLLER);
      const ready = updates.take(ask.offset, ask.limit);
      if (ready.length > 0 || ask.timeoutMs === 0) return ready;

      const wait = Promise.withResolvers<void>();
      const me = { refuse: wait.reject };
      waiting = me;
      const stopListening = updates.onPush(() => wait.resolve());
      const timer = setTimeout(wait.resolve, ask.timeoutMs);
      const leave = () => wait.resolve();
      ask.signal.addEventListener('abort', leave);
      try {
        await wait.promise;
      } finally {
        clearTimeout(timer);
        stopListening();
        ask.signal.removeEventListener('abort', leave);
        if (waiting === me) waiting = undefined;
      }
      return ask.signal.aborted ? [] : updates.take(ask.offset, ask.limit);
    },
  };
}
