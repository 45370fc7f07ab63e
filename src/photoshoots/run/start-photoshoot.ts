import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, processedImages } from '../../database/schema/index.ts';
import { type Photoshoot, toPhotoshoot } from '../photoshoot.ts';
import { ENDED, IN_WORK } from '../steps.ts';
import { stateAfter } from '../take-step.ts';
import type { Run } from './record-picture.ts';

/** How long a worker that stopped renewing keeps its photoshoot: longer than any pause of a healthy process. */
const LEASE_SECONDS = 15;

export type Picture = typeof processedImages.$inferSelect;
export type Running = Extract<Photoshoot, { state: 'generating' }>;
export type Ended = Extract<Photoshoot, { state: (typeof ENDED)[number] }>;

export type Start =
  /** This worker has it now; `mayHaveBeenSent`: an earlier run died between sending and recording. */
  | { kind: 'taken'; photoshoot: Running; pictures: Picture[]; mayHaveBeenSent: boolean }
  /** This worker has it now: it ended, and the seller has not been told. */
  | { kind: 'untold'; photoshoot: Ended; run: number }
  /** Another worker has it, or had it a moment ago and died. */
  | { kind: 'busy' }
  | { kind: 'over' };

/** The end of a lease that is taken or renewed now. */
export const leaseEnd = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;

/** Something is left to be done: pictures, or word of how it ended. */
const isUnfinished = or(
  isOneOf(photoshoots.state, IN_WORK),
  and(isOneOf(photoshoots.state, ENDED), isNull(photoshoots.outcomeToldAt)),
);

/**
 * Takes a photoshoot for this worker, first start and resumption alike. Each taking has a higher run, and
 * every later write of the worker names it, so one that lost its lease cannot change anything any more.
 * @throws Error when there is no such photoshoot
 */
export async function startPhotoshoot(db: Database, id: number): Promise<Start> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(photoshoots)
      .set({
        state: stateAfter('start'),
        run: sql`${photoshoots.run} + 1`,
        leaseUntil: leaseEnd,
      })
      .where(
        and(
          eq(photoshoots.id, id),
          isUnfinished,
          or(isNull(photoshoots.leaseUntil), lt(photoshoots.leaseUntil, sql`now()`)),
        ),
      )
      .returning();
    if (row === undefined) return explain(tx, id);
    const photoshoot = toPhotoshoot(row);
    if (photoshoot.state === 'generating') {
      const pictures = await readPictures(tx, id);
      return { kind: 'taken', photoshoot, pictures, mayHaveBeenSent: row.deliveryStartedAt !== null };
    }
    if (hasEnded(photoshoot)) return { kind: 'untold', photoshoot, run: row.run };
    throw new Error('a photoshoot that was taken is neither in work nor over');
  });
}

export function hasEnded(photoshoot: Photoshoot): photoshoot is Ended {
  return ENDED.some((state) => state === photoshoot.state);
}

async function explain(tx: Database, id: number): Promise<Start> {
  const [row] = await tx.select().from(photoshoots).where(eq(photoshoots.id, id));
  // Deleted with its owner, or rolled back after the job was written: nothing is left to do either way.
  if (row === undefined) throw new Error(`job for photoshoot ${id}, which is not there`);
  const photoshoot = toPhotoshoot(row);
  const isUntold = hasEnded(photoshoot) && !photoshoot.outcomeTold;
  return IN_WORK.some((state) => state === photoshoot.state) || isUntold
    ? { kind: 'busy' }
    : { kind: 'over' };
}

/** All pictures of a photoshoot, in the order of the album. */
export async function readPictures(db: Database, photoshootId: number): Promise<Picture[]> {
  return db
    .select()
    .from(processedImages)
    .where(eq(processedImages.photoshootId, photoshootId))
    .orderBy(asc(processedImages.position));
}

/** How many pictures of a photoshoot have no outcome yet. */
export async function countWaitingPictures(db: Database, photoshootId: number): Promise<number> {
  return db.$count(
    processedImages,
    and(eq(processedImages.photoshootId, photoshootId), isOneOf(processedImages.state, ['waiting'])),
  );
}

export type Lease = 'kept' | 'cancel-requested' | 'lost';

/** Keeps the photoshoot for this run until its end was told, and learns whether the seller wants it stopped. */
export async function renewLease(db: Database, id: number, run: number): Promise<Lease> {
  const [row] = await db
    .update(photoshoots)
    .set({ leaseUntil: leaseEnd })
    .where(and(eq(photoshoots.id, id), eq(photoshoots.run, run), isUnfinished))
    .returning({ cancelRequestedAt: photoshoots.cancelRequestedAt });
  return row === undefined ? 'lost' : leaseOf(row);
}

/**
 * The same for all photoshoots that a process has in hand, in one statement. A row that somebody is writing is left out
 * rather than waited for, so that one transaction that hangs costs no other photoshoot its lease.
 * @returns those that were renewed; of the others `renewLease` knows
 */
export async function renewLeases(
  db: Database,
  runs: readonly Run[],
): Promise<readonly (Run & { lease: Lease })[]> {
  // The lists travel as text: the two drivers write arrays in different ways.
  const list = (values: readonly number[]) => sql`${`{${values.join(',')}}`}::text::bigint[]`;
  const held = sql`(${photoshoots.id}, ${photoshoots.run}) in (
    select * from unnest(${list(runs.map(({ photoshootId }) => photoshootId))}, ${list(runs.map(({ run }) => run))}))`;
  const free = db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(held, isUnfinished))
    .for('no key update', { skipLocked: true });
  const rows = await db
    .update(photoshoots)
    .set({ leaseUntil: leaseEnd })
    .where(inArray(photoshoots.id, free))
    .returning({
      photoshootId: photoshoots.id,
      run: photoshoots.run,
      cancelRequestedAt: photoshoots.cancelRequestedAt,
    });
  return rows.map((row) => ({ ...row, lease: leaseOf(row) }));
}

function leaseOf({ cancelRequestedAt }: Pick<typeof photoshoots.$inferSelect, 'cancelRequestedAt'>): Lease {
  return cancelRequestedAt === null ? 'kept' : 'cancel-requested';
}

/**
 * Gives the photoshoot back: the next job may take it at once.
 * @returns whether its seller wants it stopped and it goes on. A Cancel that comes before this wakes no job, because
 * there is a worker; one that comes after it finds none and does.
 */
export async function releaseLease(db: Database, id: number, run: number): Promise<boolean> {
  const [row] = await db
    .update(photoshoots)
    .set({ leaseUntil: null })
    .where(and(eq(photoshoots.id, id), eq(photoshoots.run, run)))
    .returning({ state: photoshoots.state, cancelRequestedAt: photoshoots.cancelRequestedAt });
  return row !== undefined && row.state === 'generating' && row.cancelRequestedAt !== null;
}

/**
 * The photoshoots that a process which is gone has left: for a start at which no other process can be at
 * work, so every lease is of the dead, also one that has just run out. @returns their ids, free to be taken
 */
export async function releaseAllLeases(db: Database): Promise<number[]> {
  const rows = await db
    .update(photoshoots)
    .set({ leaseUntil: null })
    .where(and(isUnfinished, isNotNull(photoshoots.leaseUntil)))
    .returning({ id: photoshoots.id });
  return rows.map((row) => row.id);
}
