import { and, count, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, stylePresets, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { lockDraft } from '../draft/lock-draft.ts';
import { MAX_PICTURES } from '../limits.ts';
import { readStyleNumber, type StyleNumber } from './style-numbers.ts';

export type ToggleStyle = {
  draftId: number;
  userId: number;
  number: number;
  /** The title of a house style in the person's language. */
  houseTitle: (key: string) => string;
  /** Where it was tapped: the card keeps what was on it, the catalogue brings there only what is chosen. */
  from: 'card' | 'catalogue';
  /** Whether large pictures can be made: without them a saved style that was large brings its ratio alone. */
  canBeLarge: boolean;
};

/**
 * Chooses a style of a draft, or takes the choice back. House styles and saved ones join the draft when they
 * are first chosen. A saved style brings its format each time that it is chosen; what the seller chooses after it counts.
 * @throws AppError not-found, draft-expired, already-placed, too-many-styles
 */
export async function toggleStyle(db: Database, input: ToggleStyle, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await toggle(tx, input);
    if (input.from === 'catalogue') await dropUnchosen(tx, input.draftId);
  });
}

async function toggle(tx: Database, input: ToggleStyle): Promise<void> {
  const meaning = readStyleNumber(input.number);
  if (meaning === null) throw noSuchStyle();
  const which = and(eq(styles.photoshootId, input.draftId), eq(styles.number, input.number));
  const [style] = await tx.select().from(styles).where(which);
  if (style?.chosen) {
    await tx.update(styles).set({ chosen: false }).where(which);
    return;
  }
  await refuseTooMany(tx, input.draftId);
  if (meaning.origin === 'preset') await bringFormat(tx, input, meaning.presetId);
  if (style !== undefined) {
    await tx.update(styles).set({ chosen: true }).where(which);
    return;
  }
  const found = await findStyle(tx, input, meaning);
  await tx
    .insert(styles)
    .values({ photoshootId: input.draftId, number: input.number, chosen: true, ...found });
}

/** One that is deleted, or was saved before formats were kept, brings none. */
async function bringFormat(tx: Database, input: ToggleStyle, presetId: number): Promise<void> {
  const [preset] = await tx
    .select({ ratio: stylePresets.ratio, size: stylePresets.size })
    .from(stylePresets)
    .where(and(eq(stylePresets.id, presetId), eq(stylePresets.userId, input.userId)));
  if (preset === undefined || preset.ratio === null || preset.size === null) return;
  const size = input.canBeLarge ? preset.size : 'usual';
  await tx
    .update(photoshoots)
    .set({ ratio: preset.ratio, ratioChosen: true, size })
    .where(eq(photoshoots.id, input.draftId));
}

/** What was tried in the catalogue and taken back would crowd the card. */
async function dropUnchosen(tx: Database, draftId: number): Promise<void> {
  await tx
    .delete(styles)
    .where(
      and(
        eq(styles.photoshootId, draftId),
        eq(styles.chosen, false),
        inArray(styles.origin, ['house', 'preset']),
      ),
    );
}

/** @throws AppError too-many-styles when every picture of the photoshoot has its style already */
export async function refuseTooMany(tx: Database, draftId: number): Promise<void> {
  const [row] = await tx
    .select({ chosen: count() })
    .from(styles)
    .where(and(eq(styles.photoshootId, draftId), eq(styles.chosen, true)));
  if ((row?.chosen ?? 0) >= MAX_PICTURES) {
    throw new AppError('too-many-styles', 'every picture has a style', { details: { max: MAX_PICTURES } });
  }
}

async function findStyle(
  tx: Database,
  input: ToggleStyle,
  meaning: StyleNumber,
): Promise<{ origin: 'house' | 'preset'; title: string; prompt: string }> {
  if (meaning.origin === 'house') {
    const { key, prompt } = meaning.style;
    return { origin: 'house', title: input.houseTitle(key), prompt };
  }
  if (meaning.origin === 'preset') {
    const [preset] = await tx
      .select({ title: stylePresets.title, prompt: stylePresets.prompt })
      .from(stylePresets)
      .where(and(eq(stylePresets.id, meaning.presetId), eq(stylePresets.userId, input.userId)));
    if (preset !== undefined) return { origin: 'preset', ...preset };
  }
  throw noSuchStyle();
}

function noSuchStyle(): AppError {
  return new AppError('not-found', 'the draft has no such style');
}
