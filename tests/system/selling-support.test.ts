/** The rules of the platform: terms, and help with a payment by a person. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  ask,
  botMessages,
  idIn,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForCard,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const photo = await sampleProductPhoto();

// An owner may answer somebody who has blocked the bot.
const scene = playScene({}, { expected: { refusals: /bot was blocked by the user/ } });
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

const newest = (person: Person) => botMessages(person).at(-1)?.message_id ?? 0;

describe('/terms', () => {
  test.each(['en', 'ru'])('are there in %s', async (language) => {
    const person = await newcomer(language);
    const t = textsOf(person);
    expect(textOf(await ask(person, '/terms', t('terms')))).toBe(plain(t('terms')));
  });
});

describe('/paysupport', () => {
  test('opens one ticket with the last charges in it, and a person answers', async () => {
    const emma = await newcomer();
    const shop = await ask(emma, '/buy', /Choose a package/);
    await tap(emma, buttons(shop)[0] ?? '');
    const invoice = await emma.waitFor((message) => message.invoice !== undefined);
    const paid = await emma.pay(invoice.message_id);
    if (paid.status !== 'paid') throw new Error(`the payment was ${paid.status}`);
    await waitForText(emma, /12 credits added/);

    const question = await ask(emma, '/paysupport', /What happened with the payment/);
    expect(textOf(question)).toContain(paid.telegram_payment_charge_id);
    await ask(emma, '/paysupport', /What happened with the payment/);
    await ask(emma, 'It was taken <twice>', /ticket \d+ is with us/);
    const ticket = await waitForText(admin, /It was taken <twice>/);
    expect(textOf(ticket)).toContain(`payment · person ${emma.id}`);
    expect(textOf(ticket)).toContain(paid.telegram_payment_charge_id);

    await tap(admin, { data: dataOf(ticket, 'reply'), messageId: ticket.message_id });
    await waitForText(admin, /Write your answer to ticket/);
    const before = newest(emma);
    await ask(admin, 'It came back to you today.', /has arrived/);
    const answer = await waitForText(emma, /It came back to you today\./, { after: before });
    expect(buttons(answer)).toEqual(['Write back']);
    await tap(emma, 'Write back');
    await waitForText(emma, /What can we do for you/, { after: answer.message_id });
    await ask(emma, 'Thank you!', /is with us/);
    await waitForText(admin, /Thank you!/);

    expect(buttons(await ask(admin, '/tickets', /Tickets that wait/))).toContainEqual(
      expect.stringContaining('Emma · payment'),
    );
    await tap(admin, { data: dataOf(ticket, 'resolve'), messageId: ticket.message_id });
    await waitForText(emma, /Ticket \d+ is resolved/);
  });

  test('of somebody without a payment asks all the same', async () => {
    const emma = await newcomer();
    const question = await ask(emma, '/paysupport', /What happened with the payment/);
    expect(textOf(question)).not.toContain('last payments');
  });
});

describe('/support', () => {
  test('takes a photo that is said to be for it; what comes after is an ordinary message again', async () => {
    const emma = await newcomer();
    const t = textsOf(emma);
    await ask(emma, '/support', /What can we do for you/);
    const before = newest(admin);
    await emma.sendPhoto(photo, { caption: 'It looks odd' });
    const question = await waitForText(emma, t('card-purpose'));
    expect(buttons(question)).toEqual([t('button-for-support'), t('button-new-product')]);
    const attach = { data: callbackOf(question, 0), messageId: question.message_id };
    await Promise.all([tap(emma, attach), tap(emma, attach)]);
    expect((await waitForText(emma, /is with us/)).message_id).toBe(question.message_id);
    const ticket = await waitForText(admin, /It looks odd/, { after: before });
    await admin.waitFor((message) => message.photo !== undefined && message.message_id > before);
    await ask(emma, 'hello?', t('help'));
    expect(botMessages(admin).filter((message) => message.message_id > ticket.message_id)).toHaveLength(1);
    expect(botMessages(emma).filter((message) => idIn(message, 'place') !== null)).toEqual([]);
  });

  test.each(['/start', '/cancel', '/balance', '/nonsense'])(
    'is left by %s: the next photo is a product',
    async (command) => {
      const emma = await newcomer();
      await ask(emma, '/support', /What can we do for you/);
      const before = newest(admin);
      await ask(emma, command, /./);
      await sendProduct(emma, photo);
      expect(newest(admin)).toBe(before);
    },
  );

  test('asks what a photo is for, which becomes a product when it is one, a whole album with one question', async () => {
    const emma = await newcomer();
    const t = textsOf(emma);
    await ask(emma, '/support', /What can we do for you/);
    const before = newest(admin);
    await emma.sendAlbum([photo, photo]);
    const question = await waitForText(emma, t('card-purpose'));
    await ask(emma, 'By the way: thank you', /is with us/);
    await tap(emma, { data: callbackOf(question, 1), messageId: question.message_id });
    const card = await waitForCard(emma);
    expect(card.message_id).toBe(question.message_id);
    const received = plain(t('card-received', { photos: 2 }));
    const edits = scene.sandbox.journal.calls().filter((call) => call.method === 'editMessageText');
    expect(edits.map((call) => plain(String(call.parameters.text)))).toContain(received);
    await waitForText(admin, /By the way/, { after: before });
    expect(
      botMessages(admin).filter((message) => message.photo !== undefined && message.message_id > before),
    ).toEqual([]);
  });

  test('is between its person and the owners', async () => {
    const [emma, other] = [await newcomer(), await newcomer()];
    await ask(emma, '/support', /What can we do for you/);
    const before = newest(admin);
    await ask(emma, 'A secret', /is with us/);
    const ticket = await waitForText(admin, /A secret/, { after: before });
    const id = dataOf(ticket, 'reply').split(':')[1];
    const refused = textsOf(other)('error-not-found');
    for (const data of [`ticket:${id}:open`, `ticket:${id}:reply`, `ticket:${id}:resolve`, `support:${id}`]) {
      expect((await tap(other, { data })).text).toBe(refused);
    }
  });

  test('tells the owner when the person cannot be reached, and keeps the answer', async () => {
    const emma = await newcomer();
    await ask(emma, '/support', /What can we do for you/);
    const before = newest(admin);
    await ask(emma, 'Are you there?', /is with us/);
    const ticket = await waitForText(admin, /Are you there\?/, { after: before });
    emma.block();
    await tap(admin, { data: dataOf(ticket, 'reply'), messageId: ticket.message_id });
    await waitForText(admin, /Write your answer/, { after: ticket.message_id });
    await ask(admin, 'Yes.', /could not be delivered/);
    await tap(admin, { data: dataOf(ticket, 'open'), messageId: ticket.message_id });
    await waitForText(admin, /We\nYes\./);
  });
});

describe('an answer', () => {
  test('that is as long as a message may be arrives whole, with no emoji cut in two', async () => {
    const emma = await newcomer();
    await ask(emma, '/support', /What can we do for you/);
    const before = newest(admin);
    // The 700th unit, where the owner's card cuts, is half an emoji.
    await ask(emma, `${'y'.repeat(699)}${'😀'.repeat(50)}`, /is with us/);
    const ticket = await waitForText(admin, /y…/, { after: before });
    await tap(admin, { data: dataOf(ticket, 'reply'), messageId: ticket.message_id });
    await waitForText(admin, /Write your answer/, { after: ticket.message_id });
    const asked = newest(emma);
    const answer = `${'word '.repeat(790)}${'😀'.repeat(70)}`;
    expect(answer).toHaveLength(4090);
    await ask(admin, answer, /has arrived/);
    const parts = botMessages(emma).filter((message) => message.message_id > asked);
    const said = parts.map((part) => textOf(part).split('\n').slice(1).join('\n')).join(' ');
    expect(said).toBe(answer);
  });
});

function callbackOf(message: Awaited<ReturnType<typeof ask>>, index: number): string {
  const button = message.reply_markup?.inline_keyboard.flat()[index];
  return button !== undefined && 'callback_data' in button ? button.callback_data : '';
}

/** The data of the button that does this with a ticket. */
function dataOf(ticket: Awaited<ReturnType<typeof ask>>, action: 'reply' | 'resolve' | 'open'): string {
  const [first] = ticket.reply_markup?.inline_keyboard.flat() ?? [];
  const data = first !== undefined && 'callback_data' in first ? first.callback_data : '';
  return data.replace(/[a-z]+$/, action);
}
