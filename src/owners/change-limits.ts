/** What owners set beside the configured limits, each until an end: read by every process, changed in one place. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../database/client.ts';
import { type ActedOn, settings } from '../database/schema/index.ts';
import {
  LIMIT_NAMES,
  type LimitInForce,
  type LimitName,
  type Overrides,
  type Waiting,
} from '../resilience/rate-limits.ts';
import { type KeptLimits, readSetting, setSetting } from './settings.ts';

/** The highest limit and the longest time that can be set while the bot runs; what is to last stands in the configuration. */
export const LIMIT_BOUNDS = { most: 1_000_000, minutes: 30 * 24 * 60 } as const;

const change = z.strictObject({
  most: z.int().min(1).max(LIMIT_BOUNDS.most),
  minutes: z.int().min(1).max(LIMIT_BOUNDS.minutes),
});

/** `{"messages": {"most": 5, "minutes": 60}}`; null: as the configuration says again. What is not named stays. */
export const changedLimits = z.partialRecord(z.enum(LIMIT_NAMES), change.nullable());
export type ChangedLimits = z.infer<typeof changedLimits>;

/** What owners look at. */
export type LimitsState = Readonly<{
  limits: readonly (LimitInForce & Readonly<{ name: LimitName }>)[];
  /** Whom the process that answers makes wait, those who wait for longest first. */
  waiting: readonly Waiting[];
}>;

/** What owners have set and has not ended. */
export async function readLimits(db: Database, now: Date): Promise<Overrides> {
  return standing((await readSetting(db, 'limits', now)) ?? {}, now);
}

/**
 * Changes some limits from now on for so many minutes. The act says those that are other than before; where none is,
 * nothing is done.
 * @param change.why the owner's own words; null where none are asked for
 * @returns all that owners have set now
 */
export async function changeLimits(
  db: Database,
  { by, changes, why = null }: { by: number; changes: ChangedLimits; why?: string | null },
  now: Date,
): Promise<Overrides> {
  return db.transaction(async (tx) => {
    // There may be no row yet that could be locked: two changes at once would lose one. Nobody who reads waits.
    await tx.execute(sql`lock table ${settings} in share row exclusive mode`);
    const before = keptOf(await readLimits(tx, now));
    const after: KeptLimits = { ...before };
    for (const name of LIMIT_NAMES) {
      const wanted = changes[name];
      if (wanted === null) delete after[name];
      else if (wanted !== undefined)
        after[name] = {
          most: wanted.most,
          until: new Date(now.getTime() + wanted.minutes * 60_000).toISOString(),
        };
    }
    const changed = LIMIT_NAMES.filter(
      (name) => before[name]?.most !== after[name]?.most || before[name]?.until !== after[name]?.until,
    );
    if (changed.length > 0) {
      const acted = { before: flat(before, changed), after: flat(after, changed) };
      await setSetting(tx, { by, key: 'limits', value: after, why, until: null, acted }, now);
    }
    return standing(after, now);
  });
}

function standing(kept: KeptLimits, now: Date): Overrides {
  return Object.fromEntries(
    Object.entries(kept)
      .map(([name, { most, until }]) => [name, { most, until: new Date(until) }] as const)
      .filter(([, { until }]) => until > now),
  );
}

function keptOf(overrides: Overrides): KeptLimits {
  return Object.fromEntries(
    Object.entries(overrides).map(([name, { most, until }]) => [name, { most, until: until.toISOString() }]),
  );
}

/** `messages: 5` and `messages.until`; null: as the configuration says. */
function flat(kept: KeptLimits, names: readonly LimitName[]): ActedOn {
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, kept[name]?.most ?? null],
      [`${name}.until`, kept[name]?.until ?? null],
    ]),
  );
}
