/**
 * What the owners must hear of: raised once over all processes, told again while it lasts, and told once more when
 * it is over. The rows are the truth; who is told, and in which words, is handed in.
 */
import { and, isNotNull, lte, not, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { alerts } from '../database/schema/index.ts';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Alert, AlertDetails, AlertKey } from './alert.ts';
import { whichAreRaised } from './read-alerts.ts';

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
  /** All that were raised when another statement read them last. */
  let heard: Readonly<{ raised: readonly AlertKey[]; askedAt: number }> = { raised: [], askedAt: 0 };

  /** When this kind was known not to be raised last; 0 for never. */
  function lastQuiet(key: AlertKey): number {
    return Math.max(quietAt.get(key) ?? 0, heard.raised.includes(key) ? 0 : heard.askedAt);
  }

  /**
   * Whether none of these was raised before `since` and stands. Where the database has said so after that moment it is
   * not asked again: of many calls that succeed side by side one asks for all.
   */
  async function areQuiet(keys: readonly AlertKey[], since: Date): Promise<boolean> {
    if (keys.every((key) => lastQuiet(key) > since.getTime())) return true;
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

    /** What a statement that did something else has read of them: all that were raised at `askedAt` or later. */
    hear(raised: readonly AlertKey[], askedAt: number): void {
      if (askedAt > heard.askedAt) heard = { raised, askedAt };
    },

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
