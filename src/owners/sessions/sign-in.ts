/** The two ways into the dashboard: a link that the bot sends, and what Telegram says of whoever opened the Mini App. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { sessions, signInLinks } from '../../database/schema/index.ts';
import { recordAct } from '../record-act.ts';
import { drawSecret, hashOf } from './secret.ts';

/** Long enough to change from the phone to a computer. */
export const LINK_TTL_MS = 10 * 60_000;
/** Of a cookie: somebody who looks every day signs in once a week. */
const COOKIE_TTL_MS = 7 * 24 * 3_600_000;
/** Of a bearer, which is gone with its page; a Mini App that is opened anew brings new data of its own. */
const BEARER_TTL_MS = 12 * 3_600_000;

/** @property secret what the browser shows from now on; it is kept nowhere else */
export type OpenedSession = { secret: string; userId: number; expiresAt: Date };

/** A link that opens the dashboard for this person, once. @returns what it carries */
export async function createSignInLink(db: Database, userId: number, now: Date): Promise<string> {
  const secret = drawSecret();
  const expiresAt = new Date(now.getTime() + LINK_TTL_MS);
  await db.insert(signInLinks).values({ hash: hashOf(secret), userId, expiresAt });
  return secret;
}

/** Whether a link can still be spent. To look changes nothing: whoever previews a link asks this. */
export async function isLinkOpen(db: Database, secret: string, now: Date): Promise<boolean> {
  return (await db.$count(signInLinks, isOpen(secret, now))) > 0;
}

/** Spends a link. @returns null for one that was spent, is too old or never was */
export async function signInByLink(db: Database, secret: string, now: Date): Promise<OpenedSession | null> {
  return db.transaction(async (tx) => {
    const [link] = await tx
      .update(signInLinks)
      .set({ spentAt: now })
      .where(isOpen(secret, now))
      .returning({ userId: signInLinks.userId, hash: signInLinks.hash });
    if (link === undefined) return null;
    return openSession(tx, { userId: link.userId, openedBy: `link:${link.hash}`, ttlMs: COOKIE_TTL_MS }, now);
  });
}

/**
 * Opens a session for what Telegram has signed and telegram/init-data has checked.
 * @param input.signature Telegram's own of that data, which counts once
 * @returns null when it was shown before
 */
export async function signInByInitData(
  db: Database,
  { userId, signature }: { userId: number; signature: string },
  now: Date,
): Promise<OpenedSession | null> {
  const openedBy = `init-data:${hashOf(signature)}`;
  return db.transaction((tx) => openSession(tx, { userId, openedBy, ttlMs: BEARER_TTL_MS }, now));
}

async function openSession(
  tx: Database,
  { userId, openedBy, ttlMs }: { userId: number; openedBy: string; ttlMs: number },
  now: Date,
): Promise<OpenedSession | null> {
  const secret = drawSecret();
  const expiresAt = new Date(now.getTime() + ttlMs);
  const [session] = await tx
    .insert(sessions)
    .values({ hash: hashOf(secret), userId, openedBy, expiresAt })
    .onConflictDoNothing({ target: sessions.openedBy })
    .returning({ id: sessions.id });
  if (session === undefined) return null;
  await recordAct(tx, { by: userId, act: 'sign-in', object: `session:${session.id}` });
  return { secret, userId, expiresAt };
}

function isOpen(secret: string, now: Date) {
  return and(
    eq(signInLinks.hash, hashOf(secret)),
    isNull(signInLinks.spentAt),
    gt(signInLinks.expiresAt, now),
  );
}
