import { and, asc, eq, ne } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { processedImages, stylePresets, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';

export type Preset = typeof stylePresets.$inferSelect;

/**
 * Saves the styles of a photoshoot for the seller's next products; ones that are saved already stay as they
 * are. A style of the seller's own is named by its first words; another one of the same title gets a number.
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
      .selectDistinct({
        title: processedImages.style,
        prompt: processedImages.stylePrompt,
        origin: processedImages.styleOrigin,
      })
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
      const title = style.origin === 'own' ? firstWords(style.prompt) : style.title;
      presets.push({ prompt: style.prompt, title: freeTitle(title, presets) });
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

/** Characters of a saved style's name: a key of a phone shows them beside a tick or a sign. */
const LONGEST_TITLE = 32;

/** As many whole words as a key shows; of one that is longer, its beginning. */
function firstWords(text: string): string {
  const words = text.trim().split(/\s+/u);
  let title = '';
  for (const word of words) {
    const longer = title === '' ? word : `${title} ${word}`;
    if ([...longer].length > LONGEST_TITLE) break;
    title = longer;
  }
  const begun = title === '' ? [...text.trim()].slice(0, LONGEST_TITLE).join('') : title;
  return begun.replace(/[\s,;:.–-]+$/u, '');
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
