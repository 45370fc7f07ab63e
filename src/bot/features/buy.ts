/** Buying credits without leaving the chat: the shop, invoices, a subscription, pay and continue. */

import { readBalance } from '../../billing/ledger/read-balance.ts';
import { createOrder, rememberInvoice } from '../../billing/orders/create-order.ts';
import { packInvoice } from '../../billing/orders/invoice-payload.ts';
import { type Offer, offerOf, type PaymentMethod, STARS } from '../../billing/orders/offers.ts';
import { readSubscription } from '../../billing/orders/read-subscription.ts';
import { readSelling } from '../../billing/selling.ts';
import { AppError } from '../../errors.ts';
import { removeMessage } from '../../messenger/remove-message.ts';
import { awaitPayment, reopenDraft } from '../../photoshoots/draft/await-payment.ts';
import { countPictures } from '../../photoshoots/draft/plan-pictures.ts';
import { readLatestDelivered } from '../../photoshoots/history.ts';
import type { Draft } from '../../photoshoots/photoshoot.ts';
import { creditsOf } from '../../photoshoots/picture-price.ts';
import { readOwnPhotoshoot, readPhotos, readStyles } from '../../photoshoots/read-photoshoot.ts';
import { invoiceTexts, paywallCard, type Shop, shopCard } from '../../screens/buy-card.ts';
import { readId } from '../../screens/callback-data.ts';
import { button, type Screen } from '../../screens/screen.ts';
import { recordEvent } from '../../statistics/record-event.ts';
import { escapeHtml } from '../../telegram/escape-html.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

/** Thirty days: the only period that Telegram has (Bot API, createInvoiceLink). */
const SUBSCRIPTION_PERIOD_SECONDS = 2_592_000;

export function createBuyFeature(deps: BotDeps): Feature<'shop' | 'buy' | 'subscribe', 'buy'> {
  return {
    commands: {
      async buy(conversation) {
        const shop = await openShop(deps, conversation);
        if (shop !== null) await conversation.send(shop);
      },
    },

    taps: {
      async shop(conversation) {
        const shop = await openShop(deps, conversation);
        if (shop === null) return;
        const back = [button(conversation.t('button-back'), 'menu', 'start')];
        await conversation.show({ ...shop, keyboard: [...shop.keyboard, back] });
      },

      async buy(conversation, tap) {
        if (await saysThatNothingIsSold(deps, conversation)) return;
        const [method, draft] = tap.argument?.split(':') ?? [];
        const photoshootId = draft === undefined ? null : readId(draft);
        await sendInvoice(deps, conversation, {
          index: idOf(tap) - 1,
          method: methodOf(method),
          photoshootId,
        });
      },

      async subscribe(conversation) {
        const plan = deps.selling.subscription;
        if (plan === null) throw notFound();
        if (await saysThatNothingIsSold(deps, conversation)) return;
        const offer: Offer = { ...plan, currency: STARS, amount: plan.stars };
        const input = {
          userId: conversation.userId,
          kind: 'subscription',
          offer,
          photoshootId: null,
        } as const;
        const order = await createOrder(deps.db, { ...input, ttlMs: deps.selling.orderTtlMs }, new Date());
        const link = await deps.gateway.call(
          'createInvoiceLink',
          {
            ...invoiceTexts(conversation.t, offer),
            payload: packInvoice(order.id),
            currency: STARS,
            prices: [{ label: offer.name, amount: offer.amount }],
            subscription_period: SUBSCRIPTION_PERIOD_SECONDS,
          },
          { signal: conversation.signal },
        );
        await conversation.send({
          text: conversation.t('subscription-offer', { credits: plan.credits, stars: plan.stars }),
          keyboard: [[{ text: conversation.t('button-subscribe-pay', { stars: plan.stars }), url: link }]],
        });
      },
    },
  };
}

/** @returns null while nothing is sold, which the person has then been told */
async function openShop(deps: BotDeps, conversation: Conversation): Promise<Screen | null> {
  const { userId, t, customer } = conversation;
  await recordEvent(deps.db, { userId, kind: 'paywall-seen', key: `paywall-seen:${userId}` });
  if (await saysThatNothingIsSold(deps, conversation)) return null;
  const [shop, balance] = [await readShop(deps, conversation), await readBalance(deps.db, userId)];
  return shopCard(t, customer.language, shop, balance.credits);
}

/** A start link named a package: its invoice comes at once. An unknown number is passed over. */
export async function offerPackage(deps: BotDeps, conversation: Conversation, number: number): Promise<void> {
  if (deps.selling.packages[number - 1] === undefined) return;
  if (await saysThatNothingIsSold(deps, conversation)) return;
  await sendInvoice(deps, conversation, { index: number - 1, method: 'stars', photoshootId: null });
}

