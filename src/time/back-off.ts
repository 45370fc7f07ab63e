/** The wait after the first failure, in milliseconds; each further one doubles it, up to the longest. */
export type BackOff = Readonly<{ firstBackOffMs: number; longestBackOffMs: number }>;

/**
 * Milliseconds to wait after `failures` (1 or more) in a row. Half of it is chance, so that what failed
 * together does not come back together (“equal jitter” of the AWS Architecture Blog, “Exponential Backoff And
 * Jitter”, 2015).
 */
export function backOffMs(failures: number, { firstBackOffMs, longestBackOffMs }: BackOff): number {
  const full = Math.min(firstBackOffMs * 2 ** (failures - 1), longestBackOffMs);
  return (full * (1 + Math.random())) / 2;
}
