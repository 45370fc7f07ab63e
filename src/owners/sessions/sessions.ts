/** Sessions of the dashboard: who shows one, and how they end. */
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type GRANTED_ROLES, sessions, signInLinks, users } from '../../database/schema/index.ts';
import { hashOf } from './secret.ts';

/** Whoever is signed in. `language` and `role` as the person has them now; null for somebody who never wrote. */
export type SignedIn = {
  sessionId: number;
  userId: number;
  language: string | null;
  role: (typeof GRANTED_ROLES)[number] | null;
};

/** @returns null for a session that has ended, is too old or never was */
export async function readSession(db: Database, secret: string, now: Date): Promise<SignedIn | null> {
  const [session] = await db
    .select({
      sessionId: sessions.id,
      userId: sessions.userId,
      language: users.language,
      role: users.role,
    })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.hash, hashOf(secret)), isNull(sessions.endedAt), gt(sessions.expiresAt, now)));
  return session ?? null;
}

/** Signs out: this session, or every session of its person. */
export async function endSessions(
  db: Database,
  of: { sessionId: number } | { userId: number },
  now: Date,
): Promise<void> {
  const which = 'userId' in of ? eq(sessions.userId, of.userId) : eq(sessions.id, of.sessionId);
  await db
    .update(sessions)
    .set({ endedAt: now })
    .where(and(which, isNull(sessions.endedAt)));
}

/**
 * Drops what is too old. A session is kept for its whole time also after it has ended: its row is what keeps a Mini
 * App's data, which counts for an hour, from being shown twice.
 * @returns how many sessions and links
 */
export async function sweepSessions(db: Database, now: Date): Promise<number> {
  const ended = await db.delete(sessions).where(lt(sessions.expiresAt, now)).returning({ id: sessions.id });
  const links = await db
    .delete(signInLinks)
    .where(lt(signInLinks.expiresAt, now))
    .returning({ hash: signInLinks.hash });
  return ended.length + links.length;
}
