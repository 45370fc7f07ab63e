import { createRateLimits, type LimitSettings, type RateLimits } from '../../src/resilience/rate-limits.ts';

/** Limits that nobody reaches. */
export const WIDE: LimitSettings = {
  messages: { most: 1000, windowMs: 60_000 },
  photoshoots: { most: 1000, windowMs: 3_600_000 },
  recognitions: { most: 1000, windowMs: 86_400_000 },
  requests: { most: 1000, windowMs: 60_000 },
};

/** So many requests a minute from one address, counted in memory. */
export function requestLimit(most: number): RateLimits {
  return createRateLimits({ ...WIDE, requests: { most, windowMs: 60_000 } });
}
