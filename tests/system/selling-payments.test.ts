/** Money as people meet it: buying, paying twice, refunds, chargebacks, and what the owners see. */
import type { Message } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { createGateway, type Gateway } from '../../src/telegram/gateway.ts';
import {
  ask,
  botMessages,
  choose,
  picturesOf,
  place,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { silentLog } from '../support/running-app.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const photo = await sampleProductPhoto();

const scene = playScene(
  { FREE_CREDITS: '1' },
  {
    // Of the money that fits no order.
    expected: {
      refusals: /^refundStarPayment: Bad Request: CHARGE_NOT_FOUND/,
      errors: /^(a payment is held|a refund did not go through)$/,
    },
  },
);
let admin: Person;
/** What happens past the bot: another invoice for the same order, money that Telegram takes back. */
let telegram: Gateway;

beforeAll(async () => {
  admin = scene.sandbox.people.of(ADMIN_ID);
  const { botToken: token, telegramApiRoot: apiRoot } = scene.sandbox;
  telegram = createGateway({ token, apiRoot, log: silentLog, pacing: 'off' });
  await ask(admin, '/start', /Hello/);
});
afterAll(() => telegram.close());

const balanceText = async (person: Person) => textOf(await ask(person, '/balance', /You (have|owe)/));

async function newcomer(): Promise<Person> {
  const emma = seller(scene, 'en');
  await ask(emma, '/start', /Hello/);
  return emma;
}

/** Asks for the smallest package. @returns its invoice */
async function invoiceFor(person: Person): Promise<Message> {
  const shop = await ask(person, '/buy', /Choose a package/);
  await tap(person, buttons(shop)[0] ?? '');
  return person.waitFor((message) => message.invoice !== undefined && message.message_id > shop.message_id);
}

/** Buys the smallest package. @returns the message with which Telegram reports the payment */
async function buy(person: Person): Promise<{ invoice: Message; report: Message; chargeId: string }> {
  const invoice = await invoiceFor(person);
  const outcome = await person.pay(invoice.message_id);
  if (outcome.status !== 'paid') throw new Error(`the payment was ${outcome.status}`);
  await waitForText(person, /12 credits added/, { after: invoice.message_id });
  return { invoice, report: outcome.message, chargeId: outcome.telegram_payment_charge_id };
}

describe('buying', () => {
  test('takes a tap and a payment, and the pictures are there', async () => {
    const emma = await newcomer();
    const stars = emma.stars();
    const { invoice } = await buy(emma);
    expect(invoice.invoice).toMatchObject({ currency: 'XTR', total_amount: 99 });
    expect(emma.stars()).toBe(stars - 99);
    expect(await balanceText(emma)).toContain('13 credits');
  });

  test('is credited once, though Telegram reports the payment fifty times', async () => {
    const emma = await newcomer();
    const { report } = await buy(emma);
    for (let n = 0; n < 25; n++) {
      // The same update again, and the same report as another update.
      scene.sandbox.people.injectUpdate({ update_id: 900_000_000, message: report });
      scene.sandbox.people.injectUpdate({ message: report });
    }
    expect(await balanceText(emma)).toContain('13 credits');
    const thanks = botMessages(emma).filter((message) => textOf(message).includes('12 credits added'));
    expect(thanks).toHaveLength(1);
  });

  test('twice with one invoice is refused before money flows; money that came all the same is credited', async () => {
    const emma = await newcomer();
    const { invoice, report } = await buy(emma);
    const stars = emma.stars();
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'refused' });
    expect(emma.stars()).toBe(stars);
    const payment = { ...report.successful_payment, telegram_payment_charge_id: `second-${emma.id}` };
    scene.sandbox.people.injectUpdate({ message: { ...report, successful_payment: payment } });
    await waitForText(emma, /counts as a new purchase/);
    expect(await balanceText(emma)).toContain('25 credits');
  });

  test('at another price, or by somebody else, is refused before money flows', async () => {
    const [emma, other] = [await newcomer(), await newcomer()];
    const { report } = await buy(emma);
    const payload = report.successful_payment?.invoice_payload ?? '';
    const invoice = await invoiceFor(emma);
    const texts = { title: 'Pictures', description: 'Pictures', currency: 'XTR' };
    const cheap = await telegram.call('createInvoiceLink', {
      ...texts,
      payload: nextOrder(payload),
      prices: [{ label: 'Pictures', amount: 1 }],
    });
    expect(await emma.pay(cheap)).toMatchObject({
      status: 'refused',
      error_message: textsOf(emma)('checkout-price'),
    });
    expect(await other.pay(invoice.message_id)).toMatchObject({
      status: 'refused',
      error_message: textsOf(other)('checkout-payer'),
    });
    expect(await balanceText(emma)).toContain('13 credits');
  });
});

/** The invoice after this one: orders are numbered, and this seller’s next invoice is the next order. */
function nextOrder(payload: string): string {
  return `order:${Number(payload.slice('order:'.length)) + 1}`;
}

