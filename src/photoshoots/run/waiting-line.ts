import { and, asc, count, desc, eq, gt, not, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { isPaying } from '../../billing/orders/is-paying-customer.ts';
import { builtOnce } from '../../database/built-once.ts';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { selectRows } from '../../database/rows.ts';
import { photoshoots, providerAttempts } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { type Photoshoot, toPhotoshoot } from '../photoshoot.ts';
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

/** How many wait before a photoshoot, for a statement that asks more of it. */
export function countAhead() {
  const before = alias(photoshoots, 'before');
  const isBefore = sql`(${before.priority} > ${photoshoots.priority} or ${before.priority} = ${photoshoots.priority}
    and (${before.placedAt}, ${before.id}) < (${photoshoots.placedAt}, ${photoshoots.id}))`;
  return sql`(select count(*) from ${photoshoots} ${sql.identifier('before')}
      where ${isOneOf(before.state, ['queued'])} and ${isBefore})`
    .mapWith(Number)
    .as('ahead');
}

const PLACE = builtOnce((db) =>
  db
    .select({ photoshoot: photoshoots, ahead: countAhead() })
    .from(photoshoots)
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .prepare('place_by_id'),
);

/** A photoshoot, and its place in line in the same moment: 1 for the next one, also where it waits no more. */
export type InLine = Readonly<{ photoshoot: Photoshoot; place: number }>;

/** @throws AppError not-found */
export async function readPlace(db: Database, photoshootId: number): Promise<InLine> {
  const [row] = await PLACE(db).execute({ id: photoshootId });
  if (row === undefined) throw new AppError('not-found', 'there is no such photoshoot');
  const photoshoot = toPhotoshoot(row.photoshoot);
  return { photoshoot, place: photoshoot.state === 'queued' ? row.ahead + 1 : 1 };
}

/**
 * How many would stand before a photoshoot of this person, for a statement that asks more. Whoever has paid stands before
 * those who have not, and only paid ones count for them.
 */
export function lineBefore(db: Database, userId: number) {
  return db
    .select({ waiting: count().as('waiting') })
    .from(photoshoots)
    .where(
      and(isOneOf(photoshoots.state, ['queued']), or(eq(photoshoots.paid, true), not(isPaying(db, userId)))),
    )
    .as('line');
}

/**
 * Declines photoshoots of which the last would stand behind too many others. Several that ask in the same moment may all
 * find the last place: the bound is no wall.
 * @throws AppError line-full, before anything is charged
 */
export function refuseFullLine(ask: Readonly<{ waiting: number; places: number; most: number }>): void {
  const { waiting } = ask;
  if (waiting + ask.places <= ask.most) return;
  throw new AppError('line-full', 'too many photoshoots stand in line', { details: { waiting } });
}

/** How many photoshoots wait for a worker. */
export async function countLine(db: Database): Promise<number> {
  return db.$count(photoshoots, isOneOf(photoshoots.state, ['queued']));
}

/**
 * What is written of a photoshoot that is placed now: whether its seller has paid before, and its priority. Whoever has
 * one in work already stands one round behind it, and nobody stands before the round that is served now. So a seller of
 * forty orders and a seller of one take turns, and the fortieth is not overtaken for ever (start-time fair queueing, a
 * round for each photoshoot).
 * @param tx the transaction that holds the seller's row, so that two of their placings see each other
 */
export function placeInLine(tx: Database, userId: number): { paid: SQL<boolean>; priority: SQL<number> } {
  const paid = isPaying(tx, userId);
  const line = alias(photoshoots, 'line');
  const served = sql`max(${line.priority}) filter (where ${isOneOf(line.state, ['queued'])})`;
  const first = sql`case when ${paid} then ${PRIORITY.paid}::int else ${PRIORITY.free}::int end`;
  const own = sql`min(${line.priority}) filter (where ${line.userId} = ${userId})`;
  // Without a photoshoot of their own in work there is no second number, and least passes over it.
  const place = tx
    .select({ priority: sql`least(coalesce(${served}, ${first}), ${own} - 1)`.as('priority') })
    .from(line)
    .where(and(isOneOf(line.state, IN_WORK), eq(line.paid, paid)));
  return { paid, priority: sql<number>`(${place})` };
}

/** Pictures a median is taken over: enough to be steady, few enough to follow a provider's mood. */
const SAMPLE = 100;

/**
 * How long one picture has taken lately, as the median of measured calls; null while nothing was measured.
 * An estimate that is shown comes from here, never from a guess.
 */
export async function readMedianPictureMs(db: Database): Promise<number | null> {
  const [row] = await selectRows<{ median: number | null }>(
    db,
    sql`select ${medianPictureMs(db)}::float8 as median`,
  );
  return row?.median ?? null;
}

/** The same for a statement that asks more. */
export function medianPictureMs(db: Database): SQL {
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
  return sql`(select percentile_cont(0.5) within group (order by ${recent.durationMs}) from ${recent})`;
}
