/** The owners' tools as they are used: one person, the team, the brakes, and nobody else's hands on them. */
import type { Message } from '@grammyjs/types';
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { commandsFor } from '../../src/bot/commands.ts';
import {
  ask,
  botMessages,
  order,
  plain,
  tap,
  textOf,
  textsOf,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto();

// Of the one who has blocked the bot.
const scene = playScene(
  {},
  { expected: { refusals: /^sendMessage: Forbidden: bot was blocked by the user/ } },
);
let admin: Person;

beforeAll(async () => {
  admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
});

async function newcomer(language = 'en'): Promise<Person> {
  const person = seller(scene, language);
  await ask(person, '/start', /Hello|Здравствуйте/);
  return person;
}

/** The owner passes on a message that somebody else has written. */
function passOn(origin: Record<string, unknown>): void {
  const now = Math.floor(Date.now() / 1000);
  scene.sandbox.people.injectUpdate({
    message: {
      message_id: newest(admin) + 1_000_000,
      date: now,
      from: { ...admin.persona, is_bot: false },
      chat: { id: admin.id, type: 'private', first_name: admin.persona.first_name },
      text: 'Where is my order?',
      forward_origin: { date: now, ...origin },
    },
  });
}

const newest = (person: Person) => botMessages(person).at(-1)?.message_id ?? 0;
const cardOf = (person: Person) => ask(admin, `/user ${person.id}`, /Since/);
const shown = (message: Message) =>
  botMessages(admin).find(({ message_id: id }) => id === message.message_id) ?? message;

describe('the card of a person', () => {
  test('is found by id, by a passed-on message, and says what they have', async () => {
    const emma = await newcomer();
    await order(emma, mug, 1);
    const card = textOf(await cardOf(emma));
    expect(card).toMatch(/Photoshoots: 1 · pictures 1/);
    expect(card).toMatch(/Credits: 7/);
    const before = newest(admin);
    passOn({ type: 'user', sender_user: { ...emma.persona, is_bot: false } });
    const passed = await waitForText(admin, /Photoshoots: 1 · pictures 1/, { after: before });
    expect(textOf(passed)).toContain(String(emma.id));
    passOn({ type: 'hidden_user', sender_user_name: 'Emma' });
    await waitForText(admin, plain(textsOf(admin)('user-hidden')), { after: passed.message_id });
    await ask(admin, '/user 999999', textsOf(admin)('gift-unknown'));
    await ask(admin, '/user', /or forward me a message/);
  });

  test('corrects credits after one question, once for two taps, and tells the person why', async () => {
    const emma = await newcomer();
    await cardOf(emma);
    await tap(admin, 'Correct credits');
    await waitForText(admin, /Up or down by how many/, { after: newest(admin) - 1 });
    await ask(admin, 'three please', /Up or down by how many/);
    const question = await ask(admin, '+3 Two <pictures> were cut', /Add 3 to/);
    expect(textOf(question)).toMatch(/have 8 now and 11 then/);
    const yes = { data: callbackOf(question, 0), messageId: question.message_id };
    const answers = await Promise.all([tap(admin, yes), tap(admin, yes)]);
    expect(answers.filter(({ text }) => text === 'That was done already.')).toHaveLength(1);
    await waitForText(admin, /Corrected, and the person knows[\s\S]*Credits: 11/);
    await waitForText(emma, /were corrected: \+3\. Two <pictures> were cut/);
    expect(botMessages(emma).filter((message) => /were corrected/.test(textOf(message)))).toHaveLength(1);
  });

  test('takes no more than there is, and says so before', async () => {
    const emma = await newcomer();
    await cardOf(emma);
    await tap(admin, 'Correct credits');
    const question = await ask(admin, '-9 given twice', /Take 9 from/);
    expect(textOf(question)).toMatch(/They have 8, and I take no more/);
    expect(buttons(question)).toEqual(['Leave it']);
  });

  test('is written to, and where that does not arrive the owner reads that it was not sent', async () => {
    const emma = await newcomer();
    const say = async (words: string) => {
      await cardOf(emma);
      await tap(admin, 'Write to them');
      const question = await ask(admin, words, /Send this to Emma/);
      await tap(admin, { data: callbackOf(question, 0), messageId: question.message_id });
    };
    await say('Your mug is lovely');
    await waitForText(emma, /Your mug is lovely/);
    await waitForText(admin, textsOf(admin)('request-done-message'));
    emma.block();
    await say('Are you there?');
    await waitForText(admin, textsOf(admin)('request-unsent'));
  });

  test('a question is left by any command: the next words are ordinary', async () => {
    const emma = await newcomer();
    await cardOf(emma);
    await tap(admin, 'Shut out');
    await ask(admin, '/admin', /For owners/);
    await ask(admin, 'spam', textsOf(admin)('unknown-message'));
    expect(textOf(await cardOf(emma))).not.toMatch(/shut out:/);
  });
});

describe('somebody who is shut out', () => {
  test('reads why, keeps what they have and the way to support, and is let in again', async () => {
    const emma = await newcomer();
    await cardOf(emma);
    await tap(admin, 'Shut out');
    const question = await ask(admin, 'Stolen cards', /Shut Emma out/);
    await tap(admin, { data: callbackOf(question, 0), messageId: question.message_id });
    await waitForText(emma, /no longer take orders from you: “Stolen cards”/);
    const before = newest(emma);
    await ask(emma, '/buy', /no longer take orders from you: “Stolen cards”[\s\S]*\/support/);
    const [photo] = await emma.sendPhoto(mug);
    await waitForText(emma, /no longer take orders/, { after: photo?.message_id ?? 0 });
    await ask(emma, '/support', /What can we do for you/);
    await ask(emma, 'Why is that?', /is with us/);
    expect(botMessages(emma).filter(({ message_id: id }) => id > before).length).toBe(4);
    const banned = await cardOf(emma);
    expect(textOf(banned)).toMatch(/Credits: 8[\s\S]*shut out/);
    await tap(admin, 'Let in again');
    await waitForText(emma, /welcome again/);
    await ask(emma, '/buy', /Choose a package/);
  });
});

describe('the team', () => {
  test('answers tickets and looks at one person, and touches no money', async () => {
    const [helper, emma] = [await newcomer(), await newcomer()];
    await ask(admin, `/support_add ${helper.id}`, /Who helps with tickets[\s\S]*Emma/);
    await waitForText(helper, /You help with tickets now/);
    await ask(emma, '/support', /What can we do for you/);
    await ask(emma, 'It is late', /is with us/);
    const ticket = await waitForText(helper, /It is late/);
    await tap(helper, { data: callbackOf(ticket, 0), messageId: ticket.message_id });
    await ask(helper, 'It is coming', /has arrived/);
    await waitForText(emma, /It is coming/);

    const card = await ask(helper, `/user ${emma.id}`, /Since/);
    expect(buttons(card).some((text) => /Correct|Give|Shut|Payments|Orders/.test(text))).toBe(false);
    expect(buttons(await ask(helper, '/admin', /For owners/))).toEqual([
      expect.stringMatching(/^Tickets/),
      'Dashboard',
    ]);
    const unknown = textsOf(helper)('unknown-message');
    const theirs = commandsFor('support');
    for (const name of commandsFor('owner').filter((command) => !theirs.includes(command)))
      await ask(helper, `/${name} ${emma.id}`, unknown);
    const missing = plain(textsOf(helper)('error-not-found'));
    for (const data of [
      `ask:${emma.id}:correct`,
      `ask:${emma.id}:ban`,
      `person:${emma.id}:unban`,
      'list:payments:1',
      'list:orders:1',
      'refund:1',
      'refund:1:yes:asked',
      'settle:1',
      'retry:1',
      'act:1:yes',
      'brake:stop',
      `team:${helper.id}`,
      'admin:brakes',
    ])
      expect((await tap(helper, { data, messageId: card.message_id })).text, data).toBe(missing);

    await ask(admin, '/team', /Who helps/);
    await tap(admin, 'End the help of Emma');
    await ask(helper, '/tickets', unknown);
  });
});

describe('the brakes', () => {
  test('close the shop with words that buyers read, and open it again', async () => {
    const emma = await newcomer();
    await ask(admin, '/pause', /Buyers read why/);
    await ask(admin, '/pause Back at <noon>', /Nothing is sold[\s\S]*Back at <noon>/);
    await ask(emma, '/buy', /“Back at <noon>”/);
    await waitForButton(admin, 'Open the shop');
    await tap(admin, 'Open the shop');
    await ask(emma, '/buy', /Choose a package/);
  });

  test('stop free credits for newcomers, from the menu', async () => {
    await ask(admin, '/admin', /For owners/);
    await tap(admin, 'Brakes');
    await tap(admin, 'Stop free credits');
    const late = await newcomer();
    await ask(late, '/balance', textsOf(late)('balance', { credits: 0 }));
    await tap(admin, 'Give free credits again');
    await ask(await newcomer(), '/balance', /8/);
  });
});

describe('a broadcast', () => {
  test('is written, tried on oneself, sent, muted by its reader and brought back in the settings', async () => {
    const emma = await newcomer();
    const marina = await newcomer('ru');
    const draft = await ask(admin, '/broadcast', /not sent/);
    await tap(admin, 'Write in en');
    await ask(admin, 'A <new> style', /A <new> style/);
    await tap(admin, 'Write in ru');
    const written = await ask(admin, 'Новый стиль', /Новый стиль/);
    expect(written.message_id).toBeGreaterThan(draft.message_id);
    await tap(admin, 'Send it to me alone');
    await waitForText(admin, /^A <new> style$/);
    await waitForText(admin, /^Новый стиль$/);
    await tap(admin, { data: callbackNamed(written, /^Send to \d+$/), messageId: written.message_id });
    const news = await waitForText(emma, /^A <new> style$/);
    await waitForText(marina, /^Новый стиль$/);
    await waitForText(admin, /Sent \d+ · waiting 0/);
    expect(textOf(shown(written))).toMatch(/· sent/);

    const answer = await tap(emma, { data: callbackNamed(news, /No more news/), messageId: news.message_id });
    expect(answer.text).toBe(plain(textsOf(emma)('news-off')));
    await ask(emma, '/settings', /You get no news/);
    await tap(emma, 'News again');
    await waitForText(emma, /You get our news, now and then/);
    expect(botMessages(emma).filter((message) => textOf(message) === 'A <new> style')).toHaveLength(1);
  });
});

describe('the menu', () => {
  test('edits one message, and leads to every list and back', async () => {
    const menu = await ask(admin, '/admin', /For owners/);
    const count = botMessages(admin).length;
    for (const [key, says] of [
      [/^Tickets/, /ticket/i],
      [/^Held/, /held/i],
      [/^Failed/, /given up/],
      [/^Payments/, /Payments/],
      [/^Orders/, /Orders/],
      [/^Statistics/, /Money/],
      [/^Brakes/, /Brakes/],
      [/^Digests/, /Every morning/],
      [/^Team/, /Who helps/],
    ] as const) {
      const button = buttons(shown(menu)).find((text) => key.test(text));
      await tap(admin, button ?? String(key));
      expect(textOf(shown(menu))).toMatch(says);
      await tap(admin, '‹ Menu');
      expect(textOf(shown(menu))).toMatch(/For owners/);
    }
    expect(botMessages(admin)).toHaveLength(count);
  });

  test('has a key for digests of weeks, and one that ends them', async () => {
    const menu = await ask(admin, '/admin', /For owners/);
    const t = textsOf(admin);
    await tap(admin, t('button-digests'));
    expect(textOf(shown(menu))).toContain(t('digests-not-weekly'));
    await tap(admin, t('button-weekly-begin'));
    expect(textOf(shown(menu))).toContain(t('digests-weekly'));
    await tap(admin, t('button-weekly-end'));
    expect(textOf(shown(menu))).toContain(t('digests-not-weekly'));
  });
});

function callbackOf(message: Message, index: number): string {
  const button = message.reply_markup?.inline_keyboard.flat()[index];
  if (button === undefined || !('callback_data' in button)) throw new Error('there is no such button');
  return button.callback_data;
}

function callbackNamed(message: Message, text: RegExp): string {
  const index = buttons(message).findIndex((button) => text.test(button));
  return callbackOf(message, index);
}
