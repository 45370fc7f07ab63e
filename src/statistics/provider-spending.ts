import { and, gte, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { ATTEMPT_PURPOSES, providerAttempts } from '../database/schema/index.ts';
import { dayAt } from './period.ts';
import { startOf } from './roll-up.ts';

/**
 * What the providers' calls of the day in this time zone have cost so far, in millionths of a dollar, as far as prices
 * are known. What failed cost nothing. Purpose and state are named so that `idx_provider_attempts_recent` serves it.
 */
export async function readProviderSpending(db: Database, timeZone: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ microUsd: sql`coalesce(sum(${providerAttempts.costMicroUsd}), 0)::float8`.mapWith(Number) })
    .from(providerAttempts)
    .where(
      and(
        isOneOf(providerAttempts.purpose, ATTEMPT_PURPOSES),
        isOneOf(providerAttempts.state, ['succeeded', 'unknown']),
        gte(providerAttempts.startedAt, startOf(dayAt(now, timeZone), timeZone)),
      ),
    );
  return row?.microUsd ?? 0;
}
