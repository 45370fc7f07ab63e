/** Saved styles and photoshoots, found by words of theirs. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { photoshoots, stylePresets } from '../database/schema/index.ts';
import { wordsIn } from '../database/schema/words.ts';

/** What was found, and nothing of what it says: so that it may be kept where people's words may not. */
export type FoundReference = Readonly<{ kind: 'preset' | 'photoshoot'; id: number }>;

/** `title`: of a saved style its name, of a photoshoot its product. */
export type Found = FoundReference & Readonly<{ userId: number; title: string; createdAt: Date }>;

const PRESET_WORDS = wordsIn(stylePresets.title, stylePresets.prompt);
const PHOTOSHOOT_WORDS = wordsIn(photoshoots.productName, photoshoots.productKind);
/** Those that were ordered, and of which is still kept what they show. */
const IS_REMEMBERED = sql`${photoshoots.placedAt} is not null and ${photoshoots.forgottenAt} is null`;

/**
 * What fits the words best, in any form of theirs: saved styles by name and description, photoshoots by their product.
 * @param asked.query as people write into a search: words that must all be there, "phrases", or, -without
 * @param asked.userId whose; null for everybody's
 */
export async function searchWords(
  db: Database,
  { query, userId, limit }: Readonly<{ query: string; userId: number | null; limit: number }>,
): Promise<FoundReference[]> {
  const of = (column: SQL) => (userId === null ? sql`true` : sql`${column} = ${userId}`);
  const best = sql`order by rank desc, id desc limit ${limit}`;
  return selectRows<{ kind: FoundReference['kind']; id: number }>(
    db,
    sql`with asked as (
        select websearch_to_tsquery('russian', ${query}::text) || websearch_to_tsquery('english', ${query}::text) as words
      ), presets as (
        select 'preset' as kind, id, ts_rank(${PRESET_WORDS}, asked.words) as rank
        from style_presets, asked
        where ${PRESET_WORDS} @@ asked.words and ${of(sql`${stylePresets.userId}`)} ${best}
      ), shoots as (
        select 'photoshoot' as kind, id, ts_rank(${PHOTOSHOOT_WORDS}, asked.words) as rank
        from photoshoots, asked
        where ${PHOTOSHOOT_WORDS} @@ asked.words and ${IS_REMEMBERED} and ${of(sql`${photoshoots.userId}`)} ${best}
      )
      select kind, id::float8 as id from (select * from presets union all select * from shoots) as found
      order by rank desc, kind, id desc limit ${limit}`,
  );
}

/** What was found as it is now, in the same order; what is gone is left out. */
export async function readFound(db: Database, references: readonly FoundReference[]): Promise<Found[]> {
  const idsOf = (kind: FoundReference['kind']) => {
    const ids = references.flatMap((one) => (one.kind === kind ? [one.id] : []));
    return sql`array[${sql.join(
      ids.map((id) => sql`${id}`),
      sql`, `,
    )}]::bigint[]`;
  };
  const rows = await selectRows<{
    kind: FoundReference['kind'];
    id: number;
    user_id: number;
    title: string;
    created_at: string;
  }>(
    db,
    sql`select 'preset' as kind, id::float8 as id, user_id::float8 as user_id, title, created_at::text as created_at
      from style_presets where id = any(${idsOf('preset')})
      union all
      select 'photoshoot', id::float8, user_id::float8, coalesce(product_name, product_kind, ''), created_at::text
      from photoshoots where id = any(${idsOf('photoshoot')}) and ${IS_REMEMBERED}`,
  );
  return references.flatMap(({ kind, id }) => {
    const row = rows.find((one) => one.kind === kind && one.id === id);
    if (row === undefined) return [];
    const { user_id: userId, title, created_at: createdAt } = row;
    return [{ kind, id, userId, title, createdAt: new Date(createdAt) }];
  });
}
