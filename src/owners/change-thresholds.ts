import { sql } from 'drizzle-orm';
import { type ChangedThresholds, RULE_NAMES, type Thresholds, thresholdsWith } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import { type ActedOn, settings } from '../database/schema/index.ts';
import { readSetting, setSetting } from './settings.ts';

/** Who acts where the token alone is shown: nobody's id is 0. */
export const TOKEN_ACTOR = 0;

/**
 * Changes some thresholds and leaves the others as they are. The act says those that are other than before; where none
 * is, nothing is done.
 * @returns all that count now
 */
export async function changeThresholds(
  db: Database,
  { by, changes }: { by: number; changes: ChangedThresholds },
  now: Date,
): Promise<Thresholds> {
  return db.transaction(async (tx) => {
    // There may be no row yet that could be locked: two changes at once would lose one. Nobody who reads waits.
    await tx.execute(sql`lock table ${settings} in share row exclusive mode`);
    const set = await readSetting(tx, 'thresholds', now);
    const value = { ...set, ...changes };
    const [before, after] = [thresholdsWith(set), thresholdsWith(value)];
    const changed = RULE_NAMES.filter(
      (name) =>
        before[name].warning !== after[name].warning || before[name].critical !== after[name].critical,
    );
    if (changed.length === 0) return after;
    const acted = { before: flat(before, changed), after: flat(after, changed) };
    await setSetting(tx, { by, key: 'thresholds', value, why: null, until: null, acted }, now);
    return after;
  });
}

/** `cpu.warning: 80`, of the rules that were changed. */
function flat(thresholds: Thresholds, names: readonly (typeof RULE_NAMES)[number][]): ActedOn {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`${name}.warning`, thresholds[name].warning],
      [`${name}.critical`, thresholds[name].critical],
    ]),
  );
}
