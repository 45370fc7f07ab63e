/** What is said outside a conversation to people who cannot be written to: it is put down once, and work goes on. */
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../../sandbox/index.ts';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import { users } from '../../../src/database/schema/index.ts';
import { editCard } from '../../../src/messenger/card-in-place.ts';
import { reachPerson } from '../../../src/messenger/reach-person.ts';
import { tellAdmins } from '../../../src/messenger/tell-admins.ts';
import { tellPerson } from '../../../src/messenger/tell-person.ts';
import { rememberCard } from '../../../src/photoshoots/draft/remember-card.ts';
import { createProgress } from '../../../src/pipeline/progress.ts';
import { createLineRefresh } from '../../../src/pipeline/refresh-line.ts';
import { TelegramUnreachable } from '../../../src/telegram/errors.ts';
import { openFileScene } from '../../support/scene.ts';
import { heard, openStarDesk } from '../billing/star-desk.ts';

const scene = await openFileScene();
const desk = await openStarDesk(scene);
afterEach(() => desk.sandbox.faults.clear());
afterAll(async () => {
  await desk.close();
});

async function blockedAt(userId: number): Promise<Date | null> {
  const [row] = await scene.db.select({ at: users.blockedAt }).from(users).where(eq(users.id, userId));
  return row?.at ?? null;
}

const sayHello = (userId: number) => tellPerson(desk, userId, () => 'Hello');
/** The newest message of the bot in the person's chat, as the card of a photoshoot. */
function cardOf(person: Person) {
  const cardMessageId = person.messages().findLast((message) => message.from?.is_bot)?.message_id ?? null;
  return { userId: person.id, chatId: person.id, cardMessageId };
}
const progressOf = (person: Person) =>
  createProgress(desk, desk.texts.in('en'), { id: 1, ...cardOf(person) });
/** The status message has been refused to this person. */
const wasRefused = (person: Person) =>
  desk.sandbox.journal.waitFor(
    ({ code, parameters }) => code === 403 && Number(parameters.chat_id) === person.id,
    { timeoutMs: 30_000 },
  );

/** Each path, and what it answers. An edit is refused by a fault: the double lets a blocked bot edit. */
const PATHS: [path: string, say: (person: Person) => Promise<unknown>, answer: unknown][] = [
  ['a notice', (person) => sayHello(person.id), 'refused'],
  [
    'an alert, to an admin',
    (person) => tellAdmins({ ...desk, adminIds: [person.id, ADMIN_ID] }, 'alert-payment-held'),
    // The other admin was told.
    true,
  ],
  ['a card', (person) => editCard(desk, cardOf(person), { text: 'A card', keyboard: [] }), undefined],
  [
    'the place in line',
    async (person) => {
      const userId = person.id;
      const { photoshootId } = await scene.send(scene.photo(userId));
      await scene.recognise(photoshootId);
      await scene.toggle(photoshootId, userId, 1);
      await rememberCard(scene.db, photoshootId, cardOf(person).cardMessageId ?? 0);
      await giveCredits(scene.db, { userId, credits: 1, key: `gift-${userId}`, by: 7, why: null });
      await scene.place(photoshootId, userId);
      await createLineRefresh(desk)();
    },
    undefined,
  ],
  [
    'the progress of the work',
    async (person) => {
      const progress = progressOf(person);
      progress.show({ stage: 'preparing' });
      await wasRefused(person);
      await progress.end();
    },
    undefined,
  ],
  [
    'the last word of a status message',
    (person) => progressOf(person).end({ stage: 'provider-busy' }),
    undefined,
  ],
];

test.each(PATHS)('%s marks somebody who has blocked the bot, and ends well', async (_path, say, answer) => {
  const person = await desk.seller();
  await sayHello(person.id);
  person.block();
  const description = 'Forbidden: bot was blocked by the user';
  const refusal = { kind: 'refusal', status: 403, description } as const;
  desk.sandbox.faults.add('telegram', { match: 'editMessageText', ...refusal });
  expect(await say(person)).toEqual(answer);
  expect(await blockedAt(person.id)).toBeInstanceOf(Date);
});

test('an alert reaches the admins after one who cannot be reached', async () => {
  const [gone, known] = [await desk.seller(), await desk.seller()];
  gone.block();
  await tellAdmins({ ...desk, adminIds: [gone.id, known.id] }, 'alert-payment-held');
  expect(heard(known).at(-1)).toContain('fits no order');
});

test('an alert is worth another try where Telegram was not reached, and not where every admin refuses', async () => {
  const [gone, known] = [await desk.seller(), await desk.seller()];
  gone.block();
  const tell = (...admins: Person[]) =>
    tellAdmins({ ...desk, adminIds: admins.map(({ id }) => id) }, 'alert-payment-held');
  expect(await tell(gone)).toBe(true);
  // Of two calls the second one breaks.
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'slow', delayMs: 0, times: 1 });
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'reset', times: 1 });
  expect(await tell(gone, known)).toBe(false);
  expect(await tell(gone, known)).toBe(true);
});

test('is put down once, and taken back by the person’s next update', async () => {
  const person = await desk.seller();
  person.block();
  await sayHello(person.id);
  const first = await blockedAt(person.id);
  await sayHello(person.id);
  expect(await blockedAt(person.id)).toEqual(first);
  const about = { id: person.id, firstName: 'Emma', username: null, language: 'en' };
  await registerCustomer(scene.db, about, async () => {});
  expect(await blockedAt(person.id)).toBeNull();
});

test('any other fault of Telegram marks nobody: a notice goes on, and what must arrive throws', async () => {
  const person = await desk.seller();
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'reset', times: 1 });
  expect(await sayHello(person.id)).toBe('unreached');
  const fault = new TelegramUnreachable('sendPhoto', 'unknown', 'a test');
  await expect(reachPerson(scene.db, person.id, () => Promise.reject(fault))).rejects.toBe(fault);
  expect(await blockedAt(person.id)).toBeNull();
});
