import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';
import { recordAct } from '../owners/record-act.ts';

/**
 * Shuts a person out: what they write is answered with the reason (bot/shut-out). All that they have stays theirs,
 * and what is in work ends as it would. Call it in the transaction of what asks for it.
 * @returns false when they were shut out before
 */
export async function banPerson(
  tx: Database,
  { by, userId, why }: { by: number; userId: number; why: string },
): Promise<boolean> {
  const banned = await tx
    .update(users)
    .set({ bannedAt: new Date(), banReason: why })
    .where(and(eq(users.id, userId), isNull(users.bannedAt)))
    .returning({ id: users.id });
  if (banned.length === 0) return false;
  await recordAct(tx, {
    by,
    act: 'ban',
    userId,
    reason: why,
    before: { banned: false },
    after: { banned: true },
  });
  return true;
}

/** @returns false when they were not shut out */
export async function unbanPerson(
  db: Database,
  { by, userId }: { by: number; userId: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const unbanned = await tx
      .update(users)
      .set({ bannedAt: null, banReason: null })
      .where(and(eq(users.id, userId), isNotNull(users.bannedAt)))
      .returning({ id: users.id });
    if (unbanned.length === 0) return false;
    await recordAct(tx, { by, act: 'unban', userId, before: { banned: true }, after: { banned: false } });
    return true;
  });
}

export async function isBanned(db: Database, userId: number): Promise<boolean> {
  return (await db.$count(users, and(eq(users.id, userId), isNotNull(users.bannedAt)))) > 0;
}
