import type { Attempt } from './provider-call.ts';

/**
 * Runs `work` with a signal that aborts after `limitMs` milliseconds without a heartbeat, or with `parent`
 * and its reason. cockatiel's timeout cannot be put off while it runs, so streams are watched by this one.
 * `work` must reject soon after its signal aborts. Timer and listener are gone when it has ended.
 */
export async function withSilenceLimit<T>(
  limitMs: number,
  parent: AbortSignal,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  parent.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(() => controller.abort(), limitMs);
  let over = false;
  const heartbeat = () => {
    // refresh() would bring a cleared timer back to life.
    if (!over) timer.refresh();
  };
  try {
    return await work({ signal: controller.signal, heartbeat });
  } finally {
    over = true;
    clearTimeout(timer);
    parent.removeEventListener('abort', follow);
  }
}
