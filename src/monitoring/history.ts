/** The samples of the last day, of every process, in the one table that monitoring has. */
import { randomUUID } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { performanceSamples } from '../database/schema/index.ts';
import type { Log } from '../log.ts';

export type Sample = Readonly<{ at: Date; figures: Readonly<Record<string, number>> }>;

/** A figure over time: the mean of all processes in each step, oldest first. */
export type Series = readonly Readonly<{ at: string; value: number }>[];

/** The last hour beside the hours before it; `change` in per cent of the latter, null where there is none. */
export type Trend = Readonly<{
  name: string;
  lastHour: number;
  before: number | null;
  change: number | null;
}>;

export type History = ReturnType<typeof createHistory>;

const HOUR_MS = 3_600_000;
/** A day, and an hour more so that a day that is asked for is whole. */
const KEPT_MS = 25 * HOUR_MS;
/** What waits while the database is away; older samples are dropped. */
const MOST_WAITING = 120;

/**
 * @param options.intervalMs between two samples of a process
 */
export function createHistory(db: Database, { intervalMs, log }: Readonly<{ intervalMs: number; log: Log }>) {
  const process = randomUUID();
  let waiting: Sample[] = [];

  return {
    /**
     * Writes a sample, and those that could not be written before, in one statement. Never rejects.
     * @returns how many were written
     */
    async record(sample: Sample): Promise<number> {
      waiting = [...waiting, sample].slice(-MOST_WAITING);
      const batch = waiting;
      try {
        await db
          .insert(performanceSamples)
          .values(batch.map((one) => ({ ...one, process })))
          .onConflictDoNothing();
      } catch (error) {
        log.warn({ err: error, waiting: batch.length }, 'samples could not be written, and wait');
        return 0;
      }
      waiting = waiting.filter((one) => !batch.includes(one));
      return batch.length;
    },

    /** The latest figures of each process that took a sample lately. */
    async latest(now: Date): Promise<readonly Readonly<Record<string, number>>[]> {
      const rows = await selectRows<{ figures: Readonly<Record<string, number>> }>(
        db,
        sql`select distinct on (process) figures from performance_samples
          where at > ${new Date(now.getTime() - 3 * intervalMs).toISOString()}::text::timestamptz
            and at <= ${now.toISOString()}::text::timestamptz
          order by process, at desc`,
      );
      return rows.map(({ figures }) => figures);
    },

    /** @param steps into how many parts the time is divided */
    async series(name: string, since: Date, until: Date, steps: number): Promise<Series> {
      const stepMs = Math.max(1, (until.getTime() - since.getTime()) / steps);
      const from = since.toISOString();
      const rows = await selectRows<{ step: number; value: number }>(
        db,
        sql`select floor(extract(epoch from at - ${from}::text::timestamptz) * 1000 / ${stepMs}::float8)::int as step,
            avg((figures ->> ${name}::text)::float8) as value
          from performance_samples
          where at >= ${from}::text::timestamptz and at < ${until.toISOString()}::text::timestamptz and figures ? ${name}::text
          group by step order by step`,
      );
      return rows.map(({ step, value }) => ({
        at: new Date(since.getTime() + step * stepMs).toISOString(),
        value: Number(value),
      }));
    },

    /** Every figure of the last hour beside the 23 before it, in one statement. */
    async trends(now: Date): Promise<readonly Trend[]> {
      const rows = await selectRows<{ name: string; last_hour: number; before: number | null }>(
        db,
        sql`with hour as (select ${new Date(now.getTime() - HOUR_MS).toISOString()}::text::timestamptz as began)
          select figure.key as name,
            avg(figure.value::float8) filter (where at >= hour.began) as last_hour,
            avg(figure.value::float8) filter (where at < hour.began) as before
          from hour, performance_samples, jsonb_each_text(figures) as figure
          where at >= ${new Date(now.getTime() - 24 * HOUR_MS).toISOString()}::text::timestamptz
            and at <= ${now.toISOString()}::text::timestamptz
          group by figure.key having count(*) filter (where at >= hour.began) > 0 order by figure.key`,
      );
      return rows.map(({ name, last_hour: lastHour, before }) => ({
        name,
        lastHour: Number(lastHour),
        before: before === null ? null : Number(before),
        change:
          before === null || Number(before) === 0 ? null : (Number(lastHour) / Number(before) - 1) * 100,
      }));
    },

    /**
     * The share of the last day, or of the time since the first sample if that is shorter, in which some process took
     * samples, in per cent; null before the first one.
     */
    async uptime(now: Date): Promise<number | null> {
      const [row] = await selectRows<{ slots: number; possible: number | null }>(
        db,
        sql`with bounds as (select ${now.toISOString()}::text::timestamptz as until, ${intervalMs}::float8 / 1000 as step)
          select count(distinct floor(extract(epoch from until - at) / step))::int as slots,
            ceil(extract(epoch from max(until) - min(at)) / max(step) + 1e-6)::int as possible
          from bounds, performance_samples where at > until - interval '1 day' and at <= until`,
      );
      if (row === undefined || row.possible === null || row.slots === 0) return null;
      return Math.min(100, (row.slots / Math.max(1, row.possible)) * 100);
    },

    /** @returns how many samples were too old at `now` */
    async sweep(now: Date): Promise<number> {
      const swept = await db
        .delete(performanceSamples)
        .where(lt(performanceSamples.at, new Date(now.getTime() - KEPT_MS)))
        .returning({ at: performanceSamples.at });
      return swept.length;
    },
  };
}
