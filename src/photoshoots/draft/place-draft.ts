import { getTableColumns, sql, type WithSubquery } from 'drizzle-orm';
import type { Ratio } from '../../ai/ratios.ts';
import { moveCredits } from '../../billing/ledger/move-credits.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages } from '../../database/schema/index.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { payForNext } from '../likeness.ts';
import { type Draft, type Style, toPhotoshoot } from '../photoshoot.ts';
import { costOf, creditsOf } from '../picture-price.ts';
import { countAhead, type InLine, placeInLine } from '../run/waiting-line.ts';
import { lockedStep } from '../take-step.ts';
import { countPictures, spreadStyles } from './plan-pictures.ts';

export type Promised = { pictures: number; credits: number };

/** `inLine`: as it stood in line when it was placed; null for the draft of a series, which brings several. */
export type PlacedPhotoshoot = { photoshootId: number; pictures: number; inLine: InLine | null };

/**
 * The part that every way of placing shares; `db` is the transaction that holds the draft's row.
 * @throws AppError card-changed, not-enough-credits
 */
export async function placeDraft(
  deps: { db: Database; queue: Queue },
  { draft, chosen, promised = null }: { draft: Draft; chosen: readonly Style[]; promised?: Promised | null },
  now: Date,
): Promise<PlacedPhotoshoot> {
  const pictures = countPictures(chosen.length, draft.pictureCount);
  const { basedOnPictureId: pictureId, userId, size } = draft;
  const returned = pictureId === null ? 0 : await payForNext(deps.db, { pictureId, userId }, now);
  // Behind the lock of what comes back: the price is told and charged by what is true now.
  if (
    promised !== null &&
    (promised.pictures !== pictures || promised.credits !== costOf(pictures, size, returned))
  )
    throw new AppError('card-changed', 'the seller was told another number of pictures, or another price');
  const credits = creditsOf(size);
  const reserve = { userId, kind: 'reserve', credits: pictures * credits, photoshootId: draft.id } as const;
  try {
    await moveCredits(deps.db, { ...reserve, key: `reserve:${draft.id}` });
  } catch (error) {
    if (!isAppError(error, 'not-enough-credits')) throw error;
    // What came back in this transaction goes with it: the person has been told neither to need it nor to have it.
    const { needed, available } = error.details;
    throw new AppError('not-enough-credits', error.message, {
      cause: error,
      details: { needed: Number(needed) - returned, available: Number(available) - returned },
    });
  }
  const line = { placedAt: now, ...placeInLine(deps.db, userId) };
  const { ratio } = draft;
  const ordered = orderPictures(deps.db, spreadStyles(chosen, pictures), { ratio, credits });
  const taken = deps.db.$with('taken').as(
    lockedStep(deps.db, 'place', draft.id, line).returning({
      ...getTableColumns(photoshoots),
      ahead: countAhead(),
    }),
  );
  const [placed] = await deps.db.with(taken, ordered).select().from(taken);
  if (placed === undefined) throw new Error(`photoshoot ${draft.id} stands where nothing is placed`);
  const { priority, ahead } = placed;
  await deps.queue.enqueue(
    deps.db,
    'run-photoshoot',
    { photoshootId: draft.id },
    { priority, isFirst: true },
  );
  return {
    photoshootId: draft.id,
    pictures,
    inLine: { photoshoot: toPhotoshoot(placed), place: ahead + 1 },
  };
}

/**
 * A row for each picture, written with the step that places them, and paid for as it is.
 * @param styles of each picture
 * @param each the format of all, and what each costs
 */
function orderPictures(
  tx: Database,
  styles: readonly Style[],
  { ratio, credits }: Readonly<{ ratio: Ratio; credits: number }>,
): WithSubquery {
  const pictures = styles.map(({ title, prompt, origin }, index) => ({
    position: index + 1,
    title,
    prompt,
    origin,
  }));
  return tx.$with('ordered', {}).as(
    sql`insert into ${processedImages}
        (photoshoot_id, user_id, position, style, style_prompt, style_origin, ratio, credits, paid)
      select taken.id, taken.user_id, picture.position, picture.title, picture.prompt, picture.origin, ${ratio}::text,
        ${credits}::int, taken.paid
      from taken, jsonb_to_recordset(${JSON.stringify(pictures)}::text::jsonb)
        as picture (position int, title text, prompt text, origin text)
      order by picture.position`,
  );
}
