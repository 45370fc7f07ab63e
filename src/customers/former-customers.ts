/**
 * Those whose data was deleted: who comes again is a new customer in all but two things, the free gift and being shut
 * out. They are known by a hash of their Telegram id under a key of this installation. Ids are short numbers, so a hash
 * without a key could be turned back by trying them all.
 */
import { createHmac } from 'node:crypto';
import { eq, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { formerCustomers, users } from '../database/schema/index.ts';

/** What stands for a person where their id must not: always the same, and nobody without the key can make it. */
export type PseudonymOf = (userId: number) => string;

/** @param secret the bot's token: with a new one nobody is known any more, which costs the shop a gift and no more */
export function createPseudonyms(secret: string): PseudonymOf {
  return (userId) =>
    createHmac('sha256', `vitrine former customers ${secret}`).update(String(userId)).digest('base64url');
}

/** Call it in the transaction that deletes. */
export async function rememberFormer(
  tx: Database,
  former: { pseudonym: string; banned: boolean },
  now: Date,
): Promise<void> {
  await tx
    .insert(formerCustomers)
    .values({ ...former, deletedAt: now })
    .onConflictDoUpdate({
      target: formerCustomers.pseudonym,
      set: { deletedAt: now, banned: sql`${formerCustomers.banned} or excluded.banned` },
    });
}

/** Whether somebody was shut out when they were here before; null for who was not. For a statement that asks more. */
export function wasShutOut(db: Database, pseudonym: string): SQL {
  const former = db
    .select({ banned: formerCustomers.banned })
    .from(formerCustomers)
    .where(eq(formerCustomers.pseudonym, pseudonym));
  return sql`(${former})`;
}

/** One who was shut out before they left stays so; why is not known any more. */
export async function shutOutAgain(tx: Database, userId: number, now: Date): Promise<void> {
  await tx.update(users).set({ bannedAt: now, banReason: '—' }).where(eq(users.id, userId));
}

/** @returns how many were forgotten */
export async function forgetFormer(db: Database, before: Date): Promise<number> {
  const gone = await db
    .delete(formerCustomers)
    .where(lt(formerCustomers.deletedAt, before))
    .returning({ pseudonym: formerCustomers.pseudonym });
  return gone.length;
}
