/** Messages of words: `whatWordsMean` says what they are about, here it is done. */
import type { Message } from '@grammyjs/types';
import { stopWaiting } from '../../customers/stop-waiting.ts';
import { AppError, isAppError } from '../../errors.ts';
import { renewCard } from '../../messenger/card-in-place.ts';
import { openCorrection, rewordCorrection } from '../../photoshoots/draft/correct-picture.ts';
import { nameProduct } from '../../photoshoots/draft/name-product.ts';
import { restylePhotoshoot } from '../../photoshoots/draft/repeat-photoshoot.ts';
import { takeWish } from '../../photoshoots/draft/take-wish.ts';
import type { Draft } from '../../photoshoots/photoshoot.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { readStage } from '../../photoshoots/run/read-stage.ts';
import { renamePreset } from '../../photoshoots/styles/presets.ts';
import type { ReadPresent, RepliedMessage } from '../../photoshoots/words/read-present.ts';
import { readWish, type Wish } from '../../photoshoots/words/read-wish.ts';
import { type Meaning, whatWordsMean } from '../../photoshoots/words/what-words-mean.ts';
import { readCallback, readId } from '../../screens/callback-data.ts';
import { helpCard } from '../../screens/menu-cards.ts';
import { presetCard } from '../../screens/preset-cards.ts';
import { lines } from '../../screens/screen.ts';
import { statusCard } from '../../screens/status-card.ts';
import { answerUnknown } from '../answer-unknown.ts';
import { type Conversation, messageKey } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import { quotaOf } from './result.ts';

export type WordsDeps = BotDeps & { readPresent: ReadPresent };

/**
 * Answers a message of words; nobody is left without an answer.
 * @throws AppError what the seller is told instead, such as style-text-length
 */
export async function hearWords(
  deps: WordsDeps,
  conversation: Conversation,
  message: Message,
  text: string,
): Promise<void> {
  const about = { customer: conversation.customer, reply: repliedMessage(message) };
  const meaning = whatWordsMean(text, await deps.readPresent(about));
  try {
    await act(deps, conversation, meaning, { message, text });
  } catch (error) {
    // What was asked for is over; the next words are not about it.
    if (isAppError(error, 'draft-expired', 'already-placed', 'awaiting-payment', 'not-found'))
      await stopWaiting(deps.db, conversation.userId);
    throw error;
  }
}

async function act(
  deps: WordsDeps,
  conversation: Conversation,
  meaning: Meaning,
  heard: { message: Message; text: string },
): Promise<void> {
  const { t, userId } = conversation;
  switch (meaning.kind) {
    case 'help':
      await conversation.send(helpCard(t, quotaOf(deps)));
      return;
    case 'name': {
      const { draftId, name } = meaning;
      const { product } = await readOwnPhotoshoot(deps.db, draftId, userId);
      // Before it is recognised there is no name to correct.
      if (product === null) return describe(deps, conversation, draftId, readWish(heard.text), false);
      await nameProduct(deps.db, { draftId, userId, name }, new Date());
      return renew(deps, conversation, draftId);
    }
    case 'style-name': {
      const { presetId, name } = meaning;
      await conversation.send(presetCard(t, await renamePreset(deps.db, { presetId, userId, name })));
      return;
    }
    case 'style':
      return describe(deps, conversation, meaning.draftId, meaning.wish, meaning.wasAsked);
    case 'reword': {
      const { draftId, wish } = meaning;
      const title = t('correction-style');
      await rewordCorrection(deps.db, { draftId, userId, title, wish }, new Date());
      return renew(deps, conversation, draftId);
    }
    case 'correct': {
      const { pictureId, wish } = meaning;
      const sourceKey = `correct:${messageKey(conversation)}`;
      const title = t('correction-style');
      const input = { pictureId, userId, title, wish, sourceKey };
      return renew(deps, conversation, await openCorrection(deps, input, new Date()));
    }
    case 'try-anew': {
      const { photoshootId, wish } = meaning;
      const sourceKey = `words:${messageKey(conversation)}`;
      const draftId = await restylePhotoshoot(deps, { photoshootId, userId, sourceKey }, new Date());
      return describe(deps, conversation, draftId, wish, false);
    }
    case 'tell-payment':
      await conversation.send({ text: t('words-payment'), keyboard: [] });
      return;
    case 'tell-state': {
      const { id } = await readOwnPhotoshoot(deps.db, meaning.photoshootId, userId);
      const { stage } = await readStage(deps.db, id);
      // It has ended since: now the words are about what it brought.
      if (stage === null) return hearWords(deps, conversation, heard.message, heard.text);
      const { text } = statusCard(t, id, stage);
      await conversation.send({ text: lines(text, '', t('words-state')), keyboard: [] });
      return;
    }
    case 'too-little':
      await conversation.send({ text: t('words-too-little'), keyboard: [] });
      return;
    case 'nothing':
      return answerUnknown(conversation);
    default: {
      const never: never = meaning;
      throw new Error(`unknown meaning ${String(never)}`);
    }
  }
}

async function describe(
  deps: BotDeps,
  conversation: Conversation,
  draftId: number,
  wish: Wish,
  wasAsked: boolean,
): Promise<void> {
  const { t, userId } = conversation;
  const input = { draftId, userId, title: t('own-style-title'), wish, wasAsked };
  await takeWish(deps.db, input, new Date());
  await renew(deps, conversation, draftId);
}

/** The card comes anew below the words, so that what they did is in sight. */
async function renew(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  const draft = await readDraft(deps, conversation, draftId);
  await renewCard(deps, conversation.t, draft, conversation.send);
}

/** @throws AppError already-placed where the draft of a message that is handled again has been placed meanwhile */
async function readDraft(deps: BotDeps, conversation: Conversation, draftId: number): Promise<Draft> {
  const draft = await readOwnPhotoshoot(deps.db, draftId, conversation.userId);
  if (draft.state !== 'draft') throw new AppError('already-placed', 'the draft has been placed');
  return draft;
}

/** Verbs of keys whose id is a photoshoot's. */
const OF_PHOTOSHOOTS = ['place', 'cancel', 'originals', 'again'] as const;

function repliedMessage({ reply_to_message: replied }: Message): RepliedMessage | null {
  if (replied === undefined) return null;
  const files = [...(replied.photo ?? []), ...(replied.document === undefined ? [] : [replied.document])];
  const keys = replied.reply_markup?.inline_keyboard.flat() ?? [];
  const ids = keys.flatMap((key) => {
    const data = 'callback_data' in key ? readCallback(key.callback_data) : null;
    return data !== null && OF_PHOTOSHOOTS.some((verb) => verb === data.verb) ? [readId(data.id)] : [];
  });
  return {
    messageId: replied.message_id,
    fileIds: files.map(({ file_id: fileId }) => fileId),
    photoshootId: ids[0] ?? null,
  };
}
