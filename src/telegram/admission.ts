/** Waiting for admission: what it ends with, and how a signal or the close of the gateway cuts it short. */
import { pause } from '../time/pause.ts';

/** `paused`: Telegram has told us to wait for longer than the caller would. `closed`: the gateway was closed. */
export type Admission = { kind: 'go' } | { kind: 'paused'; forMs: number } | { kind: 'closed' };

export const GO: Admission = { kind: 'go' };
export const CLOSED: Admission = { kind: 'closed' };

/** A promise of an admission that its signal can reject; `forget` takes what waited out of its line. */
export function promiseAdmission(signal: AbortSignal | undefined, forget: () => void) {
  const { promise, resolve, reject } = Promise.withResolvers<Admission>();
  const abort = () => {
    forget();
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  const settle = (admission: Admission) => {
    signal?.removeEventListener('abort', abort);
    resolve(admission);
  };
  return { promise, settle };
}

/** Pauses of a given length that all end when they are closed. */
export function createRests() {
  const closing = new AbortController();

  return {
    /** Resolves after `ms`, or with `closed`; rejects with the signal's reason. */
    async rest(ms: number, signal: AbortSignal | undefined): Promise<Admission> {
      const cut = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
      if (await pause(Math.ceil(ms), cut)) return GO;
      signal?.throwIfAborted();
      return CLOSED;
    },

    close: () => closing.abort(),
  };
}
