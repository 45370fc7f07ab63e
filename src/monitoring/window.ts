import { addDuration, averageMs, type Durations, noDurations, quantileMs, together } from './durations.ts';

const SLICE_MS = 10_000;
const SLICES = 30;
/** The milliseconds that a window looks back. */
export const WINDOW_MS = SLICE_MS * SLICES;

/** Durations in milliseconds; null where nothing happened. */
export type Lately = Readonly<{
  count: number;
  errors: number;
  perSecond: number;
  averageMs: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  /** Per cent. */
  errorRate: number | null;
}>;

/**
 * How things went in the last five minutes: counted in slices of time, so that what is old falls out without being
 * kept one by one.
 * @param now in milliseconds, never back
 */
export function createWindow(now: () => number) {
  const startedAt = now();
  const slices = new Map<number, Durations>();
  const sliceNow = () => Math.floor(now() / SLICE_MS);

  function current(): Durations {
    const number = sliceNow();
    const known = slices.get(number);
    if (known !== undefined) return known;
    const slice = noDurations();
    slices.set(number, slice);
    for (const old of slices.keys()) if (old <= number - SLICES) slices.delete(old);
    return slice;
  }

  return {
    add: (ms: number, failed: boolean): void => addDuration(current(), ms, failed),

    lately(): Lately {
      const oldest = sliceNow() - SLICES + 1;
      const all = together([...slices].flatMap(([number, slice]) => (number >= oldest ? [slice] : [])));
      // A process that has just begun is not measured by minutes that it has not seen.
      const seconds = Math.max(1, Math.min(now() - startedAt, WINDOW_MS) / 1000);
      return {
        count: all.count,
        errors: all.failed,
        perSecond: all.count / seconds,
        averageMs: averageMs(all),
        p50Ms: quantileMs(all, 0.5),
        p95Ms: quantileMs(all, 0.95),
        errorRate: all.count === 0 ? null : (all.failed / all.count) * 100,
      };
    },
  };
}
