/** The one door through which a photoshoot's state is written; `steps.ts` says what may become what. */
import { and, eq, type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { photoshoots } from '../database/schema/index.ts';
import { type Photoshoot, toPhotoshoot } from './photoshoot.ts';
import { STEPS, type StepName } from './steps.ts';

type Changes = Omit<PgUpdateSetSource<typeof photoshoots>, 'state'>;

/**
 * Takes the step for every photoshoot that `which` describes and that stands where the step begins.
 * @param changes what is written with it
 * @returns the ids of those that took it
 */
export async function takeStep(
  db: Database,
  step: StepName,
  which: SQL | undefined,
  changes: Changes = {},
): Promise<number[]> {
  const taken = await stepUpdate(db, step, which, changes).returning({ id: photoshoots.id });
  return taken.map((row) => row.id);
}

/** The step of one photoshoot whose row is locked, for a statement that does more; it may have taken none. */
export function lockedStep(tx: Database, step: StepName, photoshootId: number, changes: Changes) {
  return stepUpdate(tx, step, eq(photoshoots.id, photoshootId), changes);
}

function stepUpdate(db: Database, step: StepName, which: SQL | undefined, changes: Changes) {
  const { from, to } = STEPS[step];
  return db
    .update(photoshoots)
    .set({ ...changes, state: to })
    .where(and(which, isOneOf(photoshoots.state, from)));
}

/**
 * Takes the step for one photoshoot whose row is locked and was read: it stands where the step begins.
 * @param tx the transaction that holds the lock
 * @param beside what is written in the same statement; it may read the photoshoot as it is then from `taken`
 * @returns it as it is now
 * @throws Error where it does not, after all
 */
export async function takeLockedStep(
  tx: Database,
  step: StepName,
  photoshootId: number,
  changes: Changes = {},
  beside: readonly WithSubquery[] = [],
): Promise<Photoshoot> {
  const taken = tx.$with('taken').as(lockedStep(tx, step, photoshootId, changes).returning());
  const [row] = await tx
    .with(taken, ...beside)
    .select()
    .from(taken);
  if (row === undefined) throw new Error(`photoshoot ${photoshootId} stands where no “${step}” begins`);
  return toPhotoshoot(row);
}

/** The state after the step, for an update that also meets photoshoots which have it behind them: theirs stays. */
export function stateAfter(step: StepName): SQL {
  const { from, to } = STEPS[step];
  return sql`case when ${isOneOf(photoshoots.state, from)} then ${to} else ${photoshoots.state} end`;
}
