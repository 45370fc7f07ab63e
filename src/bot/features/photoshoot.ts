/** Create, and everything that can be done with a photoshoot from then on. */
import { AppError, isAppError } from '../../errors.ts';
import { draftScreen, editCard } from '../../messenger/card-in-place.ts';
import { chooseCount } from '../../photoshoots/draft/choose-count.ts';
import { chooseFirst } from '../../photoshoots/draft/choose-first.ts';
import { makeMoreLike } from '../../photoshoots/draft/correct-picture.ts';
import { findMadeBefore } from '../../photoshoots/draft/find-made-before.ts';
import {
  type OrderingKey,
  type Request,
  sourceKeyOfRedo,
  sourceKeyOfTap,
} from '../../photoshoots/draft/find-placed.ts';
import { orderCutOut } from '../../photoshoots/draft/order-cut-out.ts';
import { placePhotoshoot } from '../../photoshoots/draft/place-photoshoot.ts';
import type { PartOfSeries } from '../../photoshoots/draft/place-series.ts';
import { redoPicture } from '../../photoshoots/draft/redo-picture.ts';
import { rememberCard } from '../../photoshoots/draft/remember-card.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../photoshoots/draft/repeat-photoshoot.ts';
import { type Card, readOwnCard, readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { cancelPhotoshoot, findCancellable } from '../../photoshoots/run/cancel-photoshoot.ts';
import { readPlace } from '../../photoshoots/run/waiting-line.ts';
import { wakeUnattended } from '../../photoshoots/run/wake-unattended.ts';
import { madeBeforeCard } from '../../screens/draft-questions.ts';
import { redoneCard } from '../../screens/not-right-cards.ts';
import { statusCard } from '../../screens/status-card.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature, Tap } from '../feature.ts';
import { placeWithinLimits } from '../place-within-limits.ts';
import { inPassing, showPlaced, showQueued, showSeries } from '../placed-card.ts';
import { callbackIdOf, creditsIn, idOf, notFound, numberOf } from '../tap.ts';
import { leavePaywall, payAndContinue } from './buy.ts';
import { quotaOf, withinQuota } from './result.ts';
import { showCard } from './styles.ts';

type PhotoshootVerbs = 'place' | 'cancel' | 'again' | 'more' | 'redo' | 'restyle';

export function createPhotoshootFeature(deps: BotDeps): Feature<PhotoshootVerbs, 'cancel'> {
  return {
    taps: {
      async place(conversation, tap) {
        const draftId = idOf(tap);
        const input = { draftId, userId: conversation.userId, promised: promiseOf(tap) };
        try {
          const card = await readOwnCard(deps.db, draftId, conversation.userId);
          if (await offerMadeBefore(deps, conversation, { ...input, card })) return;
          const { isSeries } = card.photoshoot;
          await placeWithinLimits(deps, conversation, requestOfDraft(card, input.promised), () =>
            placeOrSell(deps, conversation, { ...input, isSeries }),
          );
        } catch (error) {
          if (!isAppError(error, 'card-changed')) throw error;
          await conversation.answer(conversation.t('error-card-changed'));
          await showCard(deps, conversation, draftId);
        }
      },

      async cancel(conversation, tap) {
        await conversation.answer(await cancel(deps, conversation, idOf(tap)));
      },

      async again(conversation, tap) {
        await placeWithinLimits(deps, conversation, requestOf('again', conversation), async () => {
          const input = {
            photoshootId: idOf(tap),
            userId: conversation.userId,
            callbackId: callbackIdOf(conversation),
            ...(tap.argument === 'large' ? { size: 'large' as const } : {}),
          };
          const { photoshootId } = await repeatPhotoshoot(deps, input, new Date());
          await showPlaced(deps, conversation, photoshootId);
        });
      },

      async more(conversation, tap) {
        await placeWithinLimits(deps, conversation, requestOf('more', conversation), async () => {
          const input = {
            pictureId: idOf(tap),
            userId: conversation.userId,
            callbackId: callbackIdOf(conversation),
          };
          const { photoshootId } = await makeMoreLike(deps, input, new Date());
          await showPlaced(deps, conversation, photoshootId);
        });
      },

      async redo(conversation, tap) {
        await placeWithinLimits(deps, conversation, { sourceKey: sourceKeyOfRedo(idOf(tap)) }, async () => {
          const input = { pictureId: idOf(tap), userId: conversation.userId, ...quotaOf(deps) };
          const { photoshootId } = await withinQuota(conversation, () =>
            redoPicture(deps, input, new Date()),
          );
          await inPassing(deps, conversation, photoshootId, async () => {
            await conversation.show(redoneCard(conversation.t, input.pictureId));
          });
          await showPlaced(deps, conversation, photoshootId);
        });
      },

      async restyle(conversation, tap) {
        const input = {
          photoshootId: idOf(tap),
          userId: conversation.userId,
          sourceKey: `restyle:${callbackIdOf(conversation)}`,
        };
        const draftId = await restylePhotoshoot(deps, input, new Date());
        const { photoshoot, ...rest } = await readOwnCard(deps.db, draftId, conversation.userId);
        if (photoshoot.state !== 'draft')
          throw new AppError('already-placed', 'the new draft has been placed');
        const screen = await draftScreen(deps, conversation.t, { ...rest, photoshoot });
        await rememberCard(deps.db, draftId, (await conversation.send(screen)).message_id);
      },
    },

    commands: {
      async cancel(conversation) {
        if (conversation.customer.writingTicketId !== null) {
          // It was support that they wanted to leave; a second one stops an order.
          await conversation.send({ text: conversation.t('support-left'), keyboard: [] });
          return;
        }
        const newest = await findCancellable(deps.db, conversation.userId);
        const text =
          newest === null ? conversation.t('cancel-nothing') : await cancel(deps, conversation, newest.id);
        await conversation.send({ text, keyboard: [] });
      },
    },
  };
}

/** What a key that orders anew with every tap asks for. */
function requestOf(key: OrderingKey, conversation: Conversation): Request {
  return { sourceKey: sourceKeyOfTap(key, callbackIdOf(conversation)) };
}

/** A series takes a place for each photo that is ordered. */
function requestOfDraft({ photoshoot, photos }: Card, promised: Promised): Request {
  const { id: draftId, isSeries } = photoshoot;
  if (!isSeries) return { draftId };
  return { draftId, ofPhotos: photos, photos: promised?.part?.photos ?? photos };
}

/** Of which styles pictures were promised. */
const PROMISED_OF = ['chosen', 'first', 'fewer', 'anew', 'part'] as const;
/**
 * What the key said: how many pictures, of which styles, and for how many credits. `first`: of the first proposals;
 * `fewer`: of the first that are chosen, as many as the credits suffice for; `anew`: of those that are chosen, although
 * they were made before; `part`: of the first photos of a series. Keys of old cards say nothing.
 */
type Promised = {
  pictures: number;
  credits: number;
  of: (typeof PROMISED_OF)[number];
  part: PartOfSeries | null;
} | null;

function promiseOf({ argument }: Tap): Promised {
  if (argument === null) return null;
  const [kind, pictures, credits, photos, ofPhotos] = argument.split(':');
  const of = PROMISED_OF.find((known) => known === kind);
  if (of === undefined) throw notFound();
  const part = of === 'part' ? { photos: numberOf(photos), ofPhotos: numberOf(ofPhotos) } : null;
  return { pictures: numberOf(pictures), credits: creditsIn(credits), of, part };
}

/** Makes the choice that the key said, before what is chosen is placed. */
async function chooseAsPromised(
  deps: BotDeps,
  { draftId, userId, promised }: { draftId: number; userId: number; promised: Promised },
): Promise<void> {
  if (promised?.of !== 'first' && promised?.of !== 'fewer') return;
  const choose = promised.of === 'first' ? chooseFirst : chooseCount;
  await choose(deps.db, { draftId, userId, pictures: promised.pictures }, new Date());
}

/**
 * All that is to be made was delivered before: it is offered once more, for nothing, beside making it anew.
 * @returns false where there is nothing to offer, and where the seller has been asked already
 */
async function offerMadeBefore(
  deps: BotDeps,
  conversation: Conversation,
  input: { draftId: number; userId: number; promised: Promised; card: Card },
): Promise<boolean> {
  const { draftId, userId, promised, card } = input;
  if (promised?.of !== 'chosen' && promised?.of !== 'first') return false;
  if (card.photoshoot.state !== 'draft') return false;
  await chooseAsPromised(deps, input);
  // What the key has just chosen is not on the card that was read.
  const chosen = promised.of === 'first' ? await readOwnCard(deps.db, draftId, userId) : card;
  const before = await findMadeBefore(deps.db, { card: chosen, models: deps.pictureModels });
  if (before === null) return false;
  await conversation.show(
    madeBeforeCard(conversation.t, conversation.customer.language, { draftId, ...before }),
  );
  return true;
}

/**
 * Places the draft; where credits are short, sells the missing ones and lets the draft wait for them. One that
 * waits already begins anew: what a death or a failed send had kept from being shown is shown, and credits that
 * came in meanwhile are enough.
 */
async function placeOrSell(
  deps: BotDeps,
  conversation: Conversation,
  input: { draftId: number; userId: number; promised: Promised; isSeries: boolean },
): Promise<void> {
  try {
    await chooseAsPromised(deps, input);
    const { photoshootId, inLine } = await placePhotoshoot(
      deps,
      { ...input, part: input.promised?.part ?? null },
      new Date(),
    );
    await showQueued(deps, conversation, inLine ?? (await readPlace(deps.db, photoshootId)));
    if (!input.isSeries) return;
    await showSeries(deps, conversation, photoshootId);
    // Of a series of which only a part was ordered the rest is still to be chosen for.
    const { state } = await readOwnPhotoshoot(deps.db, photoshootId, input.userId);
    if (state === 'draft') await showCard(deps, conversation, photoshootId);
  } catch (error) {
    if (isAppError(error, 'awaiting-payment')) {
      await leavePaywall(deps, conversation, input.draftId);
      return placeOrSell(deps, conversation, input);
    }
    if (!isAppError(error, 'not-enough-credits')) throw error;
    const { needed, available } = error.details;
    await payAndContinue(deps, conversation, {
      draftId: input.draftId,
      needed: Number(needed),
      available: Number(available),
    });
  }
}

/** Orders the product of a photoshoot cut out by a model, which costs a credit. */
export async function placeCutOut(
  deps: BotDeps,
  conversation: Conversation,
  photoshootId: number,
): Promise<void> {
  if (!deps.abilities.cutsOut) throw notFound();
  await placeWithinLimits(deps, conversation, requestOf('cut-out', conversation), async () => {
    const input = {
      photoshootId,
      userId: conversation.userId,
      title: conversation.t('cut-out-title'),
      callbackId: callbackIdOf(conversation),
    };
    const placed = await orderCutOut(deps, input, new Date());
    await showPlaced(deps, conversation, placed.photoshootId);
  });
}

/** Stops a photoshoot, shows so in its card, and @returns the short note for the seller. */
async function cancel(deps: BotDeps, conversation: Conversation, photoshootId: number): Promise<string> {
  const wasDraft = (await readOwnPhotoshoot(deps.db, photoshootId, conversation.userId)).state === 'draft';
  const outcome = await cancelPhotoshoot(deps.db, { photoshootId, userId: conversation.userId });
  const photoshoot = await readOwnPhotoshoot(deps.db, photoshootId, conversation.userId);
  switch (outcome.kind) {
    case 'cancelled': {
      const text = wasDraft
        ? conversation.t(photoshoot.basedOnPictureId === null ? 'card-dropped' : 'correction-left')
        : conversation.t('status-cancelled', { credits: outcome.released });
      await inPassing(deps, conversation, photoshootId, () =>
        editCard(deps, photoshoot, { text, keyboard: [] }),
      );
      return conversation.t('error-cancelled');
    }
    case 'stopping':
      await inPassing(deps, conversation, photoshootId, () =>
        editCard(deps, photoshoot, statusCard(conversation.t, photoshootId, { stage: 'stopping' })),
      );
      // Put off until the provider is back, it would stop only then.
      await wakeUnattended(deps, { photoshootId });
      return conversation.t('cancel-stopping');
    case 'too-late':
      return conversation.t('cancel-too-late');
    default: {
      const never: never = outcome;
      throw new Error(`unknown cancellation ${String(never)}`);
    }
  }
}
