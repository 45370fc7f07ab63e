/** What many people are told: each once, however it is sent, stopped, killed and gone on with. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../../sandbox/index.ts';
import { banPerson } from '../../../src/customers/ban.ts';
import { muteBroadcasts } from '../../../src/customers/mute-broadcasts.ts';
import { broadcastReaders, broadcasts, ownerActions, users } from '../../../src/database/schema/index.ts';
import {
  chooseSegment,
  createBroadcast,
  readBroadcast,
  readCounts,
  startBroadcast,
  stepBroadcast,
  writeText,
} from '../../../src/owners/broadcasts/broadcast.ts';
import { sweepBroadcasts } from '../../../src/owners/broadcasts/sweep-broadcasts.ts';
import { READERS_A_TURN, sendBroadcasts, TURN_MS } from '../../../src/pipeline/send-broadcasts.ts';
import { TelegramUnreachable } from '../../../src/telegram/errors.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { heard, openStarDesk } from '../billing/star-desk.ts';
import { createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);
const desk = await openStarDesk(scene);
afterAll(() => desk.close());
// Whoever another test brought reads nothing of this one.
beforeEach(() =>
  db
    .update(users)
    .set({ broadcastsMutedAt: new Date() })
    .then(() => {}),
);

const by = ADMIN_ID;
const { signal } = new AbortController();
let clock = Date.now();
/** The next turn's handful, by whichever process. */
const tick = (deps: Parameters<typeof sendBroadcasts>[0] = desk, during = signal) => {
  clock += TURN_MS;
  return sendBroadcasts(deps, new Date(clock), during);
};

async function draft(text = 'Hello'): Promise<number> {
  const { id } = await createBroadcast(db, by);
  await writeText(db, { id, by, language: 'en', text });
  return id;
}
const start = (id: number) => startBroadcast(db, { id, by, cardMessageId: null }, new Date(clock));
const readers = async (count: number): Promise<Person[]> => {
  const people: Person[] = [];
  for (let n = 0; n < count; n += 1) people.push(await desk.seller());
  return people;
};
const counts = async (id: number) => readCounts(db, await readBroadcast(db, id), new Date());
const copies = (person: Person, text: string) => heard(person).filter((said) => said === text).length;

describe('a broadcast', () => {
  test('reaches each reader once, a handful a turn over all processes, and ends', async () => {
    const people = await readers(READERS_A_TURN + 2);
    const id = await draft('Once');
    await start(id);
    clock += TURN_MS;
    await Promise.all([1, 2, 3].map(() => sendBroadcasts(desk, new Date(clock), signal)));
    expect((await counts(id)).sent).toBe(READERS_A_TURN);
    await tick();
    expect(people.map((person) => copies(person, 'Once'))).toEqual(people.map(() => 1));
    expect(await counts(id)).toEqual({ waiting: 0, sent: people.length, blocked: 0, failed: 0, unknown: 0 });
    expect((await readBroadcast(db, id)).state).toBe('done');
  });

  test('is begun by one of two taps, with a text alone, and is one act', async () => {
    await readers(1);
    const { id: empty } = await createBroadcast(db, by);
    expect(await outcomeOf(start(empty))).toBe('already-done');
    const id = await draft();
    const taps = await Promise.all([outcomeOf(start(id)), outcomeOf(start(id))]);
    expect(taps.toSorted()).toEqual(['already-done', 'done']);
    const acts = await db
      .select()
      .from(ownerActions)
      .where(eq(ownerActions.object, `broadcast:${id}`));
    expect(acts).toMatchObject([
      { act: 'broadcast', after: { state: 'sending', segment: 'all', readers: 1 } },
    ]);
    await tick();
  });

  test('whose process dies as a message leaves is gone on with, and nobody is told twice', async () => {
    const people = await readers(4);
    const id = await draft('Mortal');
    await start(id);
    let left = 0;
    const dying = {
      ...desk,
      gateway: {
        ...desk.gateway,
        call: async (...[method, params, options]: Parameters<typeof desk.gateway.call>) => {
          const sent = await desk.gateway.call(method, params, options);
          left += 1;
          // The second one has left, and its process never learns of it.
          if (left === 2) throw new TelegramUnreachable(method, 'unknown', 'the process is gone');
          return sent;
        },
      } as typeof desk.gateway,
    };
    await tick(dying);
    expect(await counts(id)).toMatchObject({ sent: 1, unknown: 1, waiting: 2 });
    await tick();
    expect(people.map((person) => copies(person, 'Mortal'))).toEqual([1, 1, 1, 1]);
    expect(await counts(id)).toMatchObject({ sent: 3, unknown: 1, waiting: 0 });
  });

  test('that Telegram takes nothing of just now waits, and has lost nobody', async () => {
    const [person] = await readers(1);
    const id = await draft('Later');
    await start(id);
    const away = {
      ...desk,
      gateway: {
        ...desk.gateway,
        call: async (...[method, , options]: Parameters<typeof desk.gateway.call>) => {
          await options?.departure?.confirm();
          throw new TelegramUnreachable(method, 'no', 'away');
        },
      } as typeof desk.gateway,
    };
    await tick(away);
    expect(await counts(id)).toMatchObject({ waiting: 1, sent: 0, unknown: 0 });
    await tick();
    expect(person && copies(person, 'Later')).toBe(1);
  });

  test('is paused, gone on with and cancelled between two readers', async () => {
    const people = await readers(2 * READERS_A_TURN + 1);
    const id = await draft('Stop');
    const told = () => people.filter((person) => copies(person, 'Stop') === 1).length;
    await start(id);
    await tick();
    expect(await stepBroadcast(db, { id, by, step: 'pause' })).toBe(true);
    expect(await stepBroadcast(db, { id, by, step: 'pause' })).toBe(false);
    await tick();
    expect(told()).toBe(READERS_A_TURN);
    await stepBroadcast(db, { id, by, step: 'resume' });
    await tick();
    await stepBroadcast(db, { id, by, step: 'cancel' });
    await tick();
    expect(told()).toBe(2 * READERS_A_TURN);
    expect(await stepBroadcast(db, { id, by, step: 'resume' })).toBe(false);
  });

  test('leaves out who has muted it, was shut out or blocks the bot, also after it began', async () => {
    const [muted, late, banned, blocking, reader] = await readers(5);
    if (!muted || !late || !banned || !blocking || !reader) throw new Error('five were asked for');
    await muteBroadcasts(db, muted.id, true);
    const id = await draft('Not for all');
    await start(id);
    await muteBroadcasts(db, late.id, true);
    await db.transaction((tx) => banPerson(tx, { by, userId: banned.id, why: 'spam' }));
    blocking.block();
    await tick();
    const told = [muted, late, banned, blocking, reader].map((person) => copies(person, 'Not for all'));
    expect(told).toEqual([0, 0, 0, 0, 1]);
    expect(await counts(id)).toEqual({ waiting: 0, sent: 1, blocked: 1, failed: 0, unknown: 0 });
    const [row] = await db.select().from(users).where(eq(users.id, blocking.id));
    expect(row?.blockedAt).not.toBeNull();
  });
});

