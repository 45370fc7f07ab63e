/** Which picture of an album what comes next is about. */
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Screen } from './screen.ts';

/**
 * Asks what is to be changed, and in which picture of several.
 * @param chosenId the picture that the next words are about
 */
export function changeCard(
  t: Translate,
  pictures: readonly { id: number; position: number }[],
  chosenId: number,
): Screen {
  const choices = pictures.map(({ id, position }) => {
    const title = t('button-picture', { position });
    return id === chosenId
      ? button(t('button-chosen', { title }), 'change', id, 'asked', { style: 'primary' })
      : button(title, 'change', id, 'asked');
  });
  return { text: t('change-ask'), keyboard: pictures.length > 1 ? inRows(choices, 2) : [] };
}

/** Which picture of an album there is to be one more of. */
export function likesCard(
  t: Translate,
  pictures: readonly { id: number; position: number; nextCredits: number }[],
): Screen {
  return {
    text: t('likes-which'),
    keyboard: inRows(
      pictures.map(({ id, position, nextCredits: credits }) =>
        button(t('likes-picture', { position, credits }), 'more', id),
      ),
      2,
    ),
  };
}
