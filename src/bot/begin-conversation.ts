/** Who speaks in an update: registered if they are new, with what their start link told. */
import type { Message, Update, User } from '@grammyjs/types';
import { welcomeCustomer } from '../billing/ledger/welcome-gift.ts';
import { rememberFirstTouch } from '../customers/attribution.ts';
import type { ReadCustomer } from '../customers/read-customer.ts';
import { registerCustomer } from '../customers/register-customer.ts';
import { roleOf } from '../owners/rights.ts';
import { resumeCustomer } from '../photoshoots/run/resume-customer.ts';
import { firstStep } from '../statistics/record-event.ts';
import { type Conversation, createConversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import { readStart } from './read-start.ts';
import { EMPTY_PAYLOAD, sourceOf } from './start-payload.ts';

export type ConversationSources = {
  /** The signal of each update under way. */
  signals: ReadonlyMap<object, AbortSignal>;
  readKnown: ReadCustomer;
};

/** An apology is outside the deadline of the handler that failed. */
const APOLOGY_TIMEOUT_MS = 10_000;

/** @returns null where the bot has nothing to say, such as in groups */
export async function beginConversation(
  deps: BotDeps,
  update: Update,
  { signals, readKnown }: ConversationSources,
): Promise<Conversation | null> {
  const message: Message | undefined = update.message;
  const from: User | undefined = message?.from ?? update.callback_query?.from;
  const chat = message?.chat ?? update.callback_query?.message?.chat;
  if (from === undefined || from.is_bot || chat?.type !== 'private') return null;
  const start = message?.text === undefined ? EMPTY_PAYLOAD : await readStart(deps.db, message.text);
  const person = {
    id: from.id,
    firstName: from.first_name,
    username: from.username ?? null,
    language: from.language_code === undefined ? null : deps.texts.match(from.language_code),
  };
  const { customer, isNew } = await registerCustomer(
    deps.db,
    person,
    async (tx, userId) => {
      const { pseudonymOf, freeCredits: credits } = deps;
      const isFirst = await welcomeCustomer(tx, { userId, pseudonymOf, credits }, new Date());
      // Nobody is rewarded for bringing the same person again.
      const referralCode = isFirst ? start.referralCode : null;
      await rememberFirstTouch(tx, { userId, source: sourceOf(start), referralCode });
      return firstStep(tx, userId, 'start');
    },
    readKnown,
    (tx, userId) => resumeCustomer({ db: tx, queue: deps.queue }, userId),
  );
  const signal = signals.get(update) ?? AbortSignal.timeout(APOLOGY_TIMEOUT_MS);
  const t = deps.texts.in(customer.language);
  const log = deps.log.child({ updateId: update.update_id });
  const role = roleOf(deps.adminIds, customer);
  return createConversation(deps, { customer, isNew, role, start, chatId: chat.id, t, update, signal, log });
}
