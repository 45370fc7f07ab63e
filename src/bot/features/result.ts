/** What a seller does with finished pictures: originals, saved styles, “Not right”. */
import { isAppError } from '../../errors.ts';
import {
  explainGiveBack,
  GIVE_BACK_REASONS,
  type GiveBackQuota,
  giveBack,
  refuseGiveBack,
} from '../../photoshoots/give-back.ts';
import { readDelivered } from '../../photoshoots/history.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { saveStyles } from '../../photoshoots/styles/presets.ts';
import { givenBackCard, notGivenBackCard, notRightCard, problemCard } from '../../screens/not-right-cards.ts';
import { savedOwnCard } from '../../screens/preset-cards.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

type ResultVerbs = 'originals' | 'save' | 'problem' | 'notright' | 'giveback' | 'reason';

/** A second tap within this time is impatience, later it is a wish to have the files again. */
const ORIGINALS_ONCE_SECONDS = 15;

export function createResultFeature(deps: BotDeps): Feature<ResultVerbs> {
  return {
    commands: {},
    taps: {
      async originals(conversation, tap) {
        if (tap.argument !== null && tap.argument !== 'jpeg') throw notFound();
        const { id } = await readOwnPhotoshoot(deps.db, idOf(tap), conversation.userId);
        const [job, key] =
          tap.argument === 'jpeg'
            ? (['send-jpegs', `jpegs:${id}`] as const)
            : (['send-originals', `originals:${id}`] as const);
        const once = { key, withinSeconds: ORIGINALS_ONCE_SECONDS };
        await deps.queue.enqueue(deps.db, job, { photoshootId: id }, { once });
      },

      async save(conversation, tap) {
        const input = { photoshootId: idOf(tap), userId: conversation.userId, max: deps.maxSavedStyles };
        const { saved, own } = await saveStyles(deps.db, input);
        await conversation.answer(conversation.t('save-done', { saved }));
        // Its name was made from its words: the seller may know a better one.
        if (own !== null) await conversation.send(savedOwnCard(conversation.t, own));
      },

      async problem(conversation, tap) {
        const pictures = await readDelivered(deps.db, {
          photoshootId: idOf(tap),
          userId: conversation.userId,
        });
        if (pictures.length === 0) throw notFound();
        await conversation.send(
          problemCard(
            conversation.t,
            pictures.map(({ pictureId, position }) => ({ id: pictureId, position })),
            quotaOf(deps),
          ),
        );
      },

      async notright(conversation, tap) {
        const input = { pictureId: idOf(tap), userId: conversation.userId, ...quotaOf(deps) };
        await withinQuota(conversation, () => refuseGiveBack(deps.db, input, new Date()));
        await conversation.send(notRightCard(conversation.t, input.pictureId, quotaOf(deps)));
      },

      async giveback(conversation, tap) {
        const input = { pictureId: idOf(tap), userId: conversation.userId, ...quotaOf(deps) };
        const returned = await withinQuota(conversation, () => giveBack(deps.db, input, new Date()));
        const card = givenBackCard(conversation.t, input.pictureId, { ...quotaOf(deps), ...returned });
        await conversation.show(card);
      },

      async reason(conversation, tap) {
        const reason = GIVE_BACK_REASONS.find((known) => known === tap.argument);
        if (reason === undefined) throw notFound();
        const input = { pictureId: idOf(tap), userId: conversation.userId, reason };
        if (!(await explainGiveBack(deps.db, input))) throw notFound();
        await conversation.show({ text: conversation.t('not-right-thanks'), keyboard: [] });
      },
    },
  };
}

/** The note above the chat says why a picture does not come back; only a message can lead on. */
export async function withinQuota<T>({ send, t }: Conversation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error, 'give-back-quota', 'give-back-share')) await send(notGivenBackCard(t));
    throw error;
  }
}

/** How many pictures a seller may give back. */
export function quotaOf({ giveBacksPerDay, selling }: BotDeps): GiveBackQuota {
  return { perDay: giveBacksPerDay, sharePercent: selling.giveBackSharePercent };
}
