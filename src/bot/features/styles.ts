/** Choosing how the pictures will look: every button of a draft's card but Create. */
import { randomInt } from 'node:crypto';
import { isRatio } from '../../ai/ratios.ts';
import { AppError, isAppError } from '../../errors.ts';
import { draftScreen, showDraft } from '../../messenger/card-in-place.ts';
import { chooseCount } from '../../photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../photoshoots/draft/choose-ratio.ts';
import { MAX_PICTURES } from '../../photoshoots/limits.ts';
import { type Draft, readOwnPhotoshoot, readStyles } from '../../photoshoots/photoshoot.ts';
import {
  addOwnStyle,
  addSurprise,
  expectOwnStyle,
  stopExpectingOwnStyle,
} from '../../photoshoots/styles/add-own-style.ts';
import { HOUSE_STYLES } from '../../photoshoots/styles/house-styles.ts';
import { readPresets } from '../../photoshoots/styles/presets.ts';
import { toggleStyle } from '../../photoshoots/styles/toggle-style.ts';
import { catalogueCard, describeCard } from '../../screens/draft-card.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound, numberOf } from '../tap.ts';
import { leavePaywall } from './buy.ts';

type StyleVerbs = 'card' | 'style' | 'catalogue' | 'surprise' | 'describe' | 'ratio' | 'count';

export function createStyleFeature(deps: BotDeps): Feature<StyleVerbs> {
  return {
    commands: {},
    taps: {
      async card(conversation, tap) {
        const draftId = idOf(tap);
        // From the paywall “back” means: choose anew; what waited for money is a draft again.
        await leavePaywall(deps, conversation, draftId);
        await showCard(deps, conversation, draftId);
      },

      async style(conversation, tap) {
        const [number, from] = tap.argument?.split(':') ?? [];
        const draftId = idOf(tap);
        const input = {
          draftId,
          userId: conversation.userId,
          number: numberOf(number),
          houseTitle: (key: string) => conversation.t(`style-${key}`),
        };
        await toggleStyle(deps.db, input, new Date());
        if (from === 'catalogue') await showCatalogue(deps, conversation, draftId);
        else await showCard(deps, conversation, draftId);
      },

      async catalogue(conversation, tap) {
        await showCatalogue(deps, conversation, idOf(tap));
      },

      async surprise(conversation, tap) {
        const style = HOUSE_STYLES[randomInt(HOUSE_STYLES.length)];
        if (style === undefined) throw new Error('the house has no styles');
        const title = conversation.t('surprise-title', { title: conversation.t(`style-${style.key}`) });
        const draftId = idOf(tap);
        await addSurprise(
          deps.db,
          { draftId, userId: conversation.userId, title, prompt: style.prompt },
          new Date(),
        );
        await showCard(deps, conversation, draftId);
      },

      async describe(conversation, tap) {
        const draftId = idOf(tap);
        await expectOwnStyle(deps.db, draftId, conversation.userId, new Date());
        await conversation.show(describeCard(conversation.t, draftId));
      },

      async ratio(conversation, tap) {
        const { argument } = tap;
        if (argument === null || !isRatio(argument)) throw notFound();
        const draftId = idOf(tap);
        await chooseRatio(deps.db, { draftId, userId: conversation.userId, ratio: argument }, new Date());
        await showCard(deps, conversation, draftId);
      },

      async count(conversation, tap) {
        const pictures = numberOf(tap.argument);
        if (pictures > MAX_PICTURES) throw notFound();
        const draftId = idOf(tap);
        await chooseCount(deps.db, { draftId, userId: conversation.userId, pictures }, new Date());
        await showCard(deps, conversation, draftId);
      },
    },
  };
}

/**
 * A text message, which describes an own style if the seller was asked for one.
 * @returns false when it was not asked for, or its draft has been placed meanwhile: then it is just a message
 * @throws AppError style-text-length, after which the description is still awaited; draft-expired
 */
export async function describeStyle(
  deps: BotDeps,
  conversation: Conversation,
  text: string,
): Promise<boolean> {
  const draftId = conversation.customer.describingDraftId;
  if (draftId === null) return false;
  try {
    await readDraft(deps, conversation, draftId);
  } catch (error) {
    if (!isAppError(error, 'already-placed', 'awaiting-payment', 'draft-expired')) throw error;
    await stopDescribing(deps, conversation);
    if (error.code === 'draft-expired') throw error;
    return false;
  }
  const style = {
    draftId,
    userId: conversation.userId,
    title: conversation.t('own-style-title'),
    prompt: text.trim(),
  };
  await addOwnStyle(deps.db, style, new Date());
  await showDraft(deps, conversation.t, draftId);
  return true;
}

/** From here on a text message is a message again. */
export async function stopDescribing(deps: BotDeps, conversation: Conversation): Promise<void> {
  if (conversation.customer.describingDraftId !== null)
    await stopExpectingOwnStyle(deps.db, conversation.userId);
}

async function showCard(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  const draft = await readDraft(deps, conversation, draftId);
  await conversation.show(await draftScreen(deps.db, conversation.t, draft));
}

async function showCatalogue(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  const draft = await readDraft(deps, conversation, draftId);
  const [styles, presets] = [
    await readStyles(deps.db, draftId),
    await readPresets(deps.db, conversation.userId),
  ];
  await conversation.show(catalogueCard(conversation.t, draft, styles, presets));
}

/** @throws AppError not-found, draft-expired, awaiting-payment, already-placed */
async function readDraft(deps: BotDeps, conversation: Conversation, draftId: number): Promise<Draft> {
  const photoshoot = await readOwnPhotoshoot(deps.db, draftId, conversation.userId);
  if (photoshoot.state === 'draft' && photoshoot.expiresAt > new Date()) return photoshoot;
  const isOver = photoshoot.state === 'draft' || photoshoot.state === 'expired';
  if (isOver) throw new AppError('draft-expired', 'the draft is too old, or was dropped');
  if (photoshoot.state === 'awaiting_payment') {
    throw new AppError('awaiting-payment', 'the draft waits for its payment');
  }
  throw new AppError('already-placed', 'the draft has been placed');
}
