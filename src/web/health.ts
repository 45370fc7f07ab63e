/** What `/health` answers: each neighbour with its state, without anything that a stranger must not know. */
import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';

export type ServiceHealth = { status: 'ok' | 'failing'; note?: string };
export type HealthReport = { status: 'ok' | 'failing'; services: Record<string, ServiceHealth> };

/** A database that answers later than this is as good as away. */
const DATABASE_LIMIT_MS = 3_000;

/** Runs every check side by side; one that throws or takes too long is failing. */
export async function checkHealth(
  checks: Readonly<Record<string, () => Promise<ServiceHealth> | ServiceHealth>>,
): Promise<HealthReport> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, ServiceHealth]> => {
      try {
        return [name, await check()];
      } catch {
        return [name, { status: 'failing' }];
      }
    }),
  );
  const failing = entries.some(([, health]) => health.status === 'failing');
  return { status: failing ? 'failing' : 'ok', services: Object.fromEntries(entries) };
}

/** @throws when the database gives no answer in time */
export async function checkDatabase(db: Database): Promise<ServiceHealth> {
  const late = AbortSignal.timeout(DATABASE_LIMIT_MS);
  const tooLate = new Promise<never>((_resolve, reject) => {
    late.addEventListener('abort', () => reject(late.reason), { once: true });
  });
  await Promise.race([db.execute(sql`select 1`), tooLate]);
  return { status: 'ok' };
}
