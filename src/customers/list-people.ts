import { asc, desc } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';
import { within } from '../database/within.ts';
import { ALWAYS, type Listing } from '../owners/page.ts';

export type PersonEntry = Pick<
  typeof users.$inferSelect,
  | 'id'
  | 'firstName'
  | 'username'
  | 'language'
  | 'role'
  | 'credits'
  | 'blockedAt'
  | 'bannedAt'
  | 'lastSeenAt'
  | 'createdAt'
>;

/** Everybody by when they came. */
export async function listPeople(
  db: Database,
  { during = ALWAYS, order = 'newest', limit, offset }: Listing,
): Promise<PersonEntry[]> {
  const inOrder = order === 'newest' ? desc : asc;
  return db
    .select({
      id: users.id,
      firstName: users.firstName,
      username: users.username,
      language: users.language,
      role: users.role,
      credits: users.credits,
      blockedAt: users.blockedAt,
      bannedAt: users.bannedAt,
      lastSeenAt: users.lastSeenAt,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(within(users.createdAt, during))
    .orderBy(inOrder(users.createdAt), inOrder(users.id))
    .limit(limit)
    .offset(offset);
}
