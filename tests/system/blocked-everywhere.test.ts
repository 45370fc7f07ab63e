/** People who have blocked the bot, or are gone: whatever was to be said to them, it is noticed and put down. */
import type { Message } from '@grammyjs/types';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  ask,
  botMessages,
  order,
  PATIENCE,
  picturesOf,
  place,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const scene = playScene(
  {},
  {
    expected: {
      refusals: /: Forbidden: bot was blocked by the user/,
      // The money that fits no order, and the update whose sender is apologised to.
      errors: /^(a payment is held|an update (could not be handled|was given up))$/,
      apologies: true,
    },
  },
);
let admin: Person;

beforeAll(async () => {
  admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
});
afterEach(() => scene.sandbox.faults.clear());

/** From here on the next call of this method is refused as to somebody who has just blocked the bot. */
function refuseNext(match: string): void {
  const description = 'Forbidden: bot was blocked by the user';
  scene.sandbox.faults.add('telegram', { match, kind: 'refusal', status: 403, description, times: 1 });
}

/** A refusal that nothing but the call itself tells of, unlike a block in the chat, which is an update as well. */
const wasRefused = (person: Person) =>
  scene.sandbox.journal.waitFor(
    ({ code, parameters }) => code === 403 && Number(parameters.chat_id) === person.id,
    PATIENCE,
  );

/** How many people cannot be written to, as the owners are told. */
async function countBlocked(): Promise<number> {
  const figures = textOf(await ask(admin, '/admin_stats', /USD/));
  return Number(/(\d+) blocked/.exec(figures)?.[1]);
}

/** The person writes to support. @returns the ticket as the owner gets it */
async function writeTicket(person: Person): Promise<Message> {
  await ask(person, '/support', /What can we do for you/);
  const before = botMessages(admin).at(-1)?.message_id ?? 0;
  await ask(person, 'Are you there?', /is with us/);
  return waitForText(admin, /Are you there\?/, { after: before });
}

async function tapTicket(ticket: Message, action: 'reply' | 'resolve'): Promise<void> {
  const id = /ticket:(\d+):/.exec(JSON.stringify(ticket.reply_markup))?.[1];
  await tap(admin, { data: `ticket:${id}:${action}`, messageId: ticket.message_id });
}

/** So many orders of one picture have arrived and been told of: nothing of them is still to be sent. */
async function waitForResults(person: Person, orders: number): Promise<void> {
  const told = () => botMessages(person).filter((message) => textOf(message).includes('1 picture is ready'));
  await vi.waitUntil(() => told().length === orders, { timeout: PATIENCE.timeoutMs });
  expect(picturesOf(person)).toHaveLength(orders);
}

/** What is said to a person. `say` leads to it and lets it be refused; `afterwards` is what comes of it. */
type Path = {
  path: string;
  say(person: Person): Promise<unknown>;
  afterwards?(person: Person): Promise<unknown>;
};

const PATHS: Path[] = [
  {
    path: 'an answer',
    async say(person) {
      refuseNext('sendMessage');
      person.sendText('/help');
    },
  },
  {
    path: 'word of why something is refused',
    async say(person) {
      refuseNext('sendMessage');
      person.sendText('/promo NOSUCHCODE');
    },
  },
  {
    path: 'a screen in place of another',
    async say(person) {
      await ask(person, '/start', /Hello/);
      // The greeting is a picture, whose words are a caption.
      refuseNext('editMessageCaption');
      person.tap(textsOf(person)('menu-help'));
    },
  },
  {
    path: 'an apology',
    async say(person) {
      await ask(person, '/start', /Hello/);
      scene.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'refusal', times: 1 });
      refuseNext('sendMessage');
      person.sendText('/help');
    },
  },
  {
    path: 'the card of an order that is made again',
    async say(person) {
      await order(person, mug);
      refuseNext('sendMessage');
      person.tap(textsOf(person)('button-again', { credits: 1 }));
    },
    afterwards: (person) => waitForResults(person, 2),
  },
  {
    path: 'an album',
    async say(person) {
      const card = await sendProduct(person, mug);
      refuseNext('sendPhoto');
      await place(person, card);
    },
    async afterwards(person) {
      await ask(person, '/start', /Hello/);
      await waitForResults(person, 1);
    },
  },
  {
    path: 'how an order ended',
    async say(person) {
      const card = await sendProduct(person, mug);
      refuseNext('sendMessage');
      await place(person, card);
    },
    async afterwards(person) {
      await ask(person, '/start', /Hello/);
      await waitForResults(person, 1);
    },
  },
  {
    path: 'originals',
    async say(person) {
      await order(person, mug);
      refuseNext('sendDocument');
      await tap(person, textsOf(person)('button-originals'));
    },
  },
  {
    path: 'an owner’s answer to a ticket',
    async say(person) {
      await tapTicket(await writeTicket(person), 'reply');
      const question = await waitForText(admin, /Write your answer/);
      refuseNext('sendMessage');
      admin.sendText('Yes.');
      await waitForText(admin, /could not be delivered/, { after: question.message_id });
    },
  },
  {
    path: 'the end of a ticket',
    async say(person) {
      const ticket = await writeTicket(person);
      refuseNext('sendMessage');
      await tapTicket(ticket, 'resolve');
    },
  },
  {
    path: 'a gift',
    async say(person) {
      await ask(person, '/start', /Hello/);
      refuseNext('sendMessage');
      await ask(admin, `/gift ${person.id} 5`, /could not be told/);
    },
  },
];

test.each(PATHS)(
  '$path to somebody who has blocked the bot is put down, and spoils nothing',
  async ({ say, afterwards }) => {
    const person = seller(scene, 'en');
    const before = await countBlocked();
    await say(person);
    await wasRefused(person);
    const counted = async () => (await countBlocked()) === before + 1;
    await vi.waitUntil(counted, { timeout: PATIENCE.timeoutMs, interval: 100 });
    await afterwards?.(person);
  },
);

/** Lets the person leave just before the bot's next message is sent, to whomever it goes. */
async function leaveBeforeAnswer(person: Person, say: () => void): Promise<void> {
  const answer = scene.sandbox.faults.hold('telegram', 'sendMessage');
  say();
  await answer.reached;
  person.block();
  answer.release();
}

test('who writes to support and leaves before the answer is heard by the owners', async () => {
  const person = seller(scene, 'en');
  await ask(person, '/support', /What can we do for you/);
  const before = botMessages(admin).at(-1)?.message_id ?? 0;
  await leaveBeforeAnswer(person, () => person.sendText('It is urgent'));
  await waitForText(admin, /It is urgent/, { after: before });
});

test('of money that fits no order the owners are told, also when who paid it has left', async () => {
  const person = seller(scene, 'en');
  const [start] = person.sendText('/start');
  await waitForText(person, /Hello/);
  const before = botMessages(admin).at(-1)?.message_id ?? 0;
  const payment = {
    currency: 'XTR',
    total_amount: 99,
    invoice_payload: 'order:987654321',
    telegram_payment_charge_id: `held-${person.id}`,
    provider_payment_charge_id: '',
  };
  const message = { ...start, text: undefined, entities: undefined, successful_payment: payment };
  await leaveBeforeAnswer(person, () => scene.sandbox.people.injectUpdate({ message }));
  await waitForText(admin, /fits no order and is held/, { after: before });
  expect(scene.heard.errors().filter((message) => message === 'a payment is held')).toHaveLength(1);
});
