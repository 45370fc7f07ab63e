/**
 * What the owners must hear of: raised once over all processes, told again while it lasts, and told once more when
 * it is over. The rows are the truth; who is told, and in which words, is handed in.
 */
import { and, desc, exists, inArray, isNotNull, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { alerts } from '../database/schema/index.ts';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RuleName } from './thresholds.ts';

export const ALERT_KINDS = [
  'provider-quota',
  'provider-key',
  'provider-model',
  'provider-outage',
  'provider-rejected',
  'recognition-failing',
  'model-ending',
  'provider-budget',
  'picture-paid-often',
  'line-full',
  'update-given-up',
  'morning',
  'performance-warning',
  'performance-critical',
  'week',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
/** A kind, with the id of what it is about where there are several. */
export type AlertKey = AlertKind | `${AlertKind}:${number | RuleName}`;

/** For the sentence: numbers, and words of ours or of a provider's; nothing that people wrote, and no secret. */
export type AlertDetails = Readonly<Record<string, string | number>>;

/** `still`: it was told before, and goes on. `over`: it has ended. */
export type Alert = Readonly<{
  key: AlertKey;
  details: AlertDetails;
  occasion: 'new' | 'still' | 'over';
  since: Date;
}>;

export type Alerts = ReturnType<typeof createAlerts>;

/** Often enough not to be forgotten, seldom enough to be read. */
const REPEAT_MS = 3_600_000;
/**
 * What has no end is remembered for as long as a dead update is kept, so that nothing tells it twice; what is over, so
 * that owners can read what was.
 */
const KEPT_MS = 7 * 86_400_000;

/**
 * @param options.tell tells the owners in chat; false when it is to be tried again
 * @param options.tellChannels tells everybody else, side by side with the chat: nobody waits for it, and nothing of it
 * is tried again
 */
export function createAlerts({
  db,
  tell,
  tellChannels,
  log,
}: Readonly<{
  db: Database;
  tell: (alert: Alert) => Promise<boolean>;
  tellChannels: (alert: Alert) => Promise<void>;
  log: Log;
}>) {
  /** When the database was asked last and had nothing raised of this kind, in milliseconds since 1970. */
  const quietAt = new Map<AlertKey, number>();

  /**
   * Whether none of these was raised before `since` and stands. Where the database has said so after that moment it is
   * not asked again: of many calls that succeed side by side one asks for all.
   */
  async function areQuiet(keys: readonly AlertKey[], since: Date): Promise<boolean> {
    if (keys.every((key) => (quietAt.get(key) ?? 0) > since.getTime())) return true;
    const askedAt = Date.now();
    const raised = await whichAreRaised(db, keys);
    for (const key of keys) if (!raised.includes(key)) quietAt.set(key, askedAt);
    return raised.length === 0;
  }

  /** @returns what `tellSomebody` answers, or false where it throws */
  async function tryToTell<T>(alert: Alert, tellSomebody: (alert: Alert) => Promise<T>): Promise<T | false> {
    try {
      return await tellSomebody(alert);
    } catch (error) {
      log.error({ err: toError(error), alert: alert.key }, 'an alert could not be told');
      return false;
    }
  }

  /**
   * Tells what is due: new alerts that stand, those told an hour ago that go on, and those that are over. The chat and
   * the other channels are due each by its own time, so that neither waits for the other nor hears twice because of it.
   * An alert is claimed before it is told. A process that dies in between loses one telling; the next one is due in
   * an hour.
   */
  async function tellDue(now = new Date()): Promise<void> {
    const due = await claimDue(db, now);
    // All of them before the first word to Telegram, which may take minutes to fail.
    for (const row of due.filter(({ isDueInChannels }) => isDueInChannels))
      void tryToTell(alertOf(row, row.channelsBefore), tellChannels);
    for (const row of due.filter(({ isDueInChat }) => isDueInChat)) {
      if (await tryToTell(alertOf(row, row.chatBefore), tell)) continue;
      // Unless it has been raised anew meanwhile, or another one tells its end.
      await db.execute(
        sql`update alerts set told_at = ${row.chatBefore}::timestamptz
          where key = ${row.key} and told_at = ${row.chatClaimed}::timestamptz`,
      );
    }
  }

  return {
    /**
     * Raises an alert, unless it is raised already, and tells it if it stands.
     * @param options.standsFrom from when on it counts, unless it is resolved by then; now, when it is left out
     * @param options.lasts false for what has no end; true when it is left out
     */
    async raise(
      key: AlertKey,
      details: AlertDetails,
      options: Readonly<{ standsFrom?: Date; lasts?: boolean }> = {},
    ): Promise<void> {
      const now = new Date();
      const { standsFrom = now, lasts = true } = options;
      const untold = { toldAt: null, channelsToldAt: null, endedAt: null };
      const row = { details, lasts, raisedAt: now, standsFrom, ...untold };
      const raised = await db
        .insert(alerts)
        .values({ key, ...row })
        // One whose end has not been told yet has not ended after all.
        .onConflictDoUpdate({ target: alerts.key, set: row, setWhere: isNotNull(alerts.endedAt) })
        .returning({ key: alerts.key });
      if (raised.length > 0 && standsFrom <= now) await tellDue(now);
    },

    /**
     * Ends alerts that were raised before `since`; if several had been told, one of them tells the end of all. Who
     * has not heard of one, as nobody has of those that did not stand yet, does not hear of its end.
     * @returns whether there was any
     */
    async resolve(keys: readonly AlertKey[], since = new Date()): Promise<boolean> {
      const now = new Date();
      if (await areQuiet(keys, since)) return false;
      const isTheirs = sql`key in ${keys} and ended_at is null and raised_at <= ${since.toISOString()}::timestamptz`;
      const isUntold = sql`told_at is null and channels_told_at is null`;
      /** As it was where this one tells the end, or has nothing to tell. */
      const toldOf = (toldAt: SQL) =>
        sql`case when ${toldAt} is null
            or a.key = (select min(key) from alerts where ${isTheirs} and ${toldAt} is not null)
          then ${toldAt} else 'infinity' end`;
      const ended = await selectRows<{ told: boolean }>(
        db,
        sql`with untold as (
            delete from alerts where ${isTheirs} and ${isUntold} returning false as told
          ), told as (
            update alerts a set ended_at = greatest(${now.toISOString()}::timestamptz,
                a.told_at + interval '1 ms', a.channels_told_at + interval '1 ms'),
              told_at = ${toldOf(sql`told_at`)}, channels_told_at = ${toldOf(sql`channels_told_at`)}
            where ${isTheirs} and not (${isUntold}) returning true as told
          )
          select told from untold union all select told from told`,
      );
      if (ended.some(({ told }) => told)) await tellDue(now);
      return ended.length > 0;
    },

    areQuiet,

    tellDue,

    /** Forgets what has no end and was told long ago, and what was over long ago. @returns how many */
    async sweepOld(now: Date): Promise<number> {
      const longAgo = new Date(now.getTime() - KEPT_MS);
      const swept = await db
        .delete(alerts)
        .where(
          or(
            lte(alerts.endedAt, longAgo),
            and(not(alerts.lasts), isNotNull(alerts.toldAt), lte(alerts.raisedAt, longAgo)),
          ),
        )
        .returning({ key: alerts.key });
      return swept.length;
    },
  };
}

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

/** Which of these alerts are raised, also those that do not count yet. */
async function whichAreRaised(db: Database, keys: readonly AlertKey[]): Promise<AlertKey[]> {
  const rows = await db
    .select({ key: alerts.key })
    .from(alerts)
    .where(and(inArray(alerts.key, [...keys]), isNull(alerts.endedAt)));
  return keys.filter((key) => rows.some((row) => row.key === key));
}

/** Times as the database writes them. `before`: of the telling before this one, null where this is the first. */
type DueRow = {
  key: AlertKey;
  details: AlertDetails;
  isOver: boolean;
  since: string;
  isDueInChat: boolean;
  chatBefore: string | null;
  chatClaimed: string | null;
  isDueInChannels: boolean;
  channelsBefore: string | null;
};

function alertOf({ key, details, isOver, since }: DueRow, before: string | null): Alert {
  const occasion = isOver ? 'over' : before === null ? 'new' : 'still';
  return { key, details, occasion, since: new Date(since) };
}

async function claimDue(db: Database, now: Date): Promise<DueRow[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const isDue = (toldAt: SQL) =>
    sql`(case when ended_at is not null then ${toldAt} < ended_at
      else stands_from <= ${at}
        and (${toldAt} is null or (lasts and ${toldAt} <= ${at} - ${REPEAT_MS}::float8 * interval '1 ms'))
      end) is true`;
  const [inChat, inChannels] = [isDue(sql`told_at`), isDue(sql`channels_told_at`)];
  const claimed = sql`greatest(${at}, a.ended_at)`;
  return selectRows<DueRow>(
    db,
    sql`with due as (
        select key, told_at, channels_told_at, ${inChat} as in_chat, ${inChannels} as in_channels from alerts
        where ${inChat} or ${inChannels}
        for update skip locked
      )
      update alerts a set
        told_at = case when due.in_chat then ${claimed} else a.told_at end,
        channels_told_at = case when due.in_channels then ${claimed} else a.channels_told_at end
      from due where a.key = due.key
      returning a.key, a.details, a.ended_at is not null as "isOver", a.raised_at::text as since,
        due.in_chat as "isDueInChat", due.told_at::text as "chatBefore", a.told_at::text as "chatClaimed",
        due.in_channels as "isDueInChannels", due.channels_told_at::text as "channelsBefore"`,
  );
}
