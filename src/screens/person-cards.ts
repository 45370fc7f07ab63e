/** One person, as owners and support see them, and what an owner is asked before something is done to them. */
import { STARS } from '../billing/orders/offers.ts';
import type { RecordedAct } from '../owners/read-acts.ts';
import type { PersonRequest } from '../owners/requests.ts';
import type { Right } from '../owners/rights.ts';
import type { PersonFigures } from '../statistics/person.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { giftCard } from './gift-card.ts';
import { listArgument } from './list-keys.ts';
import { button, inRows, type Keyboard, lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

/** Of a reason in the list of what was done. */
const LONGEST_REASON = 120;

/** @param allows whether whoever looks may do this; keys for the rest are not shown */
export function personCard(
  t: Translate,
  language: string,
  person: PersonFigures,
  acts: readonly RecordedAct[],
  allows: (right: Right) => boolean,
): Screen {
  const { userId, username, source } = person;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const spent = person.spent.map(({ currency, amount }) => priceText(language, currency, amount));
  return {
    text: lines(
      t('person-title', { name: escapeHtml(person.firstName), user: String(userId) }),
      lines(username !== null && `@${escapeHtml(username)}`, person.role !== null && t('person-support')) ||
        null,
      person.banReason !== null && t('person-banned', { why: escapeHtml(person.banReason) }),
      person.hasBlocked && t('person-blocked'),
      person.deletionDueMs !== null && t('person-leaving', { date: day(person.deletionDueMs) }),
      person.deletedMs !== null && t('person-deleted', { date: day(person.deletedMs) }),
      '',
      t('person-balance', { credits: person.credits, reserved: person.reserved }),
      t('person-pictures', { photoshoots: person.photoshoots, pictures: person.pictures }),
      t('person-spent', {
        spent: spent.length === 0 ? priceText(language, STARS, 0) : spent.join(', '),
        payments: person.payments,
      }),
      person.payments > 0 && allows('refund') && t('person-refunds'),
      t('person-seen', {
        language: person.language,
        since: day(person.createdMs),
        seen: day(person.lastSeenMs),
      }),
      source !== null && t('person-source', { source: escapeHtml(cut(source, LONGEST_REASON)) }),
      person.invitedBy !== null && t('person-invited', { inviter: String(person.invitedBy) }),
      t('person-open', {
        photoshoots: person.photoshootsAtWork,
        orders: person.openOrders,
        held: person.heldPayments,
        tickets: person.openTickets,
      }),
      person.renewingOrderId !== null && t('person-subscription'),
      acts.length > 0 && '',
      ...acts.map((act) => actLine(t, act)),
    ),
    keyboard: personKeys(t, person, allows),
  };
}

function personKeys(t: Translate, person: PersonFigures, allows: (right: Right) => boolean): Keyboard {
  const { userId } = person;
  // Nobody is left to be given, written to or shut out.
  if (person.deletedMs !== null) return [];
  const ofPerson = listArgument(1, String(userId));
  const keys = inRows(
    [
      ...(allows('correct') ? [button(t('button-correct'), 'ask', userId, 'correct')] : []),
      ...(allows('gift') ? [button(t('button-gift'), 'ask', userId, 'gift')] : []),
      ...(allows('message') ? [button(t('button-message'), 'ask', userId, 'message')] : []),
      ...(allows('see-money') ? [button(t('button-refunds'), 'list', 'payments', ofPerson)] : []),
      ...(allows('see-money') ? [button(t('button-orders'), 'list', 'orders', ofPerson)] : []),
      ...(person.openTickets > 0 ? [button(t('button-tickets'), 'list', 'tickets', ofPerson)] : []),
      ...(person.banReason === null && allows('ban')
        ? [button(t('button-ban'), 'ask', userId, 'ban', { style: 'danger' })]
        : []),
      ...(person.banReason !== null && allows('unban')
        ? [button(t('button-unban'), 'person', userId, 'unban')]
        : []),
    ],
    2,
  );
  const { renewingOrderId } = person;
  if (renewingOrderId === null || !allows('refund')) return keys;
  return [...keys, [button(t('button-unsubscribe'), 'unsubscribe', renewingOrderId)]];
}

/** What the owner is to write. */
export function requestWordsCard(t: Translate, act: PersonRequest['act']): Screen {
  return { text: t(`request-ask-${act}`), keyboard: [] };
}

/** What would be done, with the numbers before and after, and the key that does it. */
export function confirmRequestCard(
  t: Translate,
  request: Pick<PersonRequest, 'id' | 'act' | 'credits' | 'words'>,
  person: Pick<PersonFigures, 'userId' | 'firstName' | 'credits'>,
): Screen {
  const credits = request.credits ?? 0;
  const after = person.credits + credits;
  const told = t(`request-confirm-${request.act}`, {
    name: escapeHtml(person.firstName),
    user: String(person.userId),
    credits: Math.abs(credits),
    direction: credits < 0 ? 'down' : 'up',
    before: person.credits,
    after,
  });
  const isShort = credits < 0 && after < 0;
  return {
    text: lines(
      told,
      `<blockquote>${escapeHtml(request.words ?? '')}</blockquote>`,
      isShort && t('request-short', { before: person.credits }),
    ),
    keyboard: [
      ...(isShort
        ? []
        : [[button(t(`button-do-${request.act}`, { credits: signed(credits) }), 'act', request.id, 'yes')]]),
      [button(t('button-leave-it'), 'act', request.id, 'no')],
    ],
  };
}

/** What the person reads of it. */
export function wordOfRequest(
  t: Translate,
  { act, credits, words }: Pick<PersonRequest, 'act' | 'credits'> & { words: string },
): Screen {
  const why = escapeHtml(words);
  const noKeys: Keyboard = [];
  switch (act) {
    case 'gift':
      return giftCard(t, { credits: credits ?? 0, why: words });
    case 'correct':
      return { text: t('correction-received', { credits: signed(credits ?? 0), why }), keyboard: noKeys };
    case 'ban':
      return { text: t('shut-out', { why }), keyboard: noKeys };
    case 'message':
      return {
        text: t('message-received', { words: why }),
        keyboard: [[button(t('button-support-write'), 'support', 'new')]],
      };
    default: {
      const never: never = act;
      throw new Error(`unknown act ${String(never)}`);
    }
  }
}

function actLine(t: Translate, { act, createdAt, reason, actorId }: RecordedAct): string {
  const line = t('person-act', {
    date: createdAt.toISOString().slice(0, 16).replace('T', ' '),
    act: t(`act-${act}`),
    actor: String(actorId),
  });
  return reason === null ? line : `${line} <i>${escapeHtml(cut(reason, LONGEST_REASON))}</i>`;
}

/** `+5` or `−3`. */
function signed(credits: number): string {
  return credits < 0 ? `−${-credits}` : `+${credits}`;
}
