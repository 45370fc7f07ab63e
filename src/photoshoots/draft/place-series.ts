import { and, asc, eq, like } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshootPhotos, photoshoots, styles } from '../../database/schema/index.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { type Draft, type Style, toPhotoshoot } from '../photoshoot.ts';
import { creditsOf } from '../picture-price.ts';
import { IN_WORK } from '../steps.ts';
import { type PlacedPhotoshoot, type Promised, placeDraft } from './place-draft.ts';
import { countPictures } from './plan-pictures.ts';

type Photo = typeof photoshootPhotos.$inferSelect;

/** The first `photos` of `ofPhotos` that there are. */
export type PartOfSeries = { photos: number; ofPhotos: number };

/**
 * Orders the chosen styles for each photo of a series, as a photoshoot for each. All are placed or none; of a part the
 * rest stays the draft that it is. `deps.db` is the transaction that holds the draft's row.
 * @param input.part the photos that were asked for; all where it is left out
 * @param input.promised what the seller was told; null where a key does not say
 * @returns the draft's id, and how many pictures in all
 * @throws AppError card-changed, not-enough-credits with what all of it needs
 */
export async function placeSeries(
  deps: { db: Database; queue: Queue },
  input: {
    draft: Draft;
    chosen: readonly Style[];
    part: PartOfSeries | null;
    promised: Promised | null;
  },
  now: Date,
): Promise<PlacedPhotoshoot> {
  const { draft, chosen, part, promised } = input;
  const photos = await deps.db
    .select()
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, draft.id))
    .orderBy(asc(photoshootPhotos.messageId));
  // A tap that is handled twice finds fewer photos than it was told of, and places no others.
  if (part !== null && part.ofPhotos !== photos.length)
    throw new AppError('card-changed', 'the series has other photos by now');
  const placed = photos.slice(0, part?.photos ?? photos.length);
  const each = countPictures(chosen.length, draft.pictureCount);
  const creditsEach = each * creditsOf(draft.size);
  const needed = placed.length * creditsEach;
  const pictures = placed.length * each;
  if (promised !== null && (promised.pictures !== pictures || promised.credits !== needed))
    throw new AppError('card-changed', 'the seller was told another number of pictures, or another price');
  for (const [index, photo] of placed.entries()) {
    // Where nothing is left the draft itself is the first one's, with the card that was tapped.
    const staysHere = index === 0 && placed.length === photos.length;
    const one = staysHere ? await endSeries(deps.db, draft) : await moveOut(deps.db, draft, photo);
    try {
      await placeDraft(deps, { draft: one, chosen }, now);
    } catch (error) {
      if (!isAppError(error, 'not-enough-credits')) throw error;
      // What was reserved for those before goes with this transaction.
      const available = Number(error.details.available) + index * creditsEach;
      throw new AppError('not-enough-credits', error.message, {
        cause: error,
        details: { needed, available },
      });
    }
  }
  return { photoshootId: draft.id, pictures, inLine: null };
}

/** The photoshoots that this series has brought and that are not over, beside the one that has its card. */
export async function readSeries(
  db: Database,
  input: { draftId: number; userId: number },
): Promise<number[]> {
  const rows = await db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(
      and(
        eq(photoshoots.userId, input.userId),
        isOneOf(photoshoots.state, IN_WORK),
        like(photoshoots.sourceKey, `${sourceKeyOf(input.draftId)}:%`),
      ),
    )
    .orderBy(asc(photoshoots.id));
  return rows.map(({ id }) => id);
}

function sourceKeyOf(draftId: number): string {
  return `series:${draftId}`;
}

async function endSeries(tx: Database, draft: Draft): Promise<Draft> {
  await tx.update(photoshoots).set({ isSeries: false }).where(eq(photoshoots.id, draft.id));
  return { ...draft, isSeries: false };
}

/** The photo as a draft of its own, with the styles and the format of the series. */
async function moveOut(tx: Database, draft: Draft, { messageId }: Photo): Promise<Draft> {
  const [row] = await tx
    .insert(photoshoots)
    .values({
      userId: draft.userId,
      chatId: draft.chatId,
      sourceKey: `${sourceKeyOf(draft.id)}:${messageId}`,
      caption: draft.caption,
      productName: draft.product?.name ?? null,
      productKind: draft.product?.kind ?? null,
      recommendedRatio: draft.product?.recommendedRatio ?? null,
      isProduct: draft.product?.isProduct ?? null,
      ratio: draft.ratio,
      size: draft.size,
      pictureCount: draft.pictureCount,
      expiresAt: draft.expiresAt,
    })
    .returning();
  if (row === undefined) throw new Error('a draft that was inserted is not there');
  const one = toPhotoshoot(row);
  if (one.state !== 'draft') throw new Error('a new photoshoot is not a draft');
  await tx
    .update(photoshootPhotos)
    .set({ photoshootId: one.id })
    .where(and(eq(photoshootPhotos.photoshootId, draft.id), eq(photoshootPhotos.messageId, messageId)));
  const options = await tx.select().from(styles).where(eq(styles.photoshootId, draft.id));
  await tx.insert(styles).values(options.map((style) => ({ ...style, photoshootId: one.id })));
  return one;
}
