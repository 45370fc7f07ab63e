/** Durations in bounded memory: counted in classes, each a quarter longer than the last, from 0.1 ms to a day. */
const CLASSES = Array.from({ length: 93 }, (_, index) => 0.1 * 1.25 ** index);

/** In milliseconds. */
export type Durations = { count: number; failed: number; sumMs: number; maxMs: number; classes: Uint32Array };

export function noDurations(): Durations {
  return { count: 0, failed: 0, sumMs: 0, maxMs: 0, classes: new Uint32Array(CLASSES.length) };
}

export function addDuration(durations: Durations, ms: number, failed: boolean): void {
  durations.count += 1;
  if (failed) durations.failed += 1;
  durations.sumMs += ms;
  durations.maxMs = Math.max(durations.maxMs, ms);
  const at = ms <= 0.1 ? 0 : Math.min(CLASSES.length - 1, Math.ceil(Math.log(ms / 0.1) / Math.log(1.25)));
  durations.classes[at] = (durations.classes[at] ?? 0) + 1;
}

/** All of them together. */
export function together(parts: readonly Durations[]): Durations {
  const all = noDurations();
  for (const part of parts) {
    all.count += part.count;
    all.failed += part.failed;
    all.sumMs += part.sumMs;
    all.maxMs = Math.max(all.maxMs, part.maxMs);
    for (const [at, inClass] of part.classes.entries()) all.classes[at] = (all.classes[at] ?? 0) + inClass;
  }
  return all;
}

/** The upper end of the class in which the quantile falls, so at most a quarter too long; null where there is none. */
export function quantileMs({ count, maxMs, classes }: Durations, share: number): number | null {
  if (count === 0) return null;
  let left = count * share;
  const at = classes.findIndex((inClass) => {
    left -= inClass;
    return left <= 0;
  });
  return Math.min(maxMs, CLASSES[at] ?? maxMs);
}

export function averageMs({ count, sumMs }: Durations): number | null {
  return count === 0 ? null : sumMs / count;
}
