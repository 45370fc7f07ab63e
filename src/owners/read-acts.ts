import { and, asc, desc, eq, getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { ownerActions, users } from '../database/schema/index.ts';
import { within } from '../database/within.ts';
import { ALWAYS, type Listing } from './page.ts';

export type RecordedAct = typeof ownerActions.$inferSelect;

/** What was done to a person, the newest first. */
export async function readActsUpon(db: Database, userId: number, limit: number): Promise<RecordedAct[]> {
  return db
    .select()
    .from(ownerActions)
    .where(eq(ownerActions.userId, userId))
    .orderBy(desc(ownerActions.createdAt), desc(ownerActions.id))
    .limit(limit);
}

export type ActEntry = RecordedAct & { /** Null for an owner who never wrote. */ actor: string | null };

/** Everything that was done, by its age: to everybody, or to one person. */
export async function readActs(
  db: Database,
  {
    userId,
    during = ALWAYS,
    order = 'newest',
    limit,
    offset,
  }: { /** Whom it was done to. */ userId: number | null } & Listing,
): Promise<ActEntry[]> {
  const inOrder = order === 'newest' ? desc : asc;
  return db
    .select({ ...getTableColumns(ownerActions), actor: users.firstName })
    .from(ownerActions)
    .leftJoin(users, eq(users.id, ownerActions.actorId))
    .where(
      and(
        userId === null ? undefined : eq(ownerActions.userId, userId),
        within(ownerActions.createdAt, during),
      ),
    )
    .orderBy(inOrder(ownerActions.createdAt), inOrder(ownerActions.id))
    .limit(limit)
    .offset(offset);
}
