/** Support as the person and the owners see it. People's words are escaped: they are data here. */
import type { Charge } from '../billing/orders/read-charges.ts';
import type { Page } from '../owners/page.ts';
import type { ThreadMessage, TicketEntry } from '../support/read-tickets.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { pageKeys } from './list-keys.ts';
import { button, lines, type Screen } from './screen.ts';
import { cut, LONGEST_MESSAGE, pieces } from './telegram-text.ts';

/** Of each message in a thread of five, with room for its frame. */
const LONGEST_QUOTE = 700;
/** Of an answer in one message, with room for the words around it. */
const LONGEST_ANSWER = LONGEST_MESSAGE - 96;

export function askCard(t: Translate, topic: 'payment' | 'other', charges: string | null): Screen {
  return {
    text: lines(
      t(topic === 'payment' ? 'support-ask-payment' : 'support-ask'),
      charges !== null && lines('', t('support-charges'), `<pre>${escapeHtml(charges)}</pre>`),
    ),
    keyboard: [],
  };
}

/** The last charges as plain lines, as they are filled into a ticket. */
export function chargeLines(language: string, charges: readonly Charge[]): string | null {
  if (charges.length === 0) return null;
  return charges
    .map((charge) => {
      const date = charge.createdAt.toISOString().slice(0, 16).replace('T', ' ');
      const price = priceText(language, charge.currency, charge.amount);
      return `${date} · ${price} · ${charge.credits} · ${charge.state} · ${charge.telegramPaymentChargeId}`;
    })
    .join('\n');
}

/** A ticket with its last messages, for an owner. */
export function ticketCard(
  t: Translate,
  ticket: Pick<TicketEntry, 'id' | 'userId' | 'topic'>,
  thread: readonly ThreadMessage[],
): Screen {
  const quotes = thread.map((message) => {
    const who = message.authorId === ticket.userId ? t('ticket-person') : t('ticket-owner');
    const photo = message.photoFileId === null ? '' : ' 📎';
    return `<b>${who}</b>${photo}\n<blockquote>${escapeHtml(cut(message.body, LONGEST_QUOTE))}</blockquote>`;
  });
  return {
    text: lines(
      t('ticket-title', {
        id: String(ticket.id),
        user: String(ticket.userId),
        topic: t(`ticket-topic-${ticket.topic}`),
      }),
      ...quotes,
    ),
    keyboard: [
      [
        button(t('button-ticket-reply'), 'ticket', ticket.id, 'reply'),
        button(t('button-ticket-resolve'), 'ticket', ticket.id, 'resolve'),
      ],
      [button(t('button-person'), 'person', ticket.userId)],
    ],
  };
}

export function ticketListCard(t: Translate, list: Page<TicketEntry>): Screen {
  return {
    text: list.entries.length === 0 ? t('tickets-none') : t('tickets-title'),
    keyboard: [
      ...list.entries.map((ticket) => [
        button(
          `#${ticket.id} · ${ticket.firstName} · ${t(`ticket-topic-${ticket.topic}`)}`,
          'ticket',
          ticket.id,
          'open',
        ),
      ]),
      ...pageKeys(t, 'tickets', list),
    ],
  };
}

/** An owner's answer as it is delivered: whole, in as many messages as it takes. Each is an `answerCard`. */
export function answerPieces(body: string): string[] {
  return pieces(body, LONGEST_ANSWER);
}

/** An owner's answer in the person's chat, which can be answered in turn. @param body one of the `answerPieces` */
export function answerCard(t: Translate, ticketId: number, body: string): Screen {
  return {
    text: lines(
      t('support-answer', { id: String(ticketId) }),
      `<blockquote>${escapeHtml(body)}</blockquote>`,
    ),
    keyboard: [[button(t('button-support-write'), 'support', ticketId)]],
  };
}
