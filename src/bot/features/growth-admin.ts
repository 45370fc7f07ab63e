/** What owners do for growth: promo codes, gifts, start links, and the figures of every source. */
import { giveCredits } from '../../billing/ledger/gift-credits.ts';
import { createPromoCode } from '../../billing/promo-codes/create-promo-code.ts';
import { listPromoCodes } from '../../billing/promo-codes/list-promo-codes.ts';
import { findPerson } from '../../customers/find-person.ts';
import { createStartLink } from '../../customers/start-links.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { writeCsv } from '../../screens/csv.ts';
import { giftCard } from '../../screens/gift-card.ts';
import { startLink } from '../../screens/invite-card.ts';
import { promoListCard } from '../../screens/promo-card.ts';
import { sourcesCard } from '../../screens/sources-card.ts';
import { type ConversionRow, readConversions } from '../../statistics/conversions.ts';
import { decimalAmount } from '../../statistics/decimal-amount.ts';
import { readSources } from '../../statistics/sources.ts';
import { escapeHtml } from '../../telegram/escape-html.ts';
import { type GiftWords, readDays, readGift, readNewPromoCode, wordsAfterCommand } from '../command-words.ts';
import { type Conversation, messageKey } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { parseLinkPayload, writeLinkPayload } from '../start-payload.ts';

type GrowthCommands = 'promo_new' | 'promo_list' | 'gift' | 'link' | 'sources' | 'conversions';

const DAY_MS = 86_400_000;
const SOURCES_DAYS = 90;
const CONVERSIONS_DAYS = 30;
/** About 12 MB of CSV; Telegram takes files of up to 50 MB from a bot. */
const MAX_CONVERSIONS = 100_000;
const PROMO_CODES_SHOWN = 30;

/** @param botUsername without @ */
export function createGrowthAdminFeature(deps: BotDeps, botUsername: string): Feature<never, GrowthCommands> {
  return {
    taps: {},
    commands: {
      async promo_new(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const now = new Date();
        const promo = readNewPromoCode(words, now);
        if (promo === null) return say(conversation, 'promo-new-usage');
        const created = await createPromoCode(deps.db, { ...promo, createdBy: conversation.userId }, now);
        const link = startLink(botUsername, `promo_${promo.code}`);
        await say(conversation, created ? 'promo-created' : 'promo-exists', { code: promo.code, link });
      },

      async promo_list(conversation) {
        const codes = await listPromoCodes(deps.db, PROMO_CODES_SHOWN);
        await conversation.send(promoListCard(conversation.t, conversation.customer.language, codes));
      },

      async gift(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const gift = readGift(words);
        if (gift === null) return say(conversation, 'gift-usage');
        await giveGift(deps, conversation, gift);
      },

      async link(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const payload = readLink(words);
        if (payload === null) return say(conversation, 'link-usage');
        const code = await createStartLink(deps.db, { payload, createdBy: conversation.userId });
        await say(conversation, 'link-created', { link: startLink(botUsername, `l_${code}`) });
      },

      async sources(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const days = readDays(words, SOURCES_DAYS);
        if (days === null) return say(conversation, 'sources-usage');
        const sources = await readSources(deps.db, daysAgo(days));
        await conversation.send(
          sourcesCard(conversation.t, conversation.customer.language, { days, sources }),
        );
      },

      async conversions(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const days = readDays(words, CONVERSIONS_DAYS);
        if (days === null) return say(conversation, 'conversions-usage');
        await sendConversions(deps, conversation, days);
      },
    },
  };
}

/** Gives once for each message of the admin, tells the person, and tells the admin what they have now. */
async function giveGift(deps: BotDeps, conversation: Conversation, words: GiftWords): Promise<void> {
  const recipient = await findPerson(deps.db, words.who);
  if (recipient.kind !== 'found') {
    return say(conversation, recipient.kind === 'several' ? 'gift-several' : 'gift-unknown');
  }
  const { userId } = recipient;
  const { given, credits } = await giveCredits(deps.db, {
    userId,
    credits: words.credits,
    key: messageKey(conversation),
    by: conversation.userId,
    why: words.why,
  });
  const { signal, log } = conversation;
  // The credits are theirs also when they cannot be told.
  const tell = () => tellPerson({ ...deps, log }, userId, (t) => giftCard(t, words), { signal });
  const told = !given || (await tell()) === 'told';
  if (given)
    conversation.log.info(
      { adminId: conversation.userId, userId, credits: words.credits },
      'credits were given',
    );
  const name = escapeHtml(recipient.firstName);
  await say(conversation, told ? 'gift-done' : 'gift-done-untold', { name, given: words.credits, credits });
}

/** The long form of a link, its fields apart by spaces or `&`; null when one of them is not understood. */
function readLink(words: string): string | null {
  const given = words.replace(/\s+/g, '&');
  const payload = writeLinkPayload(parseLinkPayload(given));
  const kept = new URLSearchParams(payload);
  const understood = [...new URLSearchParams(given).keys()].every((name) => kept.has(name));
  return payload !== '' && understood ? payload : null;
}

async function sendConversions(deps: BotDeps, conversation: Conversation, days: number): Promise<void> {
  const rows = await readConversions(deps.db, { since: daysAgo(days), limit: MAX_CONVERSIONS });
  if (rows.length === 0) return say(conversation, 'conversions-none', { days });
  const filename = `conversions-${new Date().toISOString().slice(0, 10)}.csv`;
  await deps.gateway.call(
    'sendDocument',
    {
      chat_id: conversation.chatId,
      document: { bytes: Buffer.from(conversionsCsv(rows), 'utf8'), filename, contentType: 'text/csv' },
      caption: conversation.t(
        rows.length < MAX_CONVERSIONS ? 'conversions-caption' : 'conversions-caption-newest',
        {
          days,
          events: rows.length,
        },
      ),
    },
    { signal: conversation.signal },
  );
}

/** The byte order mark tells spreadsheets that it is UTF-8. */
function conversionsCsv(rows: readonly ConversionRow[]): string {
  const heading = [
    'time',
    'user_id',
    'event',
    'amount',
    'currency',
    'source',
    'medium',
    'campaign',
    'content',
    'term',
    'click_id',
  ];
  return `\uFEFF${writeCsv([
    heading,
    ...rows.map((row) => [
      row.at.toISOString(),
      row.userId,
      row.kind,
      row.amount === null || row.currency === null ? null : decimalAmount(row.amount, row.currency),
      row.currency,
      row.source,
      row.medium,
      row.campaign,
      row.content,
      row.term,
      row.clickId,
    ]),
  ])}`;
}

async function say(
  conversation: Conversation,
  text: string,
  args?: Record<string, string | number>,
): Promise<void> {
  await conversation.send({ text: conversation.t(text, args), keyboard: [] });
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}
