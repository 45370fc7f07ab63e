import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Ratio } from '../../ai/ratios.ts';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { type PhotoAdvice, photoshoots, type RecognisedBy, styles } from '../../database/schema/index.ts';
import { toStorable } from '../../database/storable-json.ts';
import type { Product } from '../photoshoot.ts';

export type Recognition = {
  product: Omit<Product, 'nameGiven'>;
  advice: PhotoAdvice | null;
  proposals: readonly { title: string; prompt: string }[];
  by: RecognisedBy;
};

/**
 * Writes down what was recognised, with the recommended ratio applied where the seller named none, and the proposals as styles 1, 2, …
 * @returns false when the draft had been recognised already or is no draft any more
 */
export async function recogniseProduct(
  db: Database,
  photoshootId: number,
  recognition: Recognition,
): Promise<boolean> {
  const ratio: Ratio = recognition.product.recommendedRatio;
  const recognised = db
    .update(photoshoots)
    .set({
      productName: recognition.product.name,
      productKind: recognition.product.kind,
      isProduct: recognition.product.isProduct,
      sameProduct: recognition.product.sameProduct,
      recommendedRatio: ratio,
      advice: recognition.advice,
      recognisedBy: recognition.by,
      // A format that the seller named stays.
      ratio: sql`case when ${photoshoots.ratioChosen} then ${photoshoots.ratio} else ${ratio} end`,
    })
    .where(
      and(eq(photoshoots.id, photoshootId), eq(photoshoots.state, 'draft'), isNull(photoshoots.productName)),
    )
    .returning({ id: photoshoots.id });
  const { json: proposals } = toStorable(recognition.proposals);
  const rows = await selectRows<{ done: boolean }>(
    db,
    sql`with recognised as ${recognised}, proposed as (
        insert into ${styles} (photoshoot_id, number, origin, title, prompt)
        select recognised.id, proposal.number, 'proposed', proposal.style->>'title', proposal.style->>'prompt'
        from recognised, jsonb_array_elements(${proposals}::text::jsonb) with ordinality as proposal(style, number)
      )
      select exists (select from recognised) as done`,
  );
  return rows[0]?.done === true;
}
