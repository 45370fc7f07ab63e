/** The bot: Telegraf dispatches an update to one feature; what goes out goes through the gateway. */
import type { Message, Update, User, UserFromGetMe } from '@grammyjs/types';
import { type Context, Telegraf } from 'telegraf';
import { giveWelcomeCredits } from '../billing/welcome-gift.ts';
import { markBlocked } from '../customers/mark-blocked.ts';
import { createCustomerReader, type ReadCustomer } from '../customers/read-customer.ts';
import { registerCustomer } from '../customers/register-customer.ts';
import { type AppError, isAppError } from '../errors.ts';
import { resumeCustomer } from '../photoshoots/resume-customer.ts';
import { readCallback, type Verb } from '../screens/callback-data.ts';
import { isBlocked } from '../telegram/errors.ts';
import { publishAdminCommands } from './commands.ts';
import { type Conversation, createConversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import { createAdminFeature } from './features/admin.ts';
import { createBuyFeature } from './features/buy.ts';
import type { CommandHandler, TapHandler } from './features/feature.ts';
import { createHistoryFeature } from './features/history.ts';
import { createMenuFeature } from './features/menu.ts';
import { photoOf, receivePhoto } from './features/photo.ts';
import { createPhotoshootFeature } from './features/photoshoot.ts';
import { createResultFeature } from './features/result.ts';
import { createStyleFeature, describeStyle, stopDescribing } from './features/styles.ts';
import { createSupportFeature, receiveTicketMessage } from './features/support.ts';
import { answerCheckout, receivePayment } from './payments.ts';
import { refuseIfTooFast } from './slow-down.ts';
import { notFound } from './tap.ts';

export type Bot = ReturnType<typeof createBot>;

/** Telegraf's context, with the person and the ways to answer that the first middleware adds. */
interface BotContext extends Context {
  talk: Conversation;
}

/** @param me the bot itself, as getMe answers: Telegraf needs its name to understand commands */
export function createBot(deps: BotDeps, me: UserFromGetMe) {
  const styles = createStyleFeature(deps);
  const photoshoot = createPhotoshootFeature(deps);
  const result = createResultFeature(deps);
  const history = createHistoryFeature(deps);
  const menu = createMenuFeature(deps);
  const buy = createBuyFeature(deps);
  const support = createSupportFeature(deps);
  const admin = createAdminFeature(deps);
  // The type makes the compiler prove that every button has a handler.
  const taps: Record<Verb, TapHandler> = {
    ...styles.taps,
    ...photoshoot.taps,
    ...result.taps,
    ...history.taps,
    ...menu.taps,
    ...buy.taps,
    ...support.taps,
  };
  const commands: Record<string, CommandHandler> = {
    ...menu.commands,
    ...photoshoot.commands,
    ...history.commands,
    ...buy.commands,
    ...support.commands,
    ...admin.commands,
  };

  /** The signal of each update under way: Telegraf passes on the update, and nothing beside it. */
  const signals = new WeakMap<object, AbortSignal>();
  const readKnown = createCustomerReader(deps.db);
  // The token is never used: nothing is sent through Telegraf's own client.
  const telegraf = new Telegraf<BotContext>('0:unused', { handlerTimeout: Number.POSITIVE_INFINITY });
  // Telegraf's own types are of an older Bot API; what it reads of `me` has not changed.
  telegraf.botInfo = me as unknown as NonNullable<typeof telegraf.botInfo>;
  // Errors belong to the intake: it answers the person and remembers the update.
  telegraf.catch((error) => {
    throw error;
  });

  // Past the chat's line and before everything else: Telegram waits ten seconds.
  telegraf.on('pre_checkout_query', async (ctx) => {
    const query = updateOf(ctx).pre_checkout_query;
    if (query !== undefined) await answerCheckout(deps, query);
  });
  telegraf.on('my_chat_member', (ctx) => followMembership(deps, updateOf(ctx)));
  telegraf.use(async (ctx, next) => {
    const talk = await beginTalk(deps, updateOf(ctx), { signals, readKnown });
    if (talk === null) return;
    ctx.talk = talk;
    await translateErrors(talk, async () => {
      if (!(await refuseIfTooFast(deps, talk))) await next();
    });
    if (talk.isNew && deps.adminIds.includes(talk.userId)) {
      await publishAdminCommands(deps, talk.userId, talk.signal);
    }
  });
  for (const [command, handler] of Object.entries(commands)) {
    telegraf.command(command, (ctx) => handler(ctx.talk));
  }
  telegraf.on('callback_query', (ctx) => handleTap(deps, taps, ctx.talk));
  telegraf.on('message', (ctx) => handleMessage(deps, ctx.talk));

  return {
    /**
     * Handles one update.
     * @throws what is no answer for a person: a fault of ours, of the database or of Telegram
     */
    async handle(update: Update, signal: AbortSignal): Promise<void> {
      signals.set(update, signal);
      // The update is Telegram's own; Telegraf's types of it are older.
      await telegraf.handleUpdate(update as unknown as Parameters<typeof telegraf.handleUpdate>[0]);
    },

    /** The last word for an update that could not be handled: the person is never left without an answer. */
    async apologise(update: Update): Promise<void> {
      const talk = await beginTalk(deps, update, { signals, readKnown });
      if (talk === null) return;
      const text = talk.t('error-unexpected');
      if (talk.query === undefined) await talk.send({ text, keyboard: [] });
      else await talk.answer(text, 'alert');
    },
  };
}

function updateOf(ctx: BotContext): Update {
  // What Telegraf was given in `handle`; its types are older than the update.
  return ctx.update as unknown as Update;
}

/** Who speaks, registered if they are new; null where the bot has nothing to say, such as in groups. */
async function beginTalk(
  deps: BotDeps,
  update: Update,
  { signals, readKnown }: { signals: WeakMap<object, AbortSignal>; readKnown: ReadCustomer },
): Promise<Conversation | null> {
  const message: Message | undefined = update.message;
  const from: User | undefined = message?.from ?? update.callback_query?.from;
  const chat = message?.chat ?? update.callback_query?.message?.chat;
  if (from === undefined || from.is_bot || chat?.type !== 'private') return null;
  const person = {
    id: from.id,
    firstName: from.first_name,
    username: from.username ?? null,
    language: deps.texts.match(from.language_code),
  };
  const { customer, isNew, cameBack } = await registerCustomer(
    deps.db,
    person,
    (tx, id) => giveWelcomeCredits(tx, id, deps.freeCredits),
    readKnown,
  );
  if (cameBack) await resumeCustomer(deps, customer.id);
  const signal = signals.get(update) ?? AbortSignal.timeout(APOLOGY_TIMEOUT_MS);
  const t = deps.texts.in(customer.language);
  return createConversation(deps, { customer, isNew, chatId: chat.id, t, update, signal });
}

/** An apology is outside the deadline of the handler that failed. */
const APOLOGY_TIMEOUT_MS = 10_000;

/** Runs a handler; what it refuses becomes the person's sentence, and every tap is answered in the end. */
async function translateErrors(talk: Conversation, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isBlocked(error)) return;
    if (!isAppError(error) || error.code === 'unexpected') throw error;
    await explain(talk, error);
  }
  await talk.answer();
}

