import { randomBytes } from 'node:crypto';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { readKeyboard } from '../keyboard.ts';
import { isObject, type Parameters, readArray, readFlag, readInteger, readText } from '../parameters.ts';
import { STARS } from '../payments.ts';
import { badRequest } from '../refusal.ts';
import { readSendOptions } from '../send-options.ts';
import type { InvoiceRecord } from '../state.ts';
import type { Method } from '../store.ts';

const MAX_TITLE_LENGTH = 32;
const MAX_DESCRIPTION_LENGTH = 255;
const MAX_PAYLOAD_BYTES = 128;
/** Seconds: thirty days, the only period there is. */
const SUBSCRIPTION_PERIOD = 2_592_000;
const MAX_SUBSCRIPTION_STARS = 10_000;
/** Stars are sold for digital goods, so nothing about the buyer may be asked. */
const NOT_WITH_STARS = [
  'need_name',
  'need_phone_number',
  'need_email',
  'need_shipping_address',
  'is_flexible',
];

export const sendInvoice: Method = (parameters, store) => {
  const invoice = readInvoice(parameters);
  const keyboard = readKeyboard(parameters, { forInvoice: true }) ?? payKeyboard(invoice);
  const first = keyboard.inline_keyboard[0]?.[0];
  if (!first || !('pay' in first)) throw badRequest('BUTTON_TYPE_INVALID');
  const { chat, common } = readSendOptions(parameters, store, keyboard);
  const message = store.chats.post(chat, 'bot', {
    ...common,
    invoice: {
      title: invoice.title,
      description: invoice.description,
      start_parameter: invoice.startParameter,
      currency: invoice.currency,
      total_amount: invoice.total,
    },
  });
  store.payments.keep(message.message_id, invoice);
  return message;
};

export const createInvoiceLink: Method = (parameters, { payments }) => {
  const invoice = readInvoice(parameters);
  const period = readInteger(parameters, 'subscription_period');
  if (period !== undefined) {
    if (period !== SUBSCRIPTION_PERIOD || invoice.currency !== STARS) {
      throw badRequest('SUBSCRIPTION_PERIOD_INVALID');
    }
    if (invoice.total > MAX_SUBSCRIPTION_STARS) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
    invoice.subscriptionPeriod = period;
  }
  const link = `https://t.me/$${randomBytes(12).toString('base64url')}`;
  payments.keep(link, invoice);
  return link;
};

function readInvoice(parameters: Parameters): InvoiceRecord {
  const title = readText(parameters, 'title') ?? '';
  const description = readText(parameters, 'description') ?? '';
  const payload = readText(parameters, 'payload') ?? '';
  const currency = readText(parameters, 'currency') ?? '';
  // What the real server says about bad titles and descriptions is not documented; these are in its manner.
  if (title === '' || title.length > MAX_TITLE_LENGTH) throw badRequest('INVOICE_TITLE_INVALID');
  if (description === '' || description.length > MAX_DESCRIPTION_LENGTH) {
    throw badRequest('INVOICE_DESCRIPTION_INVALID');
  }
  const payloadBytes = Buffer.byteLength(payload);
  if (payloadBytes === 0 || payloadBytes > MAX_PAYLOAD_BYTES) throw badRequest('INVOICE_PAYLOAD_INVALID');
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID');

  const amounts = readAmounts(parameters);
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const token = readText(parameters, 'provider_token') ?? '';
  if (currency === STARS) {
    const asksForMore = NOT_WITH_STARS.some((name) => readFlag(parameters, name));
    if (amounts.length !== 1 || token !== '' || asksForMore) throw badRequest('STARS_INVOICE_INVALID');
  } else if (token === '') throw badRequest('PAYMENT_PROVIDER_INVALID');
  if (total < 1) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID');
  return {
    title,
    description,
    payload,
    currency,
    total,
    startParameter: readText(parameters, 'start_parameter') ?? '',
  };
}

function readAmounts(parameters: Parameters): number[] {
  const prices = readArray(parameters, 'prices', 'LabeledPrice');
  if (!prices) throw badRequest('parameter "prices" is required');
  return prices.map((price) => {
    const valid =
      isObject(price) &&
      typeof price.label === 'string' &&
      price.label !== '' &&
      Number.isSafeInteger(price.amount);
    if (!valid) throw badRequest("can't parse LabeledPrice: label and amount are needed");
    return Number(price.amount);
  });
}

function payKeyboard(invoice: InvoiceRecord): InlineKeyboardMarkup {
  const price =
    invoice.currency === STARS
      ? `⭐️${invoice.total}`
      : `${(invoice.total / 100).toFixed(2)} ${invoice.currency}`;
  return { inline_keyboard: [[{ text: `Pay ${price}`, pay: true }]] };
}
