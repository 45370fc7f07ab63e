import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshootPhotos, photoshoots } from '../database/schema/index.ts';

/** Before photos are touched: should the process die of them, the mark stays. */
export async function beginPreparation(db: Database, photoshootId: number): Promise<void> {
  await db
    .update(photoshoots)
    .set({ lostPreparations: sql`${photoshoots.lostPreparations} + 1` })
    .where(eq(photoshoots.id, photoshootId));
}

/** What a photo of a photoshoot is, as it was prepared: a name for its pixels, and what it looks like. */
export type Prepared = Readonly<{ fileUniqueId: string; contentHash: string; look: string }>;

/**
 * After it, however it ended: the process is alive. What was prepared keeps its name in every view that is this file.
 * @param prepared nothing, where it came to nothing
 */
export async function endPreparation(
  db: Database,
  photoshootId: number,
  prepared: readonly Prepared[] = [],
): Promise<void> {
  const ended = db.update(photoshoots).set({ lostPreparations: 0 }).where(eq(photoshoots.id, photoshootId));
  if (prepared.length === 0) {
    await ended;
    return;
  }
  const names = sql`jsonb_to_recordset(${JSON.stringify(prepared)}::text::jsonb)
    as named("fileUniqueId" text, "contentHash" text, look text)`;
  await db
    .with(db.$with('ended').as(ended.returning({ id: photoshoots.id })))
    .update(photoshootPhotos)
    .set({ contentHash: sql`named."contentHash"`, look: sql`named.look::bit(64)` })
    .from(names)
    .where(
      and(
        eq(photoshootPhotos.photoshootId, photoshootId),
        eq(photoshootPhotos.fileUniqueId, sql`named."fileUniqueId"`),
      ),
    );
}
