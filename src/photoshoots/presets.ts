import { and, asc, count, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { processedImages, stylePresets, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';

export type Preset = typeof stylePresets.$inferSelect;

/**
 * Saves the styles of a photoshoot for the seller's next products; ones that are saved already stay as they are.
 * @returns how many were new
 * @throws AppError not-found, too-many-saved-styles
 */
export async function saveStyles(
  db: Database,
  input: { photoshootId: number; userId: number; max: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    // The person's row is the lock that keeps the number of saved styles within its limit.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId)).for('update');
    const used = await tx
      .selectDistinct({ title: processedImages.style, prompt: processedImages.stylePrompt })
      .from(processedImages)
      .where(
        and(eq(processedImages.photoshootId, input.photoshootId), eq(processedImages.userId, input.userId)),
      );
    if (used.length === 0) throw new AppError('not-found', 'this person has no such photoshoot');
    const saved = await tx
      .insert(stylePresets)
      .values(used.map((style) => ({ ...style, userId: input.userId })))
      .onConflictDoNothing()
      .returning({ id: stylePresets.id });
    const [row] = await tx
      .select({ presets: count() })
      .from(stylePresets)
      .where(eq(stylePresets.userId, input.userId));
    if (saved.length > 0 && (row?.presets ?? 0) > input.max) {
      throw new AppError('too-many-saved-styles', 'there is no room for another saved style', {
        details: { max: input.max },
      });
    }
    return saved.length;
  });
}

/** The seller's saved styles, oldest first. */
export async function readPresets(db: Database, userId: number): Promise<Preset[]> {
  return db
    .select()
    .from(stylePresets)
    .where(eq(stylePresets.userId, userId))
    .orderBy(asc(stylePresets.createdAt), asc(stylePresets.id));
}

/** Forgets a saved style; one that is gone already is as good. */
export async function deletePreset(db: Database, input: { presetId: number; userId: number }): Promise<void> {
  await db
    .delete(stylePresets)
    .where(and(eq(stylePresets.id, input.presetId), eq(stylePresets.userId, input.userId)));
}
