/** The work was still going on when its time was over. */
export class OverdueError extends Error {
  override readonly name = 'OverdueError';

  constructor(limitMs: number) {
    super(`not finished after ${limitMs} ms`);
  }
}

/**
 * Runs `work` with a signal that aborts when its time is over, or with `parent`, and waits until the work has
 * ended: it must reject soon after its signal aborts. `startAnew` gives it the whole time again, for work that
 * shows from time to time that it is alive.
 *
 * Not by AbortSignal.timeout: that cannot be put off or called off, so the timers of thousands of quick calls
 * a second would live on until their limit, and tests could not move its clock. Timer and listener are gone
 * when the work has ended.
 * @param limits.limitMs milliseconds, or null for no limit of its own
 * @param limits.reason what the signal aborts with; unless given, OverdueError or the parent's reason
 */
export async function withTimeLimit<T>(
  limits: Readonly<{ limitMs: number | null; parent: AbortSignal | null; reason?: () => unknown }>,
  work: (signal: AbortSignal, startAnew: () => void) => Promise<T>,
): Promise<T> {
  const { limitMs, parent, reason } = limits;
  const controller = new AbortController();
  const end = (usual: () => unknown) => controller.abort((reason ?? usual)());
  const follow = () => end(() => parent?.reason);
  if (parent?.aborted) follow();
  parent?.addEventListener('abort', follow, { once: true });
  const timer =
    limitMs === null ? undefined : setTimeout(() => end(() => new OverdueError(limitMs)), limitMs);
  let over = false;
  const startAnew = () => {
    // refresh() would bring a cleared timer back to life.
    if (!over) timer?.refresh();
  };
  try {
    return await work(controller.signal, startAnew);
  } finally {
    over = true;
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  }
}

/**
 * Runs `work` with a signal that aborts after `limitMs`, or with `parent` where there is one. Then the caller
 * is free at once, whether or not the work obeys: what it does afterwards, a late failure too, is nobody's
 * any more. Not by `withTimeLimit` and a race: every update has two of these, and its listeners were most of their cost.
 * @throws what the work throws, OverdueError, or the parent's reason, with which it does not even begin
 */
export async function withDeadline<T>(
  limitMs: number,
  parent: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  parent?.throwIfAborted();
  const controller = new AbortController();
  const result = Promise.withResolvers<T>();
  // The caller hears of it before the work does, so that the work's answer to the abort does not come first.
  const end = (reason: unknown) => {
    result.reject(reason);
    controller.abort(reason);
  };
  const follow = () => end(parent?.reason);
  parent?.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(() => end(new OverdueError(limitMs)), limitMs);
  try {
    work(controller.signal).then(result.resolve, result.reject);
    return await result.promise;
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  }
}

/** Waits until the promise settles, either way, but no longer than `limitMs`. Never rejects. */
export async function waitAtMost(limitMs: number, promise: Promise<unknown>): Promise<void> {
  await withDeadline(limitMs, null, () => promise).catch(() => {});
}
