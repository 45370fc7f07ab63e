/** The bot: each update goes to one feature, commands as Telegraf reads them; what goes out goes through the gateway. */
import type { Message, Update, UserFromGetMe } from '@grammyjs/types';
import { Composer, type Context, Telegraf } from 'telegraf';
import { markBlocked } from '../customers/mark-blocked.ts';
import { createCustomerReader } from '../customers/read-customer.ts';
import { isAwaited, stopExpectingWords, stopWaiting } from '../customers/stop-waiting.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { may } from '../owners/rights.ts';
import { answerCheckout } from '../payments/checkout.ts';
import { createPresentReader } from '../photoshoots/words/read-present.ts';
import { readCallback, type Verb } from '../screens/callback-data.ts';
import { isQueryTooOld } from '../telegram/errors.ts';
import { answerCommand } from './answer-command.ts';
import { answerUnknown } from './answer-unknown.ts';
import { beginConversation } from './begin-conversation.ts';
import { COMMAND_NAMES } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import type { TapHandler } from './feature.ts';
import { receiveBroadcastText } from './features/broadcast.ts';
import { receiveSku } from './features/pack.ts';
import { receiveRequestWords, showForwarder } from './features/people.ts';
import { photoOf, receivePhoto } from './features/photo.ts';
import { receiveTicketMessage } from './features/support.ts';
import { hearWords, type WordsDeps } from './features/words.ts';
import { createFeatures } from './features.ts';
import { refuseIfLeaving } from './leaving.ts';
import { chargeIn, receiveCharge } from './payments.ts';
import { publishCommandsOf } from './publish-commands.ts';
import { isServiceMessage } from './service-messages.ts';
import { refuseIfShutOut } from './shut-out.ts';
import { refuseIfTooFast } from './slow-down.ts';
import { notFound } from './tap.ts';
import { rightOfTap } from './tap-rights.ts';
import { translateErrors } from './translate-errors.ts';

/** Telegraf's context, with the person and the ways to answer. */
interface BotContext extends Context {
  conversation: Conversation;
}

export type Bot = ReturnType<typeof createBot>;

/** @param me the bot itself, as getMe answers: Telegraf needs its name to understand commands */
export function createBot(deps: BotDeps, me: UserFromGetMe) {
  const { taps, commands } = createFeatures(deps, me.username);
  /** The signal of each update under way: Telegraf passes on the update, and nothing beside it. */
  const signals = new Map<object, AbortSignal>();
  const readKnown = createCustomerReader(deps.db);
  const wordsDeps: WordsDeps = { ...deps, readPresent: createPresentReader(deps.db) };
  const logOf = (update: Update) => deps.log.child({ updateId: update.update_id });
  // The token is never used: nothing is sent through Telegraf's own client.
  const telegraf = new Telegraf<BotContext>('0:unused', { handlerTimeout: Number.POSITIVE_INFINITY });
  // Telegraf's own types are of an older Bot API; what it reads of `me` has not changed.
  telegraf.botInfo = me as unknown as NonNullable<typeof telegraf.botInfo>;
  // Errors belong to the intake: it answers the person and remembers the update.
  telegraf.catch((error) => {
    throw error;
  });

  const onCommand = Composer.command<BotContext>([...COMMAND_NAMES], async (ctx) => {
    const name = COMMAND_NAMES.find((known) => known === ctx.command);
    if (name !== undefined) await answerCommand(commands, name, ctx.conversation);
  });

  async function answerByFeature(ctx: BotContext): Promise<void> {
    const { conversation } = ctx;
    if (conversation.query !== undefined) return handleTap(taps, conversation);
    const answerMessage = () => handleMessage(wordsDeps, conversation);
    if (!isCommand(conversation.update.message)) return answerMessage();
    await onCommand(ctx, answerMessage);
  }

  // One middleware: each costs every update 2 µs, and one that looks for commands several times that.
  telegraf.use(async (ctx) => {
    const update = updateOf(ctx);
    const { pre_checkout_query: checkout } = update;
    // Past the chat's line and before everything else: Telegram waits ten seconds.
    if (checkout !== undefined) return answerCheckout({ ...deps, log: logOf(update) }, checkout);
    // Before anybody is asked who speaks: money does not depend on names, and Telegram may write of a refund in
    // the bot's own name, of a payment in a group. No error of it is an answer for a person.
    const charge = chargeIn(update, deps.texts);
    if (charge !== null) {
      await receiveCharge({ ...deps, log: logOf(update) }, charge, update.message?.from);
      // Whoever pays has come back, if they had blocked the bot: what was kept for them goes on.
      if (charge.kind === 'payment') await beginConversation(deps, update, { signals, readKnown });
      return;
    }
    if (update.my_chat_member !== undefined) return followMembership(deps, update);
    const conversation = await beginConversation(deps, update, { signals, readKnown });
    if (conversation === null) return answerElsewhere(deps, update);
    ctx.conversation = conversation;
    await translateErrors(deps, conversation, async () => {
      if (await refuseIfTooFast(deps, conversation)) return;
      if (await refuseIfShutOut(conversation)) return;
      if (await refuseIfLeaving(conversation)) return;
      await stopWaitingFor(deps, conversation);
      await answerByFeature(ctx);
    });
    const { role, userId, signal, log } = conversation;
    if (conversation.isNew && role !== null)
      await publishCommandsOf({ ...deps, log }, { userId, role }, signal);
  });

  return {
    /**
     * Handles one update.
     * @throws what is no answer for a person: a fault of ours, of the database or of Telegram
     */
    async handle(update: Update, signal: AbortSignal): Promise<void> {
      signals.set(update, signal);
      // The update is Telegram's own; Telegraf's types of it are older.
      try {
        await telegraf.handleUpdate(update as unknown as Parameters<typeof telegraf.handleUpdate>[0]);
      } finally {
        // One that was given up may end after the next try of its update has begun.
        if (signals.get(update) === signal) signals.delete(update);
      }
    },

    /**
     * The last word for an update that could not be handled: the person is never left without an answer.
     * Money is written down instead, and people are told that it is there.
     * @throws what keeps that from being done; an update that tells of money must be kept then
     */
    async apologise(update: Update): Promise<void> {
      const charge = chargeIn(update, deps.texts);
      if (charge !== null) return deps.reportCharge(charge);
      const conversation = await beginConversation(deps, update, { signals, readKnown });
      if (conversation === null) return;
      const text = conversation.t('error-unexpected');
      await reachPerson(deps.db, conversation.userId, async () => {
        if (conversation.query === undefined) await conversation.send({ text, keyboard: [] });
        else await conversation.answer(text);
      });
    },
  };
}

