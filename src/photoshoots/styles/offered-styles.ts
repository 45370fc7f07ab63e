/** The house's styles as its owners offer them: in which order, and which of them at all. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type ActedOn, settings } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { readSetting, type SettingValue, setSetting } from '../../owners/settings.ts';
import { HOUSE_STYLES, type HouseStyle, type HouseStyleKey } from './house-styles.ts';

/** As many are proposed where nobody could look at a photo. */
export const FEWEST_OFFERED = 4;

/** A style in its place, the first one of all at 0. */
export type ArrangedStyle = { style: HouseStyle; isOffered: boolean };

/** Where a style is to stand among all, or whether it is offered: the state that is wanted, so that twice is once. */
export type StyleChange = { key: HouseStyleKey; place: number } | { key: HouseStyleKey; isOffered: boolean };

/** All of them, in the order of the owners; those that came with a newer version stand last, and are offered. */
export async function readArrangedStyles(db: Database, now: Date): Promise<ArrangedStyle[]> {
  return arrange(await readSetting(db, 'house-styles', now));
}

/** What sellers choose from. */
export async function readOfferedStyles(db: Database, now: Date): Promise<HouseStyle[]> {
  return (await readArrangedStyles(db, now)).filter(({ isOffered }) => isOffered).map(({ style }) => style);
}

/**
 * Moves a style, offers it, or takes it out of the offer. Drafts that have it keep it. The act says what is other than
 * before; where nothing is, nothing is done.
 * @throws AppError too-few-styles where fewer would be left than are proposed
 */
export async function arrangeStyle(
  db: Database,
  { by, ...change }: { by: number } & StyleChange,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    // There may be no row yet that could be locked: two changes at once would lose one. Nobody who reads waits.
    await tx.execute(sql`lock table ${settings} in share row exclusive mode`);
    const before = await readArrangedStyles(tx, now);
    const after = changed(before, change);
    if (after.filter(({ isOffered }) => isOffered).length < FEWEST_OFFERED) {
      throw new AppError('too-few-styles', 'these styles are proposed where nothing is recognised', {
        details: { least: FEWEST_OFFERED },
      });
    }
    const acted = { before: standing(before, change.key), after: standing(after, change.key) };
    if (acted.before[change.key] === acted.after[change.key]) return;
    const value = {
      order: after.map(({ style }) => style.key),
      off: after.filter(({ isOffered }) => !isOffered).map(({ style }) => style.key),
    };
    await setSetting(tx, { by, key: 'house-styles', value, why: null, until: null, acted }, now);
  });
}

function arrange(set: SettingValue<'house-styles'> | null): ArrangedStyle[] {
  const placeOf = ({ key }: HouseStyle) => {
    const place = set?.order.indexOf(key) ?? -1;
    return place === -1 ? HOUSE_STYLES.length : place;
  };
  return HOUSE_STYLES.toSorted((a, b) => placeOf(a) - placeOf(b)).map((style) => ({
    style,
    isOffered: set?.off.includes(style.key) !== true,
  }));
}

function changed(styles: readonly ArrangedStyle[], change: StyleChange): ArrangedStyle[] {
  if ('isOffered' in change) {
    const { key, isOffered } = change;
    return styles.map((one) => (one.style.key === key ? { ...one, isOffered } : one));
  }
  const own = styles.filter(({ style }) => style.key === change.key);
  const others = styles.filter(({ style }) => style.key !== change.key);
  return others.toSpliced(change.place, 0, ...own);
}

/** `marble: 2`, or `marble: off`. */
function standing(styles: readonly ArrangedStyle[], key: HouseStyleKey): ActedOn {
  const index = styles.findIndex(({ style }) => style.key === key);
  return { [key]: styles[index]?.isOffered === true ? index + 1 : 'off' };
}