/**
 * Credits are short at Create: the draft waits, and the invoice of every package is one tap away, as are the pictures
 * that the credits suffice for. While nothing is sold it stays the draft that it is.
 */
export async function payAndContinue(
  deps: BotDeps,
  conversation: Conversation,
  short: { draftId: number; needed: number; available: number },
): Promise<void> {
  if (await saysThatNothingIsSold(deps, conversation)) return;
  const wait = { draftId: short.draftId, userId: conversation.userId, untilMs: deps.selling.orderTtlMs };
  const draft = await awaitPayment(deps.db, wait, new Date());
  const shop = await readShop(deps, conversation);
  const wall = { ...short, each: creditsOf(draft.size), series: await seriesOf(deps, draft), shop };
  await conversation.show(paywallCard(conversation.t, conversation.customer.language, wall));
}

/** How many photos a series has, and pictures of each; null for every other draft. */
async function seriesOf({ db }: BotDeps, { id, isSeries, pictureCount }: Draft) {
  if (!isSeries) return null;
  const [photos, styles] = await Promise.all([readPhotos(db, id), readStyles(db, id)]);
  const chosen = styles.filter((style) => style.chosen);
  return { photos: photos.length, pictures: countPictures(chosen.length, pictureCount) };
}

/** @returns true while nothing is sold, which the person has then been told */
async function saysThatNothingIsSold(deps: BotDeps, conversation: Conversation): Promise<boolean> {
  const { on, words } = await readSelling(deps.db, new Date());
  if (on) return false;
  const { t } = conversation;
  const text = words === null ? t('shop-paused') : t('shop-paused-why', { why: escapeHtml(words) });
  await conversation.send({ text, keyboard: [] });
  return true;
}

/**
 * A draft that waits for its payment is one to choose and to create again, and its invoices are taken out of the
 * chat: they are over.
 */
export async function leavePaywall(
  deps: BotDeps,
  conversation: Conversation,
  draftId: number,
): Promise<void> {
  const { chatId, userId, signal } = conversation;
  for (const messageId of await reopenDraft(deps.db, { draftId, userId })) {
    await removeMessage(deps.gateway, { chatId, messageId }, { signal });
  }
}

async function sendInvoice(
  deps: BotDeps,
  conversation: Conversation,
  input: { index: number; method: PaymentMethod; photoshootId: number | null },
): Promise<void> {
  const item = deps.selling.packages[input.index];
  const offer = item === undefined ? null : offerOf(item, input.method, deps.selling.card);
  if (offer === null) throw notFound();
  if (input.photoshootId !== null) {
    const { state } = await readOwnPhotoshoot(deps.db, input.photoshootId, conversation.userId);
    if (state !== 'awaiting_payment') throw new AppError('draft-expired', 'the draft waits no more');
  }
  const { userId } = conversation;
  const { photoshootId } = input;
  const order = await createOrder(
    deps.db,
    { userId, kind: 'package', offer, photoshootId, ttlMs: deps.selling.orderTtlMs },
    new Date(),
  );
  const message = await deps.gateway.call(
    'sendInvoice',
    {
      chat_id: conversation.chatId,
      ...invoiceTexts(conversation.t, offer),
      payload: packInvoice(order.id),
      currency: order.currency,
      prices: [{ label: offer.name, amount: order.amount }],
      // Without a start parameter a forwarded invoice could be paid by whoever got it.
      start_parameter: `buy_${input.index + 1}`,
      ...(order.currency === STARS ? {} : { provider_token: deps.selling.card?.providerToken ?? '' }),
      ...(await invoicePhoto(deps, conversation)),
    },
    { signal: conversation.signal },
  );
  await rememberInvoice(deps.db, order.id, message.message_id);
}

/** The seller's own newest picture: people like to see what they are paying for (Bot API, sendInvoice). */
async function invoicePhoto(deps: BotDeps, conversation: Conversation): Promise<{ photo_url?: string }> {
  if (deps.invoicePhotoUrl === null) return {};
  const picture = await readLatestDelivered(deps.db, conversation.userId);
  return picture === null ? {} : { photo_url: deps.invoicePhotoUrl(picture.pictureId) };
}

async function readShop(deps: BotDeps, conversation: Conversation): Promise<Shop> {
  const { packages, card, subscription } = deps.selling;
  const subscribed = await readSubscription(deps.db, conversation.userId, new Date());
  return { packages, card, subscription, subscribed };
}

function methodOf(text: string | undefined): PaymentMethod {
  if (text === 'stars' || text === 'card') return text;
  throw notFound();
}
