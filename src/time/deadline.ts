/** The work was still going on when its time was over. */
export class OverdueError extends Error {
  override readonly name = 'OverdueError';

  constructor(limitMs: number) {
    super(`not finished after ${limitMs} ms`);
  }
}

/**
 * Runs `work` with a signal that aborts after `limitMs`, or with `parent` where there is one. Then the caller is free at once,
 * whether or not the work obeys: what it does afterwards, a late failure too, is nobody's any more.
 * @throws what the work throws, OverdueError, or the parent's reason
 */
export async function withDeadline<T>(
  limitMs: number,
  parent: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  parent?.throwIfAborted();
  const controller = new AbortController();
  const cut = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    cut.reject(reason);
    controller.abort(reason);
  };
  const follow = () => end(parent?.reason);
  const timer = setTimeout(() => end(new OverdueError(limitMs)), limitMs);
  parent?.addEventListener('abort', follow, { once: true });
  try {
    // The race listens to both, so the loser's rejection is never an unhandled one.
    return await Promise.race([work(controller.signal), cut.promise]);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  }
}

/** Waits until the promise settles, either way, but no longer than `limitMs`. */
export async function waitAtMost(limitMs: number, promise: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, limitMs);
  await Promise.race([promise.catch(() => {}), limit.promise]);
  clearTimeout(timer);
}