function updateOf(ctx: BotContext): Update {
  // What Telegraf was given in `handle`; its types are older than the update.
  return ctx.update as unknown as Update;
}

/** A tap in a group or under a message sent through somebody else: its button must not go on waiting. */
async function answerElsewhere(deps: BotDeps, update: Update): Promise<void> {
  const query = update.callback_query;
  if (query === undefined) return;
  const t = deps.texts.in(deps.texts.match(query.from.language_code));
  const answer = { callback_query_id: query.id, text: t('private-only') };
  try {
    await deps.gateway.call('answerCallbackQuery', answer);
  } catch (error) {
    if (!isQueryTooOld(error)) throw error;
  }
}

async function handleTap(taps: Record<Verb, TapHandler>, conversation: Conversation): Promise<void> {
  const data = readCallback(conversation.query?.data ?? '');
  if (data === null) throw notFound();
  const right = rightOfTap(data.verb, data);
  if (right === null) throw notFound();
  if (right !== 'everyone' && !may(conversation.role, right)) {
    const { userId, log } = conversation;
    log.warn({ userId, verb: data.verb }, 'a tap from somebody who may not do this');
    throw notFound();
  }
  await taps[data.verb](conversation, data);
}

/**
 * Every command and every tap means something else than what the person was asked for: none of their later words or
 * photos must go where they no longer think of. What asks, asks after this.
 */
async function stopWaitingFor(deps: BotDeps, conversation: Conversation): Promise<void> {
  if (!isAwaited(conversation.customer)) return;
  if (conversation.query !== undefined || isCommand(conversation.update.message))
    await stopWaiting(deps.db, conversation.userId);
}

/** A message that is no command: a photo, words, or something that the bot cannot read. */
async function handleMessage(deps: WordsDeps, conversation: Conversation): Promise<void> {
  const message = conversation.update.message;
  if (message === undefined || isServiceMessage(message)) return;
  const photo = photoOf(message);
  if (photo !== null) {
    if (isAwaited(conversation.customer)) await stopExpectingWords(deps.db, conversation.userId);
    return receivePhoto(deps, conversation, message, photo);
  }
  if (message.text !== undefined && !isCommand(message)) {
    const { writingTicketId, answeringRequestId, writingBroadcast } = conversation.customer;
    if (writingBroadcast !== null)
      return receiveBroadcastText(deps, conversation, writingBroadcast, message.text);
    if (answeringRequestId !== null)
      return receiveRequestWords(deps, conversation, answeringRequestId, message.text);
    if (await showForwarder(deps, conversation, message)) return;
    if (writingTicketId !== null)
      return receiveTicketMessage(deps, conversation, writingTicketId, message.text);
    if (await receiveSku(deps, conversation, message.text)) return;
    return hearWords(deps, conversation, message, message.text);
  }
  await answerUnknown(conversation, message.text === undefined ? 'file' : 'message');
}

function isCommand(message: Message | undefined): boolean {
  return message?.text?.startsWith('/') === true;
}

async function followMembership(deps: BotDeps, update: Update): Promise<void> {
  const change = update.my_chat_member;
  if (change?.chat.type === 'private' && change.new_chat_member.status === 'kicked') {
    await markBlocked(deps.db, change.from.id);
  }
}
