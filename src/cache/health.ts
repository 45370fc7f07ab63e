import type { PartHealth } from '../health.ts';
import type { SharedTier } from './shared-tier.ts';

/** Without Redis, or while it is away, memory serves. @param shared null where no Redis is configured */
export function cacheHealth(shared: Pick<SharedTier, 'statistics'> | null): PartHealth {
  return shared?.statistics().away ? { status: 'degraded', note: 'Redis is away' } : { status: 'ok' };
}
