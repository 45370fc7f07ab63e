import { and, asc, eq, ne } from 'drizzle-orm';
import { NOTHING_AWAITED } from '../../customers/stop-waiting.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages, stylePresets, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { STYLE_NAME_LENGTH } from '../limits.ts';

export type Preset = typeof stylePresets.$inferSelect;

/**
 * Saves the styles of a photoshoot, with its format, for the seller's next products; ones that are saved already stay
 * as they are. A style of the seller's own is named by its first words; another one of the same title gets a number.
 * @returns how many were new, and which of them is in the seller's own words: one at the most
 * @throws AppError not-found, too-many-saved-styles
 */
export async function saveStyles(
  db: Database,
  input: { photoshootId: number; userId: number; max: number },
): Promise<{ saved: number; own: Preset | null }> {
  return db.transaction(async (tx) => {
    await lockPresets(tx, input.userId);
    const used = await tx
      .selectDistinct({
        title: processedImages.style,
        prompt: processedImages.stylePrompt,
        origin: processedImages.styleOrigin,
        ratio: photoshoots.ratio,
        size: photoshoots.size,
      })
      .from(processedImages)
      .innerJoin(photoshoots, eq(photoshoots.id, processedImages.photoshootId))
      .where(
        and(
          eq(processedImages.photoshootId, input.photoshootId),
          eq(processedImages.userId, input.userId),
          ne(processedImages.styleOrigin, 'cut-out'),
        ),
      );
    if (used.length === 0) throw new AppError('not-found', 'this person has no such photoshoot');
    const presets: Pick<Preset, 'title' | 'prompt'>[] = await readPresets(tx, input.userId);
    const added: (typeof stylePresets.$inferInsert)[] = [];
    let ownTitle: string | null = null;
    for (const { origin, ...style } of used) {
      if (presets.some((preset) => preset.prompt === style.prompt)) continue;
      const title = freeTitle(origin === 'own' ? firstWords(style.prompt) : style.title, presets);
      if (origin === 'own') ownTitle = title;
      presets.push({ prompt: style.prompt, title });
      added.push({ ...style, title, userId: input.userId });
    }
    if (added.length === 0) return { saved: 0, own: null };
    if (presets.length > input.max) {
      throw new AppError('too-many-saved-styles', 'there is no room for another saved style', {
        details: { max: input.max },
      });
    }
    const rows = await tx.insert(stylePresets).values(added).returning();
    return { saved: rows.length, own: rows.find(({ title }) => title === ownTitle) ?? null };
  });
}

/** The person's row is the lock of their saved styles: it keeps their number within its limit, and their names apart. */
async function lockPresets(tx: Database, userId: number): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
}

/** Characters of a name that is made for a saved style: a key of a phone shows them beside a tick or a sign. */
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

/** @throws AppError not-found, the same for one that is not there and one of somebody else */
export async function readPreset(
  db: Database,
  { presetId, userId }: { presetId: number; userId: number },
): Promise<Preset> {
  const [preset] = await db
    .select()
    .from(stylePresets)
    .where(and(eq(stylePresets.id, presetId), eq(stylePresets.userId, userId)));
  if (preset === undefined) throw new AppError('not-found', 'this person has no such saved style');
  return preset;
}

/**
 * The person's next text message is the new name of this saved style.
 * @throws AppError not-found
 */
export async function expectPresetName(
  db: Database,
  input: { presetId: number; userId: number },
): Promise<Preset> {
  return db.transaction(async (tx) => {
    const preset = await readPreset(tx, input);
    await tx
      .update(users)
      .set({ ...NOTHING_AWAITED, renamingPresetId: input.presetId })
      .where(eq(users.id, input.userId));
    return preset;
  });
}

/**
 * Gives a saved style another name. Drafts and pictures keep the one that they were made with. After an error the name
 * is still awaited.
 * @returns the style as it is now
 * @throws AppError style-name-length, style-name-taken, not-found
 */
export async function renamePreset(
  db: Database,
  { presetId, userId, ...input }: { presetId: number; userId: number; name: string },
): Promise<Preset> {
  const title = input.name.replace(/\s+/gu, ' ').trim();
  const { min, max } = STYLE_NAME_LENGTH;
  if (title.length < min || title.length > max) {
    throw new AppError('style-name-length', 'the name is too short or too long', {
      details: { min, max, length: title.length },
    });
  }
  return db.transaction(async (tx) => {
    await lockPresets(tx, userId);
    const others = (await readPresets(tx, userId)).filter(({ id }) => id !== presetId);
    const wanted = title.toLowerCase();
    if (others.some((other) => other.title.toLowerCase() === wanted)) {
      throw new AppError('style-name-taken', 'another saved style has this name');
    }
    const [preset] = await tx
      .update(stylePresets)
      .set({ title })
      .where(and(eq(stylePresets.id, presetId), eq(stylePresets.userId, userId)))
      .returning();
    if (preset === undefined) throw new AppError('not-found', 'this person has no such saved style');
    await tx.update(users).set(NOTHING_AWAITED).where(eq(users.id, userId));
    return preset;
  });
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
