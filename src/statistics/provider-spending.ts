import { and, gte, inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { ATTEMPT_PURPOSES, providerAttempts } from '../database/schema/index.ts';

/**
 * What the providers' calls since then have cost, in millionths of a dollar, as far as prices are known. What failed
 * cost nothing. Purpose and state are named so that `idx_provider_attempts_recent` serves it.
 */
export async function readProviderSpending(db: Database, since: Date): Promise<number> {
  const [row] = await db
    .select({ microUsd: sql`coalesce(sum(${providerAttempts.costMicroUsd}), 0)::float8`.mapWith(Number) })
    .from(providerAttempts)
    .where(
      and(
        inArray(providerAttempts.purpose, [...ATTEMPT_PURPOSES]),
        inArray(providerAttempts.state, ['succeeded', 'unknown']),
        gte(providerAttempts.startedAt, since),
      ),
    );
  return row?.microUsd ?? 0;
}
