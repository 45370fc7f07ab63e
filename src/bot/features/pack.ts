/** Files for sales channels: channels are chosen, a SKU is named if there is one, and the queue makes the files. */
import {
  expectSku,
  nameSku,
  openPack,
  readPack,
  rememberPackCard,
  requestPack,
  toggleChannel,
} from '../../marketplaces/pack.ts';
import { isPresetId } from '../../marketplaces/presets.ts';
import { editScreen } from '../../messenger/edit-screen.ts';
import { readDelivered } from '../../photoshoots/history.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { countFiles, packCard, packProgressCard, skuCard } from '../../screens/pack-card.ts';
import type { Screen } from '../../screens/screen.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature, Tap } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';
import { placeCutOut } from './photoshoot.ts';

type PackVerbs = 'pack' | 'channel' | 'sku' | 'makepack' | 'cutout';

/** A second tap within this time is impatience, later it is a wish to have the files again. */
const CUT_OUT_ONCE_SECONDS = 15;

export function createPackFeature(deps: BotDeps): Feature<PackVerbs> {
  return {
    commands: {},
    taps: {
      async pack(conversation, tap) {
        const { id: photoshootId, caption } = await readOwnPhotoshoot(
          deps.db,
          idOf(tap),
          conversation.userId,
        );
        if ((await countPictures(deps, conversation, photoshootId)) === 0) throw notFound();
        await openPack(deps.db, { photoshootId, caption });
        const screen = await packScreen(deps, conversation, photoshootId);
        // From within the card it leads back; under a result it begins one below.
        if (tap.argument === 'back') await conversation.show(screen);
        else {
          const { message_id: messageId } = await conversation.send(screen);
          await rememberPackCard(deps.db, { photoshootId, messageId });
        }
      },

      async channel(conversation, tap) {
        const photoshootId = await ownId(deps, conversation, tap);
        const { argument: channel } = tap;
        if (channel === null || !isPresetId(channel)) throw notFound();
        await toggleChannel(deps.db, { photoshootId, channel });
        await conversation.show(await packScreen(deps, conversation, photoshootId));
      },

      async sku(conversation, tap) {
        const photoshootId = await ownId(deps, conversation, tap);
        await expectSku(deps.db, { photoshootId, userId: conversation.userId });
        const messageId = await conversation.show(skuCard(conversation.t, photoshootId));
        await rememberPackCard(deps.db, { photoshootId, messageId });
      },

      async makepack(conversation, tap) {
        const photoshootId = await ownId(deps, conversation, tap);
        const pictures = await countPictures(deps, conversation, photoshootId);
        const { channels } = await readPack(deps.db, photoshootId);
        await requestPack(deps, { photoshootId }, new Date());
        const total = countFiles(channels, pictures);
        const messageId = await conversation.show(packProgressCard(conversation.t, 0, total));
        await rememberPackCard(deps.db, { photoshootId, messageId });
      },

      async cutout(conversation, tap) {
        const photoshootId = await ownId(deps, conversation, tap);
        if (tap.argument === 'model') return placeCutOut(deps, conversation, photoshootId);
        const once = { key: `cut-out:${photoshootId}`, withinSeconds: CUT_OUT_ONCE_SECONDS };
        await deps.queue.enqueue(deps.db, 'send-cut-out', { photoshootId }, { once });
        await conversation.answer(conversation.t('cut-out-begun'));
      },
    },
  };
}

/**
 * A text message, which is a SKU if the seller was asked for one.
 * @returns false when it was not asked for
 * @throws AppError sku-form, after which it is still awaited; pack-under-way
 */
export async function receiveSku(deps: BotDeps, conversation: Conversation, text: string): Promise<boolean> {
  const { userId } = conversation;
  const { namingPhotoshootId: photoshootId } = conversation.customer;
  if (photoshootId === null) return false;
  await nameSku(deps.db, { photoshootId, userId, text });
  // The card stands above the words: the keys come below them, and the old ones go.
  const { cardMessageId } = await readPack(deps.db, photoshootId);
  const screen = await packScreen(deps, conversation, photoshootId);
  const { message_id: messageId } = await conversation.send(screen);
  await rememberPackCard(deps.db, { photoshootId, messageId });
  if (cardMessageId !== null) {
    const { chatId, signal } = conversation;
    const below = { text: conversation.t('pack-below'), keyboard: [] };
    await editScreen(deps.gateway, { chatId, messageId: cardMessageId }, below, { signal });
  }
  return true;
}

async function ownId(deps: BotDeps, { userId }: Conversation, tap: Tap): Promise<number> {
  return (await readOwnPhotoshoot(deps.db, idOf(tap), userId)).id;
}

async function countPictures(deps: BotDeps, { userId }: Conversation, photoshootId: number): Promise<number> {
  return (await readDelivered(deps.db, { photoshootId, userId })).length;
}

async function packScreen(deps: BotDeps, conversation: Conversation, photoshootId: number): Promise<Screen> {
  const pack = await readPack(deps.db, photoshootId);
  return packCard(conversation.t, pack, await countPictures(deps, conversation, photoshootId));
}
