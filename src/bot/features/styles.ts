/** Choosing how the pictures will look: every button of a draft's card but Create. */
import { randomInt } from 'node:crypto';
import { isRatio } from '../../ai/ratios.ts';
import { AppError } from '../../errors.ts';
import { draftScreen, showDraft } from '../../messenger/card-in-place.ts';
import { removeMessage } from '../../messenger/remove-message.ts';
import { askForIdeas } from '../../photoshoots/draft/ask-for-ideas.ts';
import { chooseCount } from '../../photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../photoshoots/draft/choose-ratio.ts';
import { chooseSize } from '../../photoshoots/draft/choose-size.ts';
import { dismissAdvice } from '../../photoshoots/draft/dismiss-advice.ts';
import { expectName } from '../../photoshoots/draft/name-product.ts';
import { MAX_PICTURES } from '../../photoshoots/limits.ts';
import type { Draft } from '../../photoshoots/photoshoot.ts';
import { isPictureSize } from '../../photoshoots/picture-price.ts';
import { type Card, readOwnCard, readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { addSurprise, expectOwnStyle } from '../../photoshoots/styles/add-own-style.ts';
import { readOfferedStyles } from '../../photoshoots/styles/offered-styles.ts';
import { readPresets } from '../../photoshoots/styles/presets.ts';
import { toggleStyle } from '../../photoshoots/styles/toggle-style.ts';
import { catalogueCard } from '../../screens/catalogue-card.ts';
import { describeCard, nameCard } from '../../screens/draft-questions.ts';
import type { Screen } from '../../screens/screen.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { catalogueSheet } from '../house-pictures.ts';
import { idOf, notFound, numberOf } from '../tap.ts';
import { leavePaywall } from './buy.ts';

type StyleVerbs =
  | 'card'
  | 'style'
  | 'catalogue'
  | 'surprise'
  | 'ideas'
  | 'describe'
  | 'name'
  | 'ratio'
  | 'size'
  | 'keepphoto'
  | 'count';

export function createStyleFeature(deps: BotDeps): Feature<StyleVerbs> {
  const sheet = catalogueSheet();
  return {
    commands: {},
    taps: {
      async card(conversation, tap) {
        const draftId = idOf(tap);
        if (tap.argument === 'sheet') return closeCatalogue(deps, conversation, draftId);
        // From the paywall “back” means: choose anew; what waited for money is a draft again.
        await leavePaywall(deps, conversation, draftId);
        await showCard(deps, conversation, draftId);
      },

      async style(conversation, tap) {
        const [number, place] = tap.argument?.split(':') ?? [];
        const from = place === 'catalogue' ? 'catalogue' : 'card';
        const draftId = idOf(tap);
        const input = {
          draftId,
          userId: conversation.userId,
          number: numberOf(number),
          houseTitle: (key: string) => conversation.t(`style-${key}`),
          from,
          canBeLarge: deps.abilities.largeSizes !== null,
        } as const;
        const card = await toggleStyle(deps.db, input, new Date());
        if (from === 'card') {
          await conversation.show(await draftScreen(deps, conversation.t, card));
          return;
        }
        await conversation.show(await catalogueScreen(deps, conversation, draftId));
        await showDraft(deps, conversation.t, draftId);
      },

      async catalogue(conversation, tap) {
        await conversation.sendWithPicture(sheet, await catalogueScreen(deps, conversation, idOf(tap)));
      },

      async surprise(conversation, tap) {
        const offered = await readOfferedStyles(deps.db, new Date());
        const style = offered[randomInt(offered.length)];
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

      /** Other proposals come as the first ones did: by a job, into the card. */
      async ideas(conversation, tap) {
        await askForIdeas(deps, { draftId: idOf(tap), userId: conversation.userId }, new Date());
        await conversation.answer(conversation.t('ideas-asked'));
      },

      async describe(conversation, tap) {
        const draftId = idOf(tap);
        await expectOwnStyle(deps.db, draftId, conversation.userId, new Date());
        await conversation.show(describeCard(conversation.t, draftId));
      },

      async name(conversation, tap) {
        const draftId = idOf(tap);
        await expectName(deps.db, { draftId, userId: conversation.userId }, new Date());
        await conversation.show(nameCard(conversation.t, draftId));
      },

      async ratio(conversation, tap) {
        const { argument } = tap;
        if (argument === null || !isRatio(argument)) throw notFound();
        const draftId = idOf(tap);
        await chooseRatio(deps.db, { draftId, userId: conversation.userId, ratio: argument }, new Date());
        await showCard(deps, conversation, draftId);
      },

      async size(conversation, tap) {
        const { argument: size } = tap;
        if (size === null || !isPictureSize(size)) throw notFound();
        if (size === 'large' && deps.abilities.largeSizes === null) throw notFound();
        const draftId = idOf(tap);
        await chooseSize(deps.db, { draftId, userId: conversation.userId, size }, new Date());
        await showCard(deps, conversation, draftId);
      },

      async keepphoto(conversation, tap) {
        const draftId = idOf(tap);
        await dismissAdvice(deps.db, { draftId, userId: conversation.userId }, new Date());
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

/** Shows the card of a draft in the message that was tapped. */
export async function showCard(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  const card = await readDraftCard(deps, conversation, draftId);
  await conversation.show(await draftScreen(deps, conversation.t, card));
}

async function catalogueScreen(deps: BotDeps, conversation: Conversation, draftId: number): Promise<Screen> {
  const { photoshoot: draft, styles } = await readDraftCard(deps, conversation, draftId);
  const [presets, offered] = [
    await readPresets(deps.db, conversation.userId),
    await readOfferedStyles(deps.db, new Date()),
  ];
  return catalogueCard(conversation.t, draft, styles, presets, offered);
}

/** The sheet goes, and the card above it has what was chosen. */
async function closeCatalogue(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  await readOwnPhotoshoot(deps.db, draftId, conversation.userId);
  const { chatId, query, signal } = conversation;
  const messageId = query?.message?.message_id;
  if (messageId !== undefined) await removeMessage(deps.gateway, { chatId, messageId }, { signal });
  await showDraft(deps, conversation.t, draftId);
}

/** @throws AppError not-found, draft-expired, awaiting-payment, already-placed */
async function readDraftCard(
  deps: BotDeps,
  conversation: Conversation,
  draftId: number,
): Promise<Card<Draft>> {
  const { photoshoot, ...card } = await readOwnCard(deps.db, draftId, conversation.userId);
  if (photoshoot.state === 'draft' && photoshoot.expiresAt > new Date()) return { ...card, photoshoot };
  const isOver = photoshoot.state === 'draft' || photoshoot.state === 'expired';
  if (isOver) throw new AppError('draft-expired', 'the draft is too old, or was dropped');
  if (photoshoot.state === 'awaiting_payment') {
    throw new AppError('awaiting-payment', 'the draft waits for its payment');
  }
  throw new AppError('already-placed', 'the draft has been placed');
}