describe('a photoshoot that is short of credits', () => {
  test('waits for the payment and starts by itself when it lands', async () => {
    const emma = await newcomer();
    const photoshootId = await place(emma, await sendProduct(emma, photo), 2);
    const wall = await waitForText(emma, /1 more credit is needed/);
    await tap(emma, { data: `buy:1:stars:${photoshootId}`, messageId: wall.message_id });
    const invoice = await emma.waitFor((message) => message.invoice !== undefined);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    const result = await waitForResult(emma, photoshootId);
    expect(textOf(result)).toContain('2 pictures are ready');
    expect(textOf(result)).toContain('2 credits used. 11 left.');
    expect(wall.message_id).toBeLessThan(invoice.message_id);
  });

  test('is made once with the last credit, however often Create is tapped', async () => {
    const emma = await newcomer();
    const card = await sendProduct(emma, photo);
    const id = await choose(emma, card);
    await Promise.all(
      Array.from({ length: 5 }, () => tap(emma, { data: `place:${id}`, messageId: card.message_id })),
    );
    const result = await waitForResult(emma, id);
    expect(textOf(result)).toContain('1 credit used. None left.');
    expect(picturesOf(emma)).toHaveLength(1);
    expect(await balanceText(emma)).toContain('no credits');
  });
});

describe('a refund', () => {
  /** The newest payment's button in the list, for the admin. */
  async function openRefund(): Promise<Message> {
    const list = await ask(admin, '/payments', /Payments/);
    await tap(admin, buttons(list)[0] ?? '');
    return waitForButton(admin, /^Refund 99 ⭐: they asked$/);
  }

  test('is one tap and one question, and the buyer is told', async () => {
    const emma = await newcomer();
    await buy(emma);
    const stars = emma.stars();
    const question = await openRefund();
    expect(textOf(question)).toMatch(/99 ⭐ go back to Emma/);
    expect(textOf(question)).toContain('It bought 12 credits. 12 are unused and are taken back.');
    await tap(admin, 'Refund 99 ⭐: they asked');
    await waitForText(admin, /is refunded/);
    await waitForText(emma, /99 ⭐ has been refunded. You have 1 credit left/);
    expect(emma.stars()).toBe(stars + 99);
    expect(await balanceText(emma)).toContain('1 credit');
  });

  test('after spending takes what is left', async () => {
    const emma = await newcomer();
    await buy(emma);
    const photoshootId = await place(emma, await sendProduct(emma, photo), 3);
    await waitForResult(emma, photoshootId);
    const question = await openRefund();
    expect(textOf(question)).toContain('10 are unused');
    await tap(admin, 'Refund 99 ⭐: they asked');
    await waitForText(emma, /has been refunded. You have no credits left/);
  });

  test('of a double click is done once, and the second click is told', async () => {
    const emma = await newcomer();
    await buy(emma);
    const stars = emma.stars();
    const question = await openRefund();
    const yes = question.reply_markup?.inline_keyboard.flat()[0];
    const data = yes !== undefined && 'callback_data' in yes ? yes.callback_data : '';
    const button = { data, messageId: question.message_id };
    const answers = await Promise.all([tap(admin, button), tap(admin, button)]);
    const nothing = textsOf(admin)('error-nothing-to-refund');
    expect(answers.filter((answer) => answer.text === nothing)).toHaveLength(1);
    await waitForText(emma, /has been refunded/);
    expect(emma.stars()).toBe(stars + 99);
  });

  test('does not exist for anybody else', async () => {
    const emma = await newcomer();
    const { invoice } = await buy(emma);
    const answer = await tap(emma, { data: 'refund:1:yes', messageId: invoice.message_id });
    expect(answer.text).toBe(textsOf(emma)('error-not-found'));
    const before = botMessages(emma).length;
    for (const command of ['/payments', '/held', `/payments ${emma.id}`]) emma.sendText(command);
    expect(await balanceText(emma)).toContain('13 credits');
    // Each was answered as any command is that there is not.
    const unknown = plain(textsOf(emma)('unknown-message'));
    expect(botMessages(emma).slice(before, -1).map(textOf)).toEqual([unknown, unknown, unknown]);
  });
});

describe('money that fits no order', () => {
  test('is held, told, and listed for the admins; a refund that Telegram refuses changes nothing', async () => {
    const emma = await newcomer();
    const { report } = await buy(emma);
    // Telegram knows no such charge, so that it will not give it back either.
    const payment = {
      ...report.successful_payment,
      invoice_payload: 'order:987654321',
      telegram_payment_charge_id: `held-${emma.id}`,
    };
    scene.sandbox.people.injectUpdate({ message: { ...report, successful_payment: payment } });
    await waitForText(emma, /does not fit any open order/);
    await waitForText(admin, /fits no order and is held/);
    const held = await ask(admin, '/held', /Money that fits no order/);
    expect(textOf(held)).toContain(`Emma (${emma.id}) · held (no such order)`);
    await tap(admin, buttons(held)[0] ?? '');
    await waitForButton(admin, 'Refund 99 ⭐: they asked', { after: held.message_id - 1 });
    await tap(admin, 'Refund 99 ⭐: they asked');
    await waitForText(admin, /Telegram refused to refund payment/);
    expect(textOf(await ask(admin, '/held', /Money that fits no order/))).toContain(`(${emma.id})`);
    expect(await balanceText(emma)).toContain('13 credits');
  });
});

describe('a chargeback', () => {
  test('of spent credits leaves a debt that is shown plainly, told to the admins, and settled by the next purchase', async () => {
    const emma = await newcomer();
    const { chargeId } = await buy(emma);
    const photoshootId = await place(emma, await sendProduct(emma, photo), 2);
    await waitForResult(emma, photoshootId);
    await telegram.call('refundStarPayment', { user_id: emma.id, telegram_payment_charge_id: chargeId });
    await waitForText(admin, new RegExp(`Person ${emma.id} took payment`));
    expect(await balanceText(emma)).toContain('You owe 1 credit:');
    await buy(emma);
    expect(await balanceText(emma)).toContain('11 credits');
  });
});
