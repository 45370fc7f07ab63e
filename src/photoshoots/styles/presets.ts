import { and, asc, eq, ne } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { processedImages, stylePresets, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';

export type Preset = typeof stylePresets.$inferSelect;

/**
 * Saves the styles of a photoshoot for the seller's next products; ones that are saved already stay as they
 * are. Another style of the same title, such as a second one of the seller's own, gets a number.
 * @returns how many were new
 * @throws AppError not-found, too-many-saved-styles
 */
export async function saveStyles(
  db: Database,
  input: { photoshootId: number; userId: number; max: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    // The person's row is the lock that keeps the number of saved styles within its limit.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId)).for('no key update');
    const used = await tx
      .selectDistinct({ title: processedImages.style, prompt: processedImages.stylePrompt })
      .from(processedImages)
      .where(
        and(
          eq(processedImages.photoshootId, input.photoshootId),
          eq(processedImages.userId, input.userId),
          ne(processedImages.styleOrigin, 'cut-out'),
        ),
      );
    if (used.length === 0) throw new AppError('not-found', 'this person has no such photoshoot');
    const presets: Pick<Preset, 'title' | 'prompt'>[] = await readPresets(tx, input.userId);
    const saved = presets.length;
    for (const style of used) {
      if (presets.some((preset) => preset.prompt === style.prompt)) continue;
      presets.push({ prompt: style.prompt, title: freeTitle(style.title, presets) });
    }
    const added = presets.slice(saved);
    if (added.length === 0) return 0;
    if (presets.length > input.max) {
      throw new AppError('too-many-saved-styles', 'there is no room for another saved style', {
        details: { max: input.max },
      });
    }
    await tx.insert(stylePresets).values(added.map((style) => ({ ...style, userId: input.userId })));
    return added.length;
  });
}

/** The title, or the first of “title 2”, “title 3”, … that no saved style has. */
function freeTitle(title: string, presets: readonly Pick<Preset, 'title'>[]): string {
  const isTaken = (candidate: string) => presets.some((preset) => preset.title === candidate);
  let candidate = title;
  for (let number = 2; isTaken(candidate); number++) candidate = `${title} ${number}`;
  return candidate;
}

/** The seller's saved styles, oldest first. */
export async function readPresets(db: Database, userId: number): Promise<Preset[]> {
  return db
    .select()
    .from(stylePresets)
    .where(eq(stylePresets.userId, userId))
    .orderBy(asc(stylePresets.createdAt), asc(stylePresets.id));
}

/** Forgets a saved style. @returns false when this person has no such style any more */
export async function deletePreset(
  db: Database,
  input: { presetId: number; userId: number },
): Promise<boolean> {
  const deleted = await db
    .delete(stylePresets)
    .where(and(eq(stylePresets.id, input.presetId), eq(stylePresets.userId, input.userId)))
    .returning({ id: stylePresets.id });
  return deleted.length > 0;
}
