/** The card of a change: the words, the picture that is meant, and the price. */
import type { Draft } from '../photoshoots/photoshoot.ts';
import type { Translate } from '../texts/texts.ts';
import {
  formatLine,
  option,
  type Pixels,
  placeButton,
  productLine,
  quoted,
  sizeRows,
} from './draft-parts.ts';
import { button, inRows, lines, type Screen } from './screen.ts';

/**
 * A draft that changes a delivered picture: the words, which of the pictures is meant, and the price.
 * @param album the pictures that arrived together with it, in their order
 * @param credits that it costs; fewer than others where the picture drifted
 * @param largeSize as for any draft
 */
export function correctionCard(
  t: Translate,
  draft: Draft,
  words: string,
  album: readonly { id: number; position: number }[],
  credits: number,
  largeSize: Pixels | null = null,
): Screen {
  return {
    text: lines(
      t('correction-title'),
      quoted(t, words),
      '',
      draft.product !== null && productLine(t, draft.product),
      formatLine(t, draft, largeSize),
      t('correction-hint'),
    ),
    keyboard: [
      ...(album.length > 1
        ? inRows(
            album.map(({ id, position }) =>
              option(
                t,
                t('button-picture', { position }),
                id === draft.basedOnPictureId,
                'target',
                draft.id,
                id,
              ),
            ),
            2,
          )
        : []),
      ...sizeRows(t, draft, largeSize),
      [placeButton(t, draft, 1, credits)],
      [button(t('button-leave'), 'cancel', draft.id)],
    ],
  };
}
