import type { AppConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/client.ts';
import { users } from '../../src/database/schema/index.ts';
import { StartRefused } from '../../src/errors.ts';
import { rollUp } from '../../src/statistics/roll-up.ts';
import { type History, TABLE_NAMES } from './history.ts';
import { inventHistory } from './invent.ts';
import { readLastIds, writeHistory } from './write-history.ts';

export type Wish = { people: number; days: number; seed: number; force: boolean };

/**
 * Fills a database with a history that ends now, and rolls its figures up.
 * @returns how many rows of each kind were written
 * @throws StartRefused for a database that has people, unless forced
 */
export async function seed(
  db: Database,
  { force, ...wish }: Wish,
  { credits, selling, counting, adminIds }: Pick<AppConfig, 'credits' | 'selling' | 'counting' | 'adminIds'>,
  now: Date,
): Promise<{ [Name in keyof History]: number }> {
  const known = await db.$count(users);
  if (known > 0 && !force)
    throw new StartRefused(
      `This database has people already (${known}). To put invented ones beside them, say --force.`,
    );
  const history = inventHistory({
    ...wish,
    now,
    lastIds: await readLastIds(db),
    freeCredits: credits.free,
    packages: selling.packages,
    cardCurrency: selling.card?.currency ?? null,
    helperId: adminIds[0] ?? 1,
  });
  await writeHistory(db, history);
  await rollUp(db, counting, now);
  // The server has to know how many there are now, before it plans a question.
  await db.execute('analyze');
  const counts = TABLE_NAMES.map((name) => [name, history[name].length]);
  return Object.fromEntries(counts) as { [Name in keyof History]: number };
}
