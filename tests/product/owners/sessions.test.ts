/** How a session of the dashboard begins, counts and ends; each way in opens one, however often it is shown. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ownerActions, sessions, signInLinks } from '../../../src/database/schema/index.ts';
import { endSessions, readSession, sweepSessions } from '../../../src/owners/sessions/sessions.ts';
import {
  createSignInLink,
  isLinkOpen,
  LINK_TTL_MS,
  signInByInitData,
  signInByLink,
} from '../../../src/owners/sessions/sign-in.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;
const NOW = new Date('2026-11-26T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function signedIn(userId: number): Promise<string> {
  const session = await signInByLink(db, await createSignInLink(db, userId, NOW), NOW);
  if (session === null) throw new Error('the link did not open');
  return session.secret;
}

test('a link opens one session, also for two who spend it at once, and looking at it spends nothing', async () => {
  const userId = await scene.customer();
  const link = await createSignInLink(db, userId, NOW);
  expect(await isLinkOpen(db, link, NOW)).toBe(true);
  expect(await isLinkOpen(db, link, NOW)).toBe(true);
  const opened = await Promise.all([signInByLink(db, link, NOW), signInByLink(db, link, NOW)]);
  expect(opened.filter((session) => session !== null)).toHaveLength(1);
  expect(await isLinkOpen(db, link, NOW)).toBe(false);
  expect(await signInByLink(db, link, NOW)).toBeNull();
  const acts = await db.select().from(ownerActions).where(eq(ownerActions.actorId, userId));
  expect(acts).toMatchObject([{ act: 'sign-in', userId: null }]);
});

test('a link counts for ten minutes', async () => {
  const link = await createSignInLink(db, await scene.customer(), NOW);
  expect(await isLinkOpen(db, link, later(LINK_TTL_MS))).toBe(false);
  expect(await signInByLink(db, link, later(LINK_TTL_MS))).toBeNull();
  expect(await signInByLink(db, link, later(LINK_TTL_MS - 1))).not.toBeNull();
});

test('nothing that opens anything is kept in the database', async () => {
  const userId = await scene.customer();
  const link = await createSignInLink(db, userId, NOW);
  const session = await signInByLink(db, link, NOW);
  const kept = JSON.stringify([await db.select().from(signInLinks), await db.select().from(sessions)]);
  expect(kept).not.toContain(link);
  expect(kept).not.toContain(session?.secret);
});

test('a session says who it is, with their language and role as they are now, until its time is over', async () => {
  const userId = await scene.customer();
  const secret = await signedIn(userId);
  expect(await readSession(db, secret, NOW)).toMatchObject({ userId, language: 'en', role: null });
  expect(await readSession(db, secret, later(7 * DAY_MS - 1))).not.toBeNull();
  expect(await readSession(db, secret, later(7 * DAY_MS))).toBeNull();
  expect(await readSession(db, `${secret.slice(0, -1)}x`, NOW)).toBeNull();
});

test('an owner who never wrote to the bot has a session, too', async () => {
  const session = await signInByInitData(db, { userId: 9_000_001, signature: 'a' }, NOW);
  expect(await readSession(db, session?.secret ?? '', NOW)).toMatchObject({
    userId: 9_000_001,
    language: null,
  });
});

test('signing out ends one session, or all of a person and nobody else’s', async () => {
  const [userId, other] = [await scene.customer(), await scene.customer()];
  const [first, second, third] = [await signedIn(userId), await signedIn(userId), await signedIn(userId)];
  const others = await signedIn(other);
  const session = await readSession(db, first, NOW);
  await endSessions(db, { sessionId: session?.sessionId ?? 0 }, NOW);
  expect(await readSession(db, first, NOW)).toBeNull();
  expect(await readSession(db, second, NOW)).not.toBeNull();
  await endSessions(db, { userId }, NOW);
  for (const secret of [second, third]) expect(await readSession(db, secret, NOW)).toBeNull();
  expect(await readSession(db, others, NOW)).not.toBeNull();
});

test('a Mini App’s data opens one session, also after that has ended and when it is shown twice at once', async () => {
  const data = { userId: await scene.customer(), signature: 'b' };
  const opened = await Promise.all([signInByInitData(db, data, NOW), signInByInitData(db, data, NOW)]);
  const [session] = opened.filter((one) => one !== null);
  expect(opened).toContain(null);
  await endSessions(db, { userId: data.userId }, NOW);
  await sweepSessions(db, later(HOUR_MS));
  expect(await signInByInitData(db, data, later(HOUR_MS))).toBeNull();
  expect(await readSession(db, session?.secret ?? '', NOW)).toBeNull();
});

test('what is too old is dropped', async () => {
  const userId = await scene.customer();
  const secret = await signedIn(userId);
  await createSignInLink(db, userId, NOW);
  await sweepSessions(db, later(LINK_TTL_MS + 1));
  expect(await db.$count(signInLinks, eq(signInLinks.userId, userId))).toBe(0);
  expect(await readSession(db, secret, NOW)).not.toBeNull();
  await sweepSessions(db, later(8 * DAY_MS));
  expect(await db.$count(sessions, eq(sessions.userId, userId))).toBe(0);
});
