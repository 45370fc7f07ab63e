/** Which alerts are raised, count, or are over: the rows as others read them. Nothing is told here. */
import { and, desc, exists, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { alerts } from '../database/schema/index.ts';
import type { Alert, AlertKey, AlertKind } from './alert.ts';

/** Which of these alerts count at `now`, whoever has been told. */
export async function standingAlerts<Key extends AlertKey>(
  db: Database,
  keys: readonly Key[],
  now: Date,
): Promise<Key[]> {
  const rows = await db
    .select({ key: alerts.key })
    .from(alerts)
    .where(and(inArray(alerts.key, [...keys]), isNull(alerts.endedAt), lte(alerts.standsFrom, now)));
  return keys.filter((key) => rows.some((row) => row.key === key));
}

/** What is raised and counts: without an occasion, because nothing is told. */
export type RaisedAlert = Omit<Alert, 'occasion'>;

/** The alerts of these kinds that count at `now`, the newest first. */
export async function readRaised(
  db: Database,
  { kinds, limit }: { kinds: readonly AlertKind[]; limit: number },
  now: Date,
): Promise<RaisedAlert[]> {
  const rows = await db
    .select({ key: alerts.key, details: alerts.details, since: alerts.raisedAt })
    .from(alerts)
    .where(and(isOfKind(kinds), isNull(alerts.endedAt), lte(alerts.standsFrom, now)))
    .orderBy(desc(alerts.raisedAt), alerts.key)
    .limit(limit);
  // Only keys of ours are written.
  return rows.map(({ key, ...row }) => ({ key: key as AlertKey, ...row }));
}

export type ResolvedAlert = RaisedAlert & Readonly<{ endedAt: Date }>;

/** What is over of these kinds and was told, of the days for which it is remembered, the latest first. */
export async function readResolved(
  db: Database,
  { kinds, limit }: { kinds: readonly AlertKind[]; limit: number },
): Promise<ResolvedAlert[]> {
  const rows = await db
    .select({ key: alerts.key, details: alerts.details, since: alerts.raisedAt, endedAt: alerts.endedAt })
    .from(alerts)
    .where(and(isOfKind(kinds), isNotNull(alerts.endedAt)))
    .orderBy(desc(alerts.endedAt), alerts.key)
    .limit(limit);
  return rows.flatMap(({ key, endedAt, ...row }) =>
    // Only keys of ours are written.
    endedAt === null ? [] : [{ key: key as AlertKey, endedAt, ...row }],
  );
}

/** The alerts of these kinds that are raised, also those that do not count yet. */
export async function readRaisedKeys(db: Database, kinds: readonly AlertKind[]): Promise<AlertKey[]> {
  const rows = await db
    .select({ key: alerts.key })
    .from(alerts)
    .where(and(isOfKind(kinds), isNull(alerts.endedAt)));
  // Only keys of ours are written.
  return rows.map(({ key }) => key as AlertKey);
}

/** What stands before the colon of a key. */
function isOfKind(kinds: readonly AlertKind[]): SQL {
  return inArray(sql`split_part(${alerts.key}, ':', 1)`, [...kinds]);
}

/** Whether an alert is raised, also one that does not count yet. */
export async function isRaised(db: Database, key: AlertKey): Promise<boolean> {
  return (await whichAreRaised(db, [key])).length > 0;
}

/** The condition that an alert is raised, for a statement that asks more. */
export function isRaisedNow(db: Database, key: AlertKey): SQL<boolean> {
  const raised = db
    .select({ one: sql`1` })
    .from(alerts)
    .where(and(inArray(alerts.key, [key]), isNull(alerts.endedAt)));
  return sql<boolean>`${exists(raised)}`;
}

/** The keys of all alerts that are raised, also those that do not count yet, for a statement that does more. */
export function allRaised(db: Database) {
  return db.select({ key: alerts.key }).from(alerts).where(isNull(alerts.endedAt));
}

/** Which of these alerts are raised, also those that do not count yet. */
export async function whichAreRaised(db: Database, keys: readonly AlertKey[]): Promise<AlertKey[]> {
  const rows = await db
    .select({ key: alerts.key })
    .from(alerts)
    .where(and(inArray(alerts.key, [...keys]), isNull(alerts.endedAt)));
  return keys.filter((key) => rows.some((row) => row.key === key));
}
