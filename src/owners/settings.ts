/** What owners set while the bot runs (schema/settings): each key with the shape of its value. */
import { and, eq, exists, gt, isNull, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { changedThresholds } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import { type ActedOn, type OwnerAct, settings } from '../database/schema/index.ts';
import { LIMIT_NAMES } from '../resilience/rate-limits.ts';
import { recordAct } from './record-act.ts';

/** As they are kept: `until` is an ISO date. */
const keptLimits = z.partialRecord(
  z.enum(LIMIT_NAMES),
  z.object({ most: z.number(), until: z.iso.datetime() }),
);
export type KeptLimits = z.infer<typeof keptLimits>;

const SHAPES = {
  /** Nothing is sold; buyers read why. */
  'selling-paused': z.object({ why: z.string() }),
  /** Newcomers get no free credits. */
  'free-credits-stopped': z.object({}),
  /** When figures of the process are too high or too low, where it is not as the rules say. */
  thresholds: changedThresholds,
  /** Limits that are other than the configuration says, each until its own end. */
  limits: keptLimits,
  /** The house's styles in the order in which they are offered, and those that are not; by their keys. */
  'house-styles': z.object({ order: z.array(z.string()), off: z.array(z.string()) }),
  /** Owners read of the week before as well. */
  'weekly-digest': z.object({}),
} as const;
export type SettingKey = keyof typeof SHAPES;
export type SettingValue<Key extends SettingKey> = z.infer<(typeof SHAPES)[Key]>;

/** The acts that set and clear each key. */
const ACTS = {
  'selling-paused': { set: 'pause', cleared: 'resume' },
  'free-credits-stopped': { set: 'stop-free-credits', cleared: 'allow-free-credits' },
  thresholds: { set: 'set-thresholds', cleared: 'set-thresholds' },
  limits: { set: 'set-limit', cleared: 'set-limit' },
  'house-styles': { set: 'arrange-styles', cleared: 'arrange-styles' },
  'weekly-digest': { set: 'begin-weekly-digest', cleared: 'end-weekly-digest' },
} as const satisfies Record<SettingKey, { set: OwnerAct; cleared: OwnerAct }>;

/** The value that counts at `now`, or null where nothing is set. */
export async function readSetting<Key extends SettingKey>(
  db: Database,
  key: Key,
  now: Date,
): Promise<SettingValue<Key> | null> {
  const [row] = await standing(db, key, now);
  // What the key's own shape has let through is of the key's own type.
  return row === undefined ? null : (SHAPES[key].parse(row.value) as SettingValue<Key>);
}

function standing(db: Database, key: SettingKey, now: Date) {
  return db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.key, key), or(isNull(settings.until), gt(settings.until, now))));
}

/** Whether a key is set at `now`, for a statement that asks more. */
export function isSet(db: Database, key: SettingKey, now: Date): SQL {
  return exists(standing(db, key, now));
}

/** Sets a key, or another value for it. @param setting.until null: until somebody clears it */
export async function setSetting<Key extends SettingKey>(
  db: Database,
  {
    by,
    key,
    value,
    why,
    until,
    acted = { before: {}, after: {} },
  }: {
    by: number;
    key: Key;
    value: SettingValue<Key>;
    why: string | null;
    until: Date | null;
    /** What the act's row says of the values. */
    acted?: { before: ActedOn; after: ActedOn };
  },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readSetting(tx, key, now);
    const row = { value, until, setBy: by, setAt: now };
    await tx
      .insert(settings)
      .values({ key, ...row })
      .onConflictDoUpdate({ target: settings.key, set: row });
    await recordAct(tx, {
      by,
      act: ACTS[key].set,
      reason: why,
      before: { set: before !== null, ...acted.before },
      after: { set: true, ...acted.after },
    });
  });
}

/** @returns false when it was not set */
export async function clearSetting(
  db: Database,
  { by, key }: { by: number; key: SettingKey },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const cleared = await tx.delete(settings).where(eq(settings.key, key)).returning({ key: settings.key });
    if (cleared.length === 0) return false;
    await recordAct(tx, { by, act: ACTS[key].cleared, before: { set: true }, after: { set: false } });
    return true;
  });
}