describe('its readers', () => {
  const chosen = async (
    segment: 'all' | 'buyers' | 'inactive' | 'language',
    language: string | null = null,
  ) => {
    const id = await draft();
    await chooseSegment(db, { id, segment, language });
    await start(id);
    const rows = await db.select().from(broadcastReaders).where(eq(broadcastReaders.broadcastId, id));
    await stepBroadcast(db, { id, by, step: 'cancel' });
    return rows.map(({ userId }) => userId).toSorted((a, b) => a - b);
  };

  test('are all, those who bought, those who are away, or those of a language', async () => {
    const { userId: buyer } = await till.buyer();
    const [away, russian] = [await scene.customer(0), await scene.customer(0)];
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await db.update(users).set({ lastSeenAt: longAgo }).where(eq(users.id, away));
    await db.update(users).set({ language: 'ru' }).where(eq(users.id, russian));
    expect(await chosen('all')).toEqual([buyer, away, russian]);
    expect(await chosen('buyers')).toEqual([buyer]);
    expect(await chosen('inactive')).toEqual([away]);
    expect(await chosen('language', 'ru')).toEqual([russian]);
  });

  test('read it in their language, and in the one for all others where there is none', async () => {
    const [english, russian] = await readers(2);
    if (!english || !russian) throw new Error('two were asked for');
    await db.update(users).set({ language: 'ru' }).where(eq(users.id, russian.id));
    const id = await draft('A new style');
    await writeText(db, { id, by, language: 'ru', text: 'Новый <стиль>' });
    await start(id);
    await tick();
    expect([copies(english, 'A new style'), copies(russian, 'Новый <стиль>')]).toEqual([1, 1]);
  });
});

describe('a month after its end', () => {
  const DAY_MS = 86_400_000;
  const old = (days: number) => new Date(Date.now() - days * DAY_MS);
  const rowsOf = (id: number) => db.$count(broadcastReaders, eq(broadcastReaders.broadcastId, id));

  test('a broadcast has no readers’ rows any more, and its numbers still', async () => {
    const people = await readers(3);
    const [recent, ended, cancelled] = [await draft('One'), await draft('Two'), await draft('Three')];
    for (const id of [recent, ended, cancelled]) await start(id);
    await stepBroadcast(db, { id: cancelled, by, step: 'cancel' });
    while ((await counts(ended)).waiting + (await counts(recent)).waiting > 0) await tick();
    await tick();
    await db
      .update(broadcasts)
      .set({ endedAt: old(29) })
      .where(eq(broadcasts.id, recent));
    for (const id of [ended, cancelled])
      await db
        .update(broadcasts)
        .set({ endedAt: old(31) })
        .where(eq(broadcasts.id, id));
    const before = await Promise.all([recent, ended, cancelled].map(counts));
    const swept = await Promise.all([1, 2].map(() => sweepBroadcasts(db, old(30))));
    expect(Math.max(...swept)).toBeGreaterThan(0);
    expect(await sweepBroadcasts(db, old(30))).toBe(0);
    expect(await Promise.all([recent, ended, cancelled].map(rowsOf))).toEqual([people.length, 0, 0]);
    expect(await Promise.all([recent, ended, cancelled].map(counts))).toEqual(before);
  });

  test('one that was stopped stays as it is, and a draft of then goes', async () => {
    await readers(1);
    const [paused, idle, fresh] = [await draft('Four'), await draft('Five'), await draft('Six')];
    await start(paused);
    await stepBroadcast(db, { id: paused, by, step: 'pause' });
    for (const id of [paused, idle])
      await db
        .update(broadcasts)
        .set({ createdAt: old(40) })
        .where(eq(broadcasts.id, id));
    await sweepBroadcasts(db, old(30));
    expect(await rowsOf(paused)).toBe(1);
    expect(await outcomeOf(readBroadcast(db, idle))).toBe('not-found');
    expect((await readBroadcast(db, fresh)).state).toBe('draft');
  });
});
