import { and, eq, inArray, not, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, stylePresets, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { lockDraft } from '../draft/lock-draft.ts';
import { MAX_PICTURES } from '../limits.ts';
import { type Draft, type Style, toPhotoshoot } from '../photoshoot.ts';
import { type Card, readCardBefore } from '../read-photoshoot.ts';
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
 * @returns the draft's card as it is now
 * @throws AppError not-found, draft-expired, already-placed, too-many-styles
 */
export async function toggleStyle(db: Database, input: ToggleStyle, now: Date): Promise<Card<Draft>> {
  return db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    const meaning = readStyleNumber(input.number);
    if (meaning === null) throw noSuchStyle();
    const card = await readCardBefore(tx, input.draftId, turn(tx, input));
    const toggled = await toggle(tx, input, meaning, { ...card, photoshoot: draft });
    if (input.from === 'card') return toggled;
    await dropUnchosen(tx, input.draftId);
    const kept = toggled.styles.filter(
      ({ chosen, origin }) => chosen || !TRIED.some((one) => one === origin),
    );
    return { ...toggled, styles: kept };
  });
}

/**
 * A style that the draft has already is turned as its card is read. Whether it may be is decided by what was read, and
 * a refusal takes it back with the transaction.
 */
function turn(tx: Database, { draftId, number }: ToggleStyle): WithSubquery {
  const turned = tx
    .update(styles)
    .set({ chosen: not(styles.chosen) })
    .where(and(eq(styles.photoshootId, draftId), eq(styles.number, number)))
    .returning({ number: styles.number });
  return tx.$with('turned').as(turned);
}

async function toggle(
  tx: Database,
  input: ToggleStyle,
  meaning: StyleNumber,
  card: Card<Draft>,
): Promise<Card<Draft>> {
  const style = card.styles.find(({ number }) => number === input.number);
  const chosen = style?.chosen !== true;
  if (chosen) refuseTooMany(card.styles);
  const photoshoot =
    chosen && meaning.origin === 'preset'
      ? await bringFormat(tx, input, meaning.presetId, card.photoshoot)
      : card.photoshoot;
  if (style === undefined) {
    const found = await findStyle(tx, input, meaning);
    const added = { photoshootId: input.draftId, number: input.number, chosen, ...found };
    await tx.insert(styles).values(added);
    return { ...card, photoshoot, styles: inOrder([...card.styles, added]) };
  }
  return {
    ...card,
    photoshoot,
    styles: card.styles.map((one) => (one === style ? { ...one, chosen } : one)),
  };
}

function inOrder(all: readonly Style[]): Style[] {
  return all.toSorted((one, other) => one.number - other.number);
}

/**
 * One that is deleted, or was saved before formats were kept, brings none.
 * @returns the draft with its format
 */
async function bringFormat(tx: Database, input: ToggleStyle, presetId: number, draft: Draft): Promise<Draft> {
  const [preset] = await tx
    .select({ ratio: stylePresets.ratio, size: stylePresets.size })
    .from(stylePresets)
    .where(and(eq(stylePresets.id, presetId), eq(stylePresets.userId, input.userId)));
  if (preset === undefined || preset.ratio === null || preset.size === null) return draft;
  const size = input.canBeLarge ? preset.size : 'usual';
  const [row] = await tx
    .update(photoshoots)
    .set({ ratio: preset.ratio, ratioChosen: true, size })
    .where(eq(photoshoots.id, input.draftId))
    .returning();
  const changed = row === undefined ? draft : toPhotoshoot(row);
  return changed.state === 'draft' ? changed : draft;
}

/** Where styles come from that are tried in the catalogue. */
const TRIED = ['house', 'preset'] as const;

/** What was tried in the catalogue and taken back would crowd the card. */
async function dropUnchosen(tx: Database, draftId: number): Promise<void> {
  await tx
    .delete(styles)
    .where(and(eq(styles.photoshootId, draftId), eq(styles.chosen, false), inArray(styles.origin, TRIED)));
}

/** @throws AppError too-many-styles when every picture of the photoshoot has its style already */
export function refuseTooMany(all: readonly Pick<Style, 'chosen'>[]): void {
  if (all.filter(({ chosen }) => chosen).length >= MAX_PICTURES) {
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
