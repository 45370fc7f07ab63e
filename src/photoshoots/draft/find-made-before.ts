import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { selectRows } from '../../database/rows.ts';
import { photoshootPhotos, photoshoots, processedImages } from '../../database/schema/index.ts';
import { costOf } from '../picture-price.ts';
import type { Card } from '../read-photoshoot.ts';
import { countPictures, spreadStyles } from './plan-pictures.ts';
import { withAPhotoOf } from './same-photos.ts';

export type MadeBefore = {
  /** The photoshoot that brought it all. */
  photoshootId: number;
  deliveredAt: Date;
  /** What the draft would make anew, and what that costs. */
  pictures: number;
  credits: number;
};

/**
 * The newest photoshoot of the same person that brought all that this draft would make: from the same photos (by
 * Telegram's names, or by their pixels where they were uploaded anew), with the same words, name, format and size,
 * each style as often, by a model that is still in the chain. What was given back, or came smaller than it was
 * ordered, does not count. What was forgotten has no photos any more, so it is never found.
 * @param input.card the draft, with its styles as they are chosen
 * @param input.models the models of the chain, as `provider/model`
 * @returns null where there is none, and for what is no draft, a series, corrects a picture, or cuts a product out
 */
export async function findMadeBefore(
  db: Database,
  input: { card: Card; models: readonly string[] },
): Promise<MadeBefore | null> {
  const { photoshoot: draft, styles } = input.card;
  if (draft.state !== 'draft' || draft.isSeries) return null;
  if (draft.basedOnPictureId !== null || draft.cutOutOf !== null) return null;
  const chosen = styles.filter((style) => style.chosen);
  if (chosen.length === 0) return null;
  const pictures = countPictures(chosen.length, draft.pictureCount);
  const prompts = spreadStyles(chosen, pictures).map(({ prompt }) => prompt);
  const [found] = await selectRows<{ photoshootId: number; deliveredMs: number }>(
    db,
    sql`select before.id::float8 as "photoshootId",
        (extract(epoch from before.finished_at) * 1000)::float8 as "deliveredMs"
      from ${photoshoots} draft join ${photoshoots} before on before.user_id = draft.user_id
      where draft.id = ${draft.id} and before.id <> draft.id and before.id in ${withAPhotoOf(draft.id)}
        and before.finished_at is not null and before.forgotten_at is null
        and before.based_on_picture_id is null and before.cut_out_of is null
        and ${sql.join(ORDERED_WITH.map(isSame), sql` and `)}
        and not exists (${photosOfOneAlone(sql`draft.id`, sql`before.id`)})
        and not exists (${photosOfOneAlone(sql`before.id`, sql`draft.id`)})
        and not exists (
          select from (
            select wanted.prompt, count(*) as times
            from jsonb_array_elements_text(${JSON.stringify(prompts)}::text::jsonb) as wanted (prompt)
            group by wanted.prompt
          ) wanted
          where wanted.times > (
            select count(*) from ${processedImages}
            where ${processedImages.photoshootId} = before.id
              and ${isOneOf(processedImages.state, ['delivered'])}
              and ${processedImages.stylePrompt} = wanted.prompt
              and ${processedImages.photoFileId} is not null
              and ${processedImages.givenBackAt} is null
              and ${processedImages.creditsSaved} = 0
              and ${processedImages.provider} || '/' || ${processedImages.model} in (
                select jsonb_array_elements_text(${JSON.stringify(input.models)}::text::jsonb))
          )
        )
      order by before.finished_at desc, before.id desc limit 1`,
  );
  if (found === undefined) return null;
  const { photoshootId, deliveredMs } = found;
  return {
    photoshootId,
    deliveredAt: new Date(deliveredMs),
    pictures,
    credits: costOf(pictures, draft.size),
  };
}

/** What is ordered beside the photos and the styles, and goes into every prompt. */
const ORDERED_WITH = [photoshoots.ratio, photoshoots.size, photoshoots.caption, photoshoots.productName];

function isSame({ name }: (typeof ORDERED_WITH)[number]): SQL {
  return sql`before.${sql.identifier(name)} is not distinct from draft.${sql.identifier(name)}`;
}

/** The photos that only the one of two photoshoots has. */
function photosOfOneAlone(one: SQL, other: SQL): SQL {
  return sql`select from ${photoshootPhotos} mine where mine.photoshoot_id = ${one} and not exists (
    select from ${photoshootPhotos} theirs where theirs.photoshoot_id = ${other}
      and (theirs.file_unique_id = mine.file_unique_id or theirs.content_hash = mine.content_hash))`;
}
