/** Other proposals for a draft: asked for by a key, and made by the job that recognises products. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { photoshoots, styles, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { MAX_IDEAS, MAX_PICTURES } from '../limits.ts';
import { readStyles } from '../read-photoshoot.ts';
import { lockDraft } from './lock-draft.ts';
import { withAPhotoOf } from './same-photos.ts';

/**
 * Asks for other proposals in the place of those that are not chosen. While they are awaited, another tap asks for none.
 * @throws AppError too-many-ideas, where these photos have had as many in all of their drafts; not-found for a draft
 * that has no proposals of its own; draft-expired, awaiting-payment, already-placed
 */
export async function askForIdeas(
  deps: { db: Database; queue: Queue },
  input: { draftId: number; userId: number },
  now: Date,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    const { ideas, product, isSeries, basedOnPictureId } = draft;
    if (product === null || isSeries || basedOnPictureId !== null)
      throw new AppError('not-found', 'nothing is proposed for this draft');
    if (ideas.asked > ideas.come) return;
    // Two drafts of the same photo see each other's count.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, draft.userId)).for('no key update');
    if ((await countIdeas(tx, draft)) >= MAX_IDEAS)
      throw new AppError('too-many-ideas', 'this photo has had its ideas', { details: { max: MAX_IDEAS } });
    await tx
      .update(photoshoots)
      .set({ ideasAsked: ideas.asked + 1 })
      .where(eq(photoshoots.id, draft.id));
    await deps.queue.enqueue(tx, 'detect-product', { photoshootId: draft.id });
  });
}

/** How often they were asked for, in all drafts of this person that have a photo of this one. */
export async function countIdeas(
  tx: Database,
  { id, userId }: { id: number; userId: number },
): Promise<number> {
  const [row] = await selectRows<{ asked: number }>(
    tx,
    sql`select coalesce(sum(${photoshoots.ideasAsked}), 0)::int as asked from ${photoshoots}
      where ${photoshoots.userId} = ${userId} and ${photoshoots.id} in ${withAPhotoOf(id)}`,
  );
  return row?.asked ?? 0;
}

/**
 * Puts new proposals in the place of those that are not chosen.
 * @param input.turn which time it is that they were asked for
 * @returns false where they have come already, or the draft is none any more
 */
export async function putIdeas(
  db: Database,
  input: { draftId: number; turn: number; proposals: readonly { title: string; prompt: string }[] },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const taken = await tx
      .update(photoshoots)
      .set({ ideasCome: input.turn })
      .where(
        and(
          eq(photoshoots.id, input.draftId),
          eq(photoshoots.state, 'draft'),
          eq(photoshoots.ideasAsked, input.turn),
          sql`${photoshoots.ideasCome} < ${input.turn}`,
        ),
      )
      .returning({ id: photoshoots.id });
    if (taken.length === 0) return false;
    const proposed = and(eq(styles.photoshootId, input.draftId), eq(styles.origin, 'proposed'));
    await tx.delete(styles).where(and(proposed, eq(styles.chosen, false)));
    const kept = (await readStyles(tx, input.draftId)).filter(({ origin }) => origin === 'proposed');
    const others = input.proposals.filter(({ title }) => kept.every((one) => one.title !== title));
    const free = Array.from({ length: MAX_PICTURES }, (_, index) => index + 1).filter((number) =>
      kept.every((one) => one.number !== number),
    );
    const rows = free.flatMap((number, index) => {
      const proposal = others[index];
      if (proposal === undefined) return [];
      const { title, prompt } = proposal;
      return [{ photoshootId: input.draftId, number, origin: 'proposed' as const, title, prompt }];
    });
    if (rows.length > 0) await tx.insert(styles).values(rows);
    return true;
  });
}
