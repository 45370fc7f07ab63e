import { describe, expect, test } from 'vitest';
import { type Double, startDouble } from './telegram-double.ts';

const invoice = {
  title: 'Ten pictures',
  description: 'Ten more pictures',
  payload: 'order:1',
  currency: 'XTR',
  prices: [{ label: 'Ten pictures', amount: 50 }],
};

/** Answers the next pre-checkout query as the test says. */
async function answerPreCheckout(bot: Double, verdict: object) {
  const { result } = await bot.call('getUpdates', { timeout: 50 });
  const query = result.at(-1).pre_checkout_query;
  await bot.call('getUpdates', { offset: result.at(-1).update_id + 1 });
  const answer = await bot.call('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ...verdict });
  return { query, answer };
}

async function buy(bot: Double, parameters: object = invoice) {
  const ann = await bot.acquaintance();
  const sent = await bot.call('sendInvoice', { chat_id: ann.id, ...parameters });
  const paying = ann.pay(sent.result.message_id);
  const { query } = await answerPreCheckout(bot, { ok: true });
  return { ann, query, sent, outcome: await paying };
}

describe('paying with Stars', () => {
  test('an invoice has a Pay button, is asked about, and is paid', async () => {
    const bot = await startDouble();
    const { ann, query, sent, outcome } = await buy(bot);
    expect(sent.result).toMatchObject({
      invoice: { title: 'Ten pictures', currency: 'XTR', total_amount: 50 },
      reply_markup: { inline_keyboard: [[{ pay: true }]] },
    });
    expect(query).toMatchObject({ invoice_payload: 'order:1', total_amount: 50, from: { id: ann.id } });
    if (outcome.status !== 'paid') throw new Error(outcome.status);
    const { result } = await bot.call('getUpdates');
    expect(result).toMatchObject([
      {
        message: {
          successful_payment: {
            currency: 'XTR',
            total_amount: 50,
            invoice_payload: 'order:1',
            telegram_payment_charge_id: outcome.telegram_payment_charge_id,
          },
        },
      },
    ]);
    expect(ann.stars()).toBe(4950);
    expect((await bot.call('getMyStarBalance')).result).toEqual({ amount: 50 });
  });

  test('a refused payment costs nothing and gives the bot’s reason', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const sent = await bot.call('sendInvoice', { chat_id: ann.id, ...invoice });
    const paying = ann.pay(sent.result.message_id);
    await answerPreCheckout(bot, { ok: false, error_message: 'Sold out' });
    expect(await paying).toEqual({ status: 'refused', error_message: 'Sold out' });
    expect(ann.stars()).toBe(5000);
    expect((await bot.call('getUpdates')).result).toEqual([]);
  });

  test('a bot that is silent for too long gets no payment, and its late answer is refused', async () => {
    const bot = await startDouble({ timing: { preCheckoutMs: 1 } });
    const ann = await bot.acquaintance();
    const sent = await bot.call('sendInvoice', { chat_id: ann.id, ...invoice });
    expect(await ann.pay(sent.result.message_id)).toEqual({ status: 'unanswered' });
    const { answer } = await answerPreCheckout(bot, { ok: true });
    expect(answer.description).toBe(
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
    expect(ann.stars()).toBe(5000);
  });

  test('a refund gives the Stars back once and is told to the bot', async () => {
    const bot = await startDouble();
    const { ann, outcome } = await buy(bot);
    if (outcome.status !== 'paid') throw new Error(outcome.status);
    const charge = { user_id: ann.id, telegram_payment_charge_id: outcome.telegram_payment_charge_id };
    expect((await bot.call('refundStarPayment', charge)).result).toBe(true);
    expect(await bot.call('refundStarPayment', charge)).toMatchObject({
      error_code: 400,
      description: 'Bad Request: CHARGE_ALREADY_REFUNDED',
    });
    expect((await bot.call('refundStarPayment', { ...charge, user_id: 1 })).description).toBe(
      'Bad Request: CHARGE_NOT_FOUND',
    );
    expect(ann.stars()).toBe(5000);
    const { result } = await bot.call('getUpdates');
    expect(result.at(-1).message.refunded_payment).toMatchObject({
      total_amount: 50,
      invoice_payload: 'order:1',
    });

    const { transactions } = (await bot.call('getStarTransactions')).result;
    expect(transactions).toMatchObject([
      {
        id: charge.telegram_payment_charge_id,
        amount: 50,
        source: { type: 'user', invoice_payload: 'order:1' },
      },
      { id: charge.telegram_payment_charge_id, amount: 50, receiver: { user: { id: ann.id } } },
    ]);
    expect((await bot.call('getStarTransactions', { offset: 1, limit: 1 })).result.transactions).toEqual([
      transactions[1],
    ]);
    expect((await bot.call('getMyStarBalance')).result).toEqual({ amount: 0 });
  });

  test('a subscription is sold by a link, paid, and can be cancelled', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const link = await bot.call('createInvoiceLink', { ...invoice, subscription_period: 2_592_000 });
    expect(link.result).toMatch(/^https:\/\/t\.me\/\$/);
    const paying = ann.pay(link.result);
    await answerPreCheckout(bot, { ok: true });
    const outcome = await paying;
    if (outcome.status !== 'paid') throw new Error(outcome.status);
    expect(outcome.message.successful_payment).toMatchObject({
      is_recurring: true,
      is_first_recurring: true,
    });
    const cancel = {
      user_id: ann.id,
      telegram_payment_charge_id: outcome.telegram_payment_charge_id,
      is_canceled: true,
    };
    expect((await bot.call('editUserStarSubscription', cancel)).result).toBe(true);
  });

  test('an invoice that costs more than is left cannot be paid', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const dear = { ...invoice, chat_id: ann.id, prices: [{ label: 'All', amount: 5001 }] };
    const sent = await bot.call('sendInvoice', dear);
    await expect(ann.pay(sent.result.message_id)).rejects.toThrow('5001 Stars are asked and 5000 are left');
  });
});

