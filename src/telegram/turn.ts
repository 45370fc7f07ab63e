/** Waiting for a turn: what it ends with, and how a signal or the close of the gateway cuts it short. */
import { pause } from '../time/pause.ts';

/** `paused`: Telegram has told us to wait for longer than the caller would. `closed`: the gateway was closed. */
export type Turn = { kind: 'go' } | { kind: 'paused'; forMs: number } | { kind: 'closed' };

export const GO: Turn = { kind: 'go' };
export const CLOSED: Turn = { kind: 'closed' };

/** A promise of a turn that its signal can reject; `forget` takes what waited out of its line. */
export function promiseTurn(signal: AbortSignal | undefined, forget: () => void) {
  const { promise, resolve, reject } = Promise.withResolvers<Turn>();
  const abort = () => {
    forget();
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  const settle = (turn: Turn) => {
    signal?.removeEventListener('abort', abort);
    resolve(turn);
  };
  return { promise, settle };
}

/** Pauses of a given length that all end when they are closed. */
export function createRests() {
  const closing = new AbortController();

  return {
    /** Resolves after `ms`, or with `closed`; rejects with the signal's reason. */
    async rest(ms: number, signal: AbortSignal | undefined): Promise<Turn> {
      const cut = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
      if (await pause(Math.ceil(ms), cut)) return GO;
      signal?.throwIfAborted();
      return CLOSED;
    },

    close: () => closing.abort(),
  };
}
