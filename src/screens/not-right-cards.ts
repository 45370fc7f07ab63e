/** “Not right”: which picture, what can be done about it, and what came of that. */
import { GIVE_BACK_REASONS, type GiveBackQuota } from '../photoshoots/give-back.ts';
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Keyboard, lines, type Screen } from './screen.ts';

/** Which picture of an album is not right, and how many credits come back. */
export function problemCard(
  t: Translate,
  pictures: readonly { id: number; position: number }[],
  quota: GiveBackQuota,
): Screen {
  return {
    text: lines(t('not-right-which'), '', giveBackRule(t, quota)),
    keyboard: inRows(
      pictures.map((picture) =>
        button(t('not-right-picture', { position: picture.position }), 'notright', picture.id),
      ),
      2,
    ),
  };
}

/** What can be done about a picture that is not right. */
export function notRightCard(t: Translate, pictureId: number, quota: GiveBackQuota): Screen {
  return {
    text: lines(t('not-right-ask'), '', giveBackRule(t, quota)),
    keyboard: [
      [button(t('button-redo'), 'redo', pictureId, undefined, { style: 'primary' })],
      [button(t('button-give-back'), 'giveback', pictureId)],
    ],
  };
}

/** It is made once more; one question about the reason. */
export function redoneCard(t: Translate, pictureId: number): Screen {
  return { text: t('not-right-redo'), keyboard: reasonKeys(t, pictureId) };
}

/** What it cost is back; one question about the reason. @param about.repaid of its credits, those that went to a refund */
export function givenBackCard(
  t: Translate,
  pictureId: number,
  { credits, repaid, ...quota }: GiveBackQuota & { credits: number; repaid: number },
): Screen {
  return {
    text: lines(
      repaid === credits ? t('not-right-repaid') : t('not-right-done', { credits: credits - repaid }),
      '',
      giveBackRule(t, quota),
    ),
    keyboard: reasonKeys(t, pictureId),
  };
}

function reasonKeys(t: Translate, pictureId: number): Keyboard {
  return GIVE_BACK_REASONS.map((reason) => [button(t(`reason-${reason}`), 'reason', pictureId, reason)]);
}

/** Below the word that the quota is used up: a person can do more than the rule. */
export function notGivenBackCard(t: Translate): Screen {
  return { text: t('give-back-refused'), keyboard: [[button(t('button-support'), 'support', 'new')]] };
}

/** How many pictures come back, as it is kept (photoshoots/give-back). */
export function giveBackRule(t: Translate, { perDay, sharePercent }: GiveBackQuota): string {
  return perDay === 0 ? t('give-back-none') : t('give-back-rule', { perDay, percent: sharePercent });
}
