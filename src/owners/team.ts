/** Who helps the owners: the role of support, granted and withdrawn in the chat. */
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';
import { recordAct } from './record-act.ts';

export type TeamMember = { userId: number; firstName: string; username: string | null };

export async function readTeam(db: Database): Promise<TeamMember[]> {
  return db
    .select({ userId: users.id, firstName: users.firstName, username: users.username })
    .from(users)
    .where(isNotNull(users.role))
    .orderBy(asc(users.id));
}

/** @returns false when the person had the role, or is not known */
export async function grantSupport(
  db: Database,
  { by, userId }: { by: number; userId: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const granted = await tx
      .update(users)
      .set({ role: 'support' })
      .where(and(eq(users.id, userId), isNull(users.role)))
      .returning({ id: users.id });
    if (granted.length === 0) return false;
    await recordAct(tx, {
      by,
      act: 'grant-support',
      userId,
      before: { role: null },
      after: { role: 'support' },
    });
    return true;
  });
}

/** @returns false when the person did not have it */
export async function withdrawSupport(
  db: Database,
  { by, userId }: { by: number; userId: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const withdrawn = await tx
      .update(users)
      .set({ role: null })
      .where(and(eq(users.id, userId), isNotNull(users.role)))
      .returning({ id: users.id });
    if (withdrawn.length === 0) return false;
    await recordAct(tx, {
      by,
      act: 'withdraw-support',
      userId,
      before: { role: 'support' },
      after: { role: null },
    });
    return true;
  });
}
