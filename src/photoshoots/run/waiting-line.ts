import { and, asc, count, desc, eq, gt, sql } from 'drizzle-orm';
import { isPayingCustomer } from '../../billing/orders/is-paying-customer.ts';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, providerAttempts } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { IN_WORK } from '../steps.ts';

/** Where each class of photoshoots begins; no line is so long that the one reaches into the other. */
export const PRIORITY = { free: 0, paid: 1_000_000 } as const;

export type Waiting = { photoshootId: number; place: number };

/** Everyone who waits for a worker, in the order in which they will be served; place 1 is next. */
export async function readLine(db: Database): Promise<Waiting[]> {
  const rows = await db
    .select({ photoshootId: photoshoots.id })
    .from(photoshoots)
    .where(isOneOf(photoshoots.state, ['queued']))
    .orderBy(desc(photoshoots.priority), asc(photoshoots.placedAt), asc(photoshoots.id));
  return rows.map((row, index) => ({ ...row, place: index + 1 }));
}

/**
 * Declines photoshoots of which the last would stand behind too many others. Whoever has paid stands before those who have not, and
 * only paid ones count for them. Several that ask in the same moment may all find the last place: the bound is no wall.
 * @throws AppError line-full, before anything is charged
 */
export async function refuseFullLine(
  db: Database,
  ask: Readonly<{ userId: number; places: number; most: number }>,
): Promise<void> {
  const isPaying = await isPayingCustomer(db, ask.userId);
  const [line] = await db
    .select({ waiting: count() })
    .from(photoshoots)
    .where(and(isOneOf(photoshoots.state, ['queued']), isPaying ? eq(photoshoots.paid, true) : undefined));
  const { waiting = 0 } = line ?? {};
  if (waiting + ask.places <= ask.most) return;
  throw new AppError('line-full', 'too many photoshoots stand in line', { details: { waiting } });
}

/** How many photoshoots wait for a worker. */
export async function countLine(db: Database): Promise<number> {
  return db.$count(photoshoots, isOneOf(photoshoots.state, ['queued']));
}

/**
 * The priority of a photoshoot that is placed now: whoever has one in work already stands one round behind it, and
 * nobody stands before the round that is served now. So a seller of forty orders and a seller of one take turns, and
 * the fortieth is not overtaken for ever (start-time fair queueing, a round for each photoshoot).
 * @param tx the transaction that holds the seller's row, so that two of their placings see each other
 */
export async function takePlaceInLine(
  tx: Database,
  { userId, paid }: { userId: number; paid: boolean },
): Promise<number> {
  const [line] = await tx
    .select({
      served: sql<number | null>`max(${photoshoots.priority}) filter (where ${photoshoots.state} = 'queued')`,
      own: sql<number | null>`min(${photoshoots.priority}) filter (where ${photoshoots.userId} = ${userId})`,
    })
    .from(photoshoots)
    .where(and(isOneOf(photoshoots.state, IN_WORK), eq(photoshoots.paid, paid)));
  const served = line?.served ?? (paid ? PRIORITY.paid : PRIORITY.free);
  const own = line?.own ?? null;
  return own === null ? served : Math.min(served, own - 1);
}

/** Pictures a median is taken over: enough to be steady, few enough to follow a provider's mood. */
const SAMPLE = 100;

/**
 * How long one picture has taken lately, as the median of measured calls; null while nothing was measured.
 * An estimate that is shown comes from here, never from a guess.
 */
export async function readMedianPictureMs(db: Database): Promise<number | null> {
  const recent = db
    .select({ durationMs: providerAttempts.durationMs })
    .from(providerAttempts)
    .where(
      and(
        eq(providerAttempts.purpose, 'picture'),
        eq(providerAttempts.state, 'succeeded'),
        gt(providerAttempts.startedAt, sql`now() - interval '1 day'`),
      ),
    )
    .orderBy(desc(providerAttempts.startedAt))
    .limit(SAMPLE)
    .as('recent');
  const [row] = await db
    .select({
      median: sql<number | null>`percentile_cont(0.5) within group (order by ${recent.durationMs})`.mapWith(
        Number,
      ),
    })
    .from(recent);
  return row?.median ?? null;
}
