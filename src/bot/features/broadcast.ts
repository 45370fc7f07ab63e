/** Telling many people: written, looked at, tried on oneself, sent, stopped; and a reader's own word on it. */
import { muteBroadcasts } from '../../customers/mute-broadcasts.ts';
import { SEGMENTS } from '../../database/schema/index.ts';
import {
  type Broadcast,
  chooseSegment,
  createBroadcast,
  expectText,
  readBroadcast,
  readCounts,
  startBroadcast,
  stepBroadcast,
  writeText,
} from '../../owners/broadcasts/broadcast.ts';
import { broadcastCard, newsCard, textFor } from '../../screens/broadcast-cards.ts';
import { readId } from '../../screens/callback-data.ts';
import { settingsCard } from '../../screens/menu-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import { LONGEST_MESSAGE } from '../../screens/telegram-text.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature, Tap } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

export function createBroadcastFeature(deps: BotDeps): Feature<'broadcast' | 'news', 'broadcast'> {
  return {
    commands: {
      async broadcast(conversation) {
        const broadcast = await createBroadcast(deps.db, conversation.userId);
        await conversation.send(await broadcastCardOf(deps, conversation, broadcast));
      },
    },

    taps: {
      async broadcast(conversation, tap) {
        await change(deps, conversation, tap);
      },

      /** A reader's own word: `off` below a broadcast, `on` and `mute` in the settings. */
      async news(conversation, { id }) {
        if (id !== 'on' && id !== 'off' && id !== 'mute') throw notFound();
        await muteBroadcasts(deps.db, conversation.userId, id !== 'on');
        await conversation.answer(conversation.t(id === 'on' ? 'news-on' : 'news-off'));
        if (id !== 'off') await conversation.show(settingsCard(conversation.t, { newsMuted: id === 'mute' }));
      },
    },
  };
}

/** The words that an owner was asked for. @throws AppError already-done */
export async function receiveBroadcastText(
  deps: BotDeps,
  conversation: Conversation,
  writing: string,
  text: string,
): Promise<void> {
  const [number = '', language = ''] = writing.split(':');
  const id = readId(number);
  if (id === null || text.length > LONGEST_MESSAGE) throw notFound();
  const broadcast = await writeText(deps.db, { id, by: conversation.userId, language, text });
  await conversation.send(await broadcastCardOf(deps, conversation, broadcast));
}

async function change(deps: BotDeps, conversation: Conversation, tap: Tap): Promise<void> {
  const { userId: by, t } = conversation;
  const { db } = deps;
  const id = idOf(tap);
  const [step, first, second] = tap.argument?.split(':') ?? [];
  switch (step) {
    case 'to': {
      const segment = SEGMENTS.find((known) => known === first);
      const language = deps.texts.languages.find((known) => known === second) ?? null;
      if (segment === undefined || (segment === 'language') !== (language !== null)) throw notFound();
      return show(deps, conversation, await chooseSegment(db, { id, segment, language }));
    }
    case 'text': {
      const language = deps.texts.languages.find((known) => known === first);
      if (language === undefined) throw notFound();
      await expectText(db, { id, by, language });
      await conversation.send({ text: t('broadcast-write', { language }), keyboard: [] });
      return;
    }
    case 'test':
      return test(deps, conversation, await readBroadcast(db, id));
    case 'start': {
      const cardMessageId = conversation.query?.message?.message_id ?? null;
      const broadcast = await startBroadcast(db, { id, by, cardMessageId }, new Date());
      conversation.log.info({ adminId: by, broadcastId: id }, 'a broadcast begins');
      return show(deps, conversation, broadcast);
    }
    case 'pause':
    case 'resume':
    case 'cancel':
      await stepBroadcast(db, { id, by, step });
      return show(deps, conversation, await readBroadcast(db, id));
    default:
      throw notFound();
  }
}

/** To the owner alone, every text as its readers would get it. */
async function test(deps: BotDeps, conversation: Conversation, { texts }: Broadcast): Promise<void> {
  for (const language of Object.keys(texts))
    await conversation.send(newsCard(deps.texts.in(language), textFor(texts, language)));
}

async function show(deps: BotDeps, conversation: Conversation, broadcast: Broadcast): Promise<void> {
  await conversation.show(await broadcastCardOf(deps, conversation, broadcast));
}

/** A broadcast as it is now, for the owner. */
export async function broadcastCardOf(
  deps: BotDeps,
  { t }: Conversation,
  broadcast: Broadcast,
): Promise<Screen> {
  const counts = await readCounts(deps.db, broadcast, new Date());
  return broadcastCard(t, broadcast, counts, deps.texts.languages);
}
