import { asc, eq, sql } from 'drizzle-orm';
import { repaidOf } from '../../billing/refunds/count-repaid.ts';
import { builtOnce } from '../../database/built-once.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages, users } from '../../database/schema/index.ts';
import { readPaidByBefore } from '../likeness.ts';
import type { Picture } from './start-photoshoot.ts';

/** What is told of a photoshoot that is over. */
export type Outcome = Readonly<{
  /** In the order of the album. */
  pictures: readonly Picture[];
  /** Credits that came back and went on to a refund. */
  repaid: number;
  /** Credits of an earlier picture that it was paid with. */
  paidByBefore: number;
  language: string;
  creditsLeft: number;
}>;

const OUTCOME = builtOnce((db) =>
  db
    .select({
      picture: processedImages,
      repaid: repaidOf(photoshoots.id).as('repaid'),
      language: users.language,
      creditsLeft: users.credits,
      basedOn: photoshoots.basedOnPictureId,
      redoOf: photoshoots.redoOfPictureId,
    })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .innerJoin(processedImages, eq(processedImages.photoshootId, photoshoots.id))
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .orderBy(asc(processedImages.position))
    .prepare('outcome_by_id'),
);

/** What became of a photoshoot that was placed, with what its seller has now. @throws Error where it has no pictures */
export async function readOutcome(db: Database, photoshootId: number): Promise<Outcome> {
  const rows = await OUTCOME(db).execute({ id: photoshootId });
  const [first] = rows;
  if (first === undefined) throw new Error(`photoshoot ${photoshootId} was placed without pictures`);
  const { basedOn, redoOf, repaid, language, creditsLeft } = first;
  const beginsWithPicture = basedOn !== null || redoOf !== null;
  const paidByBefore = beginsWithPicture ? await readPaidByBefore(db, photoshootId) : 0;
  return { pictures: rows.map(({ picture }) => picture), repaid, paidByBefore, language, creditsLeft };
}
