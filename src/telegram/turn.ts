/** Waiting for a turn: what it ends with, and how a signal or the close of the gateway cuts it short. */

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
  const resting = new Set<(turn: Turn) => void>();
  let closed = false;

  return {
    /** Resolves after `ms`; rejects with the signal's reason, which must not be aborted yet. */
    rest(ms: number, signal: AbortSignal | undefined): Promise<Turn> {
      if (closed) return Promise.resolve(CLOSED);
      const forget = () => {
        clearTimeout(timer);
        resting.delete(wake);
      };
      const { promise, settle } = promiseTurn(signal, forget);
      const wake = (turn: Turn) => {
        forget();
        settle(turn);
      };
      const timer = setTimeout(wake, Math.ceil(ms), GO);
      resting.add(wake);
      return promise;
    },

    close(): void {
      closed = true;
      for (const wake of resting) wake(CLOSED);
    },
  };
}
