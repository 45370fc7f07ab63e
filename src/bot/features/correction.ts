/** Versions of a picture: what is to be changed, in which one, and the way back. */
import {
  expectCorrection,
  retargetCorrection,
  undoCorrection,
} from '../../photoshoots/draft/correct-picture.ts';
import { readAlbumOf, readDelivered } from '../../photoshoots/history.ts';
import { costOfNext } from '../../photoshoots/likeness.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { readPictures } from '../../photoshoots/run/start-photoshoot.ts';
import { shownCard } from '../../screens/result-card.ts';
import { changeCard, likesCard } from '../../screens/which-picture-cards.ts';
import { deliverAlbum } from '../../telegram/deliver.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound, numberOf } from '../tap.ts';
import { showCard } from './styles.ts';

export function createCorrectionFeature(deps: BotDeps): Feature<'change' | 'target' | 'likes' | 'undo'> {
  return {
    commands: {},
    taps: {
      async change(conversation, tap) {
        const pictureId = idOf(tap);
        await expectCorrection(deps.db, { pictureId, userId: conversation.userId });
        const card = changeCard(conversation.t, await readAlbumOf(deps.db, pictureId), pictureId);
        // Below a result it is a question of its own; the third part says that the tap came from the question.
        if (tap.argument === 'asked') await conversation.show(card);
        else await conversation.send(card);
      },

      async target(conversation, tap) {
        const draftId = idOf(tap);
        const pictureId = numberOf(tap.argument);
        const { userId } = conversation;
        await retargetCorrection(deps.db, { draftId, userId, pictureId }, new Date());
        await showCard(deps, conversation, draftId);
      },

      async likes(conversation, tap) {
        const { id } = await readOwnPhotoshoot(deps.db, idOf(tap), conversation.userId);
        const of = { photoshootId: id, userId: conversation.userId };
        const pictures = await readDelivered(deps.db, of);
        if (pictures.length === 0) throw notFound();
        const choices = pictures.map(({ pictureId, position, nextCredits }) => ({
          id: pictureId,
          position,
          nextCredits,
        }));
        await conversation.send(likesCard(conversation.t, choices));
      },

      async undo(conversation, tap) {
        const { t, chatId, userId, signal } = conversation;
        const before = await undoCorrection(deps.db, { pictureId: idOf(tap), userId }, new Date());
        if (before.photoFileId === null) throw notFound();
        const picture = { fileId: before.photoFileId, caption: t('undo-done') };
        await deliverAlbum(deps.gateway, { chatId, pictures: [picture], signal });
        const photoshoot = await readOwnPhotoshoot(deps.db, before.photoshootId, userId);
        await conversation.send(
          shownCard(t, {
            photoshootId: photoshoot.id,
            size: photoshoot.size,
            isCutOut: photoshoot.cutOutOf !== null,
            originalsArePng: deps.abilities.originalsArePng,
            productName: photoshoot.product?.name ?? null,
            ordered: (await readPictures(deps.db, photoshoot.id)).length,
            isCorrection: before.styleOrigin === 'correction',
            delivered: [{ ...before, nextCredits: costOfNext(before, photoshoot.size) }],
          }),
        );
      },
    },
  };
}
