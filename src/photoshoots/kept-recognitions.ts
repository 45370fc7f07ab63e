/** What was seen in photos, kept for as long as the caches keep it: it survives a restart, and goes with its person. */
import { and, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Detection, TROUBLES } from '../ai/detect-product.ts';
import { RATIOS } from '../ai/ratios.ts';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { PHOTO_ADVICE, type PhotoAdvice, recognitions, users } from '../database/schema/index.ts';

/** What was seen in photos, and what they lack: known as long as the photos are. */
export type Recognised = Detection &
  Readonly<{
    advice: PhotoAdvice | null;
    /** When it was seen, in milliseconds since 1970: however often it is passed on, it does not grow younger. */
    seenAt: number;
  }>;

const STYLE = z.object({ title: z.string(), prompt: z.string() });
/** What this version reads; another version's is as good as none. */
const KEPT = z.object({
  isProduct: z.boolean(),
  sameProduct: z.boolean().nullable(),
  name: z.string(),
  kind: z.string(),
  ratio: z.enum(RATIOS),
  trouble: z.enum(TROUBLES),
  styles: z.tuple([STYLE, STYLE, STYLE, STYLE]),
  source: z.literal('model'),
  advice: z.enum(PHOTO_ADVICE).nullable(),
});

export type KeptRecognition = Readonly<{ key: string; userId: number; recognised: Recognised }>;

/** What was seen under this key since then, or null. */
export async function readRecognition(db: Database, key: string, since: Date): Promise<Recognised | null> {
  const [row] = await db
    .select()
    .from(recognitions)
    .where(and(eq(recognitions.key, key), gt(recognitions.createdAt, since)));
  return row === undefined ? null : parse(row);
}

/** The latest of what was seen since then, the newest first. */
export async function readRecognitions(
  db: Database,
  { limit }: { limit: number },
  since: Date,
): Promise<KeptRecognition[]> {
  const rows = await db
    .select()
    .from(recognitions)
    .where(gt(recognitions.createdAt, since))
    .orderBy(desc(recognitions.createdAt), recognitions.key)
    .limit(limit);
  return rows.flatMap((row) => {
    const recognised = parse(row);
    return recognised === null ? [] : [{ key: row.key, userId: row.userId, recognised }];
  });
}

function parse({ recognised, createdAt }: typeof recognitions.$inferSelect): Recognised | null {
  const { success, data } = KEPT.safeParse(recognised);
  return success ? { ...data, seenAt: createdAt.getTime() } : null;
}

/** What was seen in a person's photos, and every key that leads to it. */
export type SeenRecognition = Readonly<{ keys: readonly string[]; userId: number; recognised: Recognised }>;

/** Keeps what was seen in a person's photos, in the place of what was seen under these keys before. */
export async function keepRecognition(
  db: Database,
  { keys, userId, recognised: { seenAt, ...recognised } }: SeenRecognition,
): Promise<void> {
  // Of a person who is being deleted nothing comes in anew: their row is waited for, and then it is not there. In order
  // of the keys, so that of two that keep the same neither has what the other waits for.
  await db.execute(sql`
    insert into ${recognitions} (key, user_id, recognised, created_at)
    select seen.key, ${users.id}, ${JSON.stringify(recognised)}::text::jsonb, ${new Date(seenAt).toISOString()}::timestamptz
    from ${users}, jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) as seen (key)
    where ${users.id} = ${userId} order by seen.key for key share of ${users}
    on conflict (key) do update
      set user_id = excluded.user_id, recognised = excluded.recognised, created_at = excluded.created_at`);
}

/** Takes away what was seen before `before`. @returns how many */
export async function sweepRecognitions(db: Database, before: Date): Promise<number> {
  return countDropped(db, sql`where ${lt(recognitions.createdAt, before)}`);
}

/** Takes away what was seen in the photos of one person, or everything. @returns how many */
export async function dropRecognitions(db: Database, userId: number | 'everybody'): Promise<number> {
  return countDropped(db, userId === 'everybody' ? sql`` : sql`where ${eq(recognitions.userId, userId)}`);
}

async function countDropped(db: Database, which: ReturnType<typeof sql>): Promise<number> {
  const [row] = await selectRows<{ dropped: number }>(
    db,
    sql`with dropped as (delete from ${recognitions} ${which} returning 1)
      select count(*)::int as dropped from dropped`,
  );
  return row?.dropped ?? 0;
}