async function explain(talk: Conversation, error: AppError): Promise<void> {
  const text = talk.t(`error-${error.code}`, error.details);
  if (talk.query === undefined) {
    await talk.send({ text, keyboard: [] });
    return;
  }
  await talk.answer(text, 'alert');
  if (error.code === 'draft-expired') await talk.show({ text: talk.t('card-expired'), keyboard: [] });
}

async function handleTap(deps: BotDeps, taps: Record<Verb, TapHandler>, talk: Conversation): Promise<void> {
  const data = readCallback(talk.query?.data ?? '');
  if (data === null) throw notFound();
  if (data.verb !== 'describe') await stopDescribing(deps, talk);
  await taps[data.verb](talk, data);
}

/** A message that is no command: a photo, the description of an own style, or something to be helped with. */
async function handleMessage(deps: BotDeps, talk: Conversation): Promise<void> {
  const message = talk.update.message;
  if (message === undefined) return;
  if (message.successful_payment !== undefined) return receivePayment(deps, talk, message.successful_payment);
  const { writingTicketId } = talk.customer;
  if (writingTicketId !== null && isWriting(message)) {
    return receiveTicketMessage(deps, talk, writingTicketId, message);
  }
  const photo = photoOf(message);
  if (photo !== null) {
    await stopDescribing(deps, talk);
    return receivePhoto(deps, talk, message, photo);
  }
  if (message.text !== undefined && !message.text.startsWith('/')) {
    if (await describeStyle(deps, talk, message.text)) return;
  }
  if (isServiceMessage(message)) return;
  const text = talk.t(message.text === undefined ? 'unknown-file' : 'unknown-message');
  await talk.send({ text, keyboard: [] });
}

/** Words or a photo: what somebody who was asked to describe a problem sends. A command is still a command. */
function isWriting(message: Message): boolean {
  return message.photo !== undefined || (message.text !== undefined && !message.text.startsWith('/'));
}

/** What Telegram itself writes into a chat, such as “pinned a message”: nobody expects an answer. */
function isServiceMessage(message: Message): boolean {
  return message.pinned_message !== undefined || message.message_auto_delete_timer_changed !== undefined;
}

async function followMembership(deps: BotDeps, update: Update): Promise<void> {
  const change = update.my_chat_member;
  if (change?.chat.type === 'private' && change.new_chat_member.status === 'kicked') {
    await markBlocked(deps.db, change.from.id);
  }
}