test('a card pays in money and moves no Stars', async () => {
  const bot = await startDouble();
  const card = {
    ...invoice,
    currency: 'EUR',
    provider_token: 'sandbox-card',
    prices: [
      { label: 'Pictures', amount: 300 },
      { label: 'Tax', amount: 60 },
    ],
  };
  const { ann, sent, outcome } = await buy(bot, card);
  expect(sent.result.reply_markup.inline_keyboard[0][0].text).toBe('Pay 3.60 EUR');
  expect(outcome).toMatchObject({ status: 'paid', message: { successful_payment: { total_amount: 360 } } });
  expect(ann.stars()).toBe(5000);
  expect((await bot.call('getStarTransactions')).result.transactions).toEqual([]);
});

test.each([
  [{ prices: [...invoice.prices, { label: 'More', amount: 1 }] }, 'STARS_INVOICE_INVALID'],
  [{ provider_token: 'card' }, 'STARS_INVOICE_INVALID'],
  [{ need_email: true }, 'STARS_INVOICE_INVALID'],
  [{ currency: 'EUR' }, 'PAYMENT_PROVIDER_INVALID'],
  [{ prices: [{ label: 'Free', amount: 0 }] }, 'CURRENCY_TOTAL_AMOUNT_INVALID'],
  [{ payload: 'я'.repeat(65) }, 'INVOICE_PAYLOAD_INVALID'],
  [{ title: 'x'.repeat(33) }, 'INVOICE_TITLE_INVALID'],
  [{ reply_markup: { inline_keyboard: [[{ text: 'No', callback_data: 'no' }]] } }, 'BUTTON_TYPE_INVALID'],
])('an invoice with %j is refused', async (fault, description) => {
  const bot = await startDouble();
  const ann = await bot.acquaintance();
  const answer = await bot.call('sendInvoice', { chat_id: ann.id, ...invoice, ...fault });
  expect(answer.description).toBe(`Bad Request: ${description}`);
});
