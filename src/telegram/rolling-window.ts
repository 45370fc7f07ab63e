/**
 * At most `limit` events in any stretch of `spanMs`, wherever the stretch begins. It remembers the last
 * `limit` events in a ring, so a burst is free and the bound is exact.
 */
export function createRollingWindow(limit: number, spanMs: number) {
  /** Times of the last `limit` events in milliseconds; `oldest` points at the one that is forgotten next. */
  const times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;

  return {
    /** When `weight` events may happen together. More than the limit can never be, so they count as the limit. */
    freeAt(weight: number): number {
      const last = (oldest + Math.min(weight, limit) - 1) % limit;
      return (times[last] ?? Number.NEGATIVE_INFINITY) + spanMs;
    },

    /** Notes that `weight` events happened now. */
    take(weight: number, now: number): void {
      for (let taken = 0; taken < Math.min(weight, limit); taken++) {
        times[oldest] = now;
        oldest = (oldest + 1) % limit;
      }
    },
  };
}
