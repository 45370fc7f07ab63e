import type { Database } from '../database/client.ts';
import { type ActedOn, type OwnerAct, ownerActions } from '../database/schema/index.ts';

export type Act = {
  /** Who did it. */
  by: number;
  act: OwnerAct;
  /** Whom it was done to, if it concerns one person. */
  userId?: number;
  /** What else it was done to, such as `payment:12`. */
  object?: string;
  /** The actor's own words. */
  reason?: string | null;
  before?: ActedOn;
  after?: ActedOn;
};

/** Puts down an act of an owner or of support. Call it in the transaction of what it changes, and only if it did. */
export async function recordAct(tx: Database, { by, ...act }: Act): Promise<void> {
  await tx.insert(ownerActions).values({ actorId: by, ...act });
}
