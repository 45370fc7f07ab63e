import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { readStyles } from '../read-photoshoot.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Chooses the first proposals of a draft in which nothing is chosen. What was chosen since the card was read is not
 * lost by it: then the card has changed. Done twice it is done once.
 * @throws AppError card-changed, not-found, draft-expired, awaiting-payment, already-placed
 */
export async function chooseFirst(
  db: Database,
  input: { draftId: number; userId: number; pictures: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    const all = await readStyles(tx, input.draftId);
    const first = all
      .filter(({ origin }) => origin === 'proposed')
      .slice(0, input.pictures)
      .map(({ number }) => number);
    const chosen = all.filter((style) => style.chosen).map(({ number }) => number);
    if (first.length < input.pictures) throw new AppError('card-changed', 'there are not so many proposals');
    if (chosen.length > 0 && String(chosen) !== String(first))
      throw new AppError('card-changed', 'something is chosen since');
    await tx
      .update(styles)
      .set({ chosen: true })
      .where(and(eq(styles.photoshootId, input.draftId), inArray(styles.number, first)));
  });
}
