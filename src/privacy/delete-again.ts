/**
 * After a backup was restored: whoever was deleted since it was taken is there again, and is deleted again. They are
 * known by the list of those who were here before (customers/former-customers), read before the restore.
 */
import { asc, gt } from 'drizzle-orm';
import { type PseudonymOf, rememberFormer } from '../customers/former-customers.ts';
import type { Database } from '../database/client.ts';
import { formerCustomers, users } from '../database/schema/index.ts';
import { requestDeletion } from './request-deletion.ts';
import { COME_BACK_DAYS } from './retention.ts';

export type Former = Readonly<{ pseudonym: string; banned: boolean; deletedAt: Date }>;

const DAY_MS = 86_400_000;
/** People whose pseudonyms are compared at a time. */
const PAGE = 1_000;

export async function listFormer(db: Database): Promise<Former[]> {
  return db.select().from(formerCustomers);
}

/**
 * Makes the deletion of each of them due now, so that the next turn of the schedule carries it out; and remembers them,
 * so that they get no second gift. Somebody who came again after the deletion is a new customer, and stays.
 * @returns how many people are deleted again
 */
export async function deleteAgain(
  db: Database,
  { former, pseudonymOf }: { former: readonly Former[]; pseudonymOf: PseudonymOf },
  now: Date,
): Promise<number> {
  const byPseudonym = new Map(former.map((one) => [one.pseudonym, one]));
  // The days in which they might have come back were over before the restore.
  const asked = new Date(now.getTime() - COME_BACK_DAYS * DAY_MS);
  let found = 0;
  // People's own ids are above zero; the stand-ins of those who left are below.
  for (let last = 0, isMore = true; isMore; ) {
    const page = await db
      .select({ id: users.id, createdAt: users.createdAt })
      .from(users)
      .where(gt(users.id, last))
      .orderBy(asc(users.id))
      .limit(PAGE);
    for (const { id, createdAt } of page) {
      const one = byPseudonym.get(pseudonymOf(id));
      if (one === undefined || createdAt >= one.deletedAt) continue;
      await requestDeletion(db, id, asked);
      found += 1;
    }
    isMore = page.length === PAGE;
    last = page.at(-1)?.id ?? last;
  }
  for (const { deletedAt, ...one } of former) await rememberFormer(db, one, deletedAt);
  return found;
}
