import type { Database } from '../../database/client.ts';
import { addOwnStyle, addWishedStyle } from '../styles/add-own-style.ts';
import type { Wish } from '../words/read-wish.ts';
import { chooseCount, keepFirstStyles } from './choose-count.ts';
import { chooseRatio } from './choose-ratio.ts';

/**
 * What words ask of a draft, all of it or nothing: number, format, and the rest as an own style in place of an
 * earlier one.
 * @param input.title the own style's title in the seller's language
 * @param input.wasAsked whether a description was asked for; such a one is longer
 * @throws AppError style-text-length, too-many-styles, not-found, draft-expired, awaiting-payment, already-placed
 */
export async function takeWish(
  db: Database,
  input: { draftId: number; userId: number; title: string; wish: Wish; wasAsked: boolean },
  now: Date,
): Promise<void> {
  const { draftId, userId, title, wish } = input;
  const { ratio, pictures, words } = wish;
  await db.transaction(async (tx) => {
    if (pictures !== null) await chooseCount(tx, { draftId, userId, pictures }, now);
    if (ratio !== null) await chooseRatio(tx, { draftId, userId, ratio }, now);
    if (words === '' && (pictures !== null || ratio !== null)) return;
    // The look in the words is one of the pictures, and the newest choice.
    if (pictures !== null) await keepFirstStyles(tx, draftId, pictures - 1);
    const style = { draftId, userId, title, prompt: words };
    await (input.wasAsked ? addOwnStyle(tx, style, now) : addWishedStyle(tx, style, now));
  });
}
