import type { Database } from '../database/client.ts';
import { recordAct } from './record-act.ts';

export type Upkeep = {
  /** The owner, or the token of the API. */
  by: number;
  act: 'clear-caches' | 'warm-caches' | 'clean-up';
  /** What it was done to, such as `cache:recognition`. */
  object: string;
  /** Whose, if what was done concerns one person. */
  userId?: number;
  /** How much of what: of nothing there is no act. */
  done: Readonly<Record<string, number>>;
};

/**
 * Puts down what was done to what can be made anew. It stands in no transaction of ours, so it is written down after it
 * was done, and only if it changed something.
 */
export async function recordUpkeep(db: Database, { done, ...upkeep }: Upkeep): Promise<void> {
  if (Object.values(done).every((number) => number === 0)) return;
  await recordAct(db, { ...upkeep, after: done });
}
