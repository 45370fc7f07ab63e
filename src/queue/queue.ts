/**
 * Durable jobs in the product's own database (pg-boss). A job is enqueued inside the caller's transaction,
 * so the state that wants the work and the work itself exist together or not at all. Only ids travel.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss';
import type { Database, QueueConnection } from '../database/client.ts';
import { pgOptions } from '../database/server.ts';
import { createWatchedSocket } from '../database/silence.ts';
import { toError } from '../errors.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { waitAtMost } from '../time/deadline.ts';
import { every } from '../time/every.ts';
import { HOPELESS, JOB_NAMES, type JobName, type Jobs, ONE_WAITING } from './jobs.ts';
import { isPassingQueueFault, type QueueFault } from './queue-fault.ts';
import { createWorkLoops, type WorkLoops } from './work-loops.ts';

/** A job whose worker has been silent for this long is given to another one; the shortest that pg-boss takes. */
const HEARTBEAT_SECONDS = 10;
/** How often jobs of silent workers are looked for. */
const MONITOR_SECONDS = 5;
/** How often the queue looks for jobs that were held back until another one is done: we have none of these. */
const HELD_BACK_SECONDS = 3600;
/**
 * No job takes longer than minutes: one that is in hand for half of the hour after which the queue gives it up
 * hangs.
 */
const FAR_TOO_OLD_MS = 1_800_000;
/**
 * How often jobs are looked for of which nothing is heard: deferred ones, such as the rest of an album, those that are
 * tried again, and all where notifications are not heard.
 */
const LOOK_EVERY_MS = { notified: 1000, unnotified: 500 };
/** Which kinds have a job that is due. One question for all: each of the loops asked it for itself, 27 times a second. */
const DUE = `select name from (values ${JOB_NAMES.map((name) => `('${name}')`).join(', ')}) as queues (name)
  where exists (select from queue.job where job.name = queues.name and job.state < 'active' and not job.blocked
    and job.start_after <= now())`;
/** What jobs get to leave their work in order, once their signal has ended. */
const ABORT_GRACE_MS = 3_000;

export type EnqueueOptions = {
  /** It is the first job of its photoshoot: none that waits has to be looked for. */
  isFirst?: boolean;
  /** A whole number; higher goes first, and 0 stands for none. */
  priority?: number;
  delayMs?: number;
  /** Of several equal jobs within this time only the first is kept: an impatient thumb makes no second album. */
  once?: { key: string; withinSeconds: number };
};
export type JobHandler<N extends JobName> = (data: Jobs[N], signal: AbortSignal) => Promise<void>;
/** Runs a job; whoever wants to know how long each takes stands around it. */
export type AroundJob = (name: JobName, work: () => Promise<void>) => Promise<void>;
/** Jobs of all processes that are not over, as the queue's own upkeep counted them last. */
export type QueueStatistics = Readonly<{
  name: string;
  ready: number;
  deferred: number;
  active: number;
  failed: number;
}>;
export type Queue = ReturnType<typeof createQueue>;

/**
 * @param connection a queue on a server keeps a small pool of its own and listens for new jobs (LISTEN/NOTIFY) where
 * its connections keep their sessions; an embedded one shares the database's only connection
 */
export function createQueue(
  connection: QueueConnection,
  log: Log,
  around: AroundJob = (_name, work) => work(),
) {
  const isNotified = connection.kind === 'embedded' || connection.keepsSessions;
  const boss = new PgBoss({
    ...(connection.kind === 'server'
      ? {
          application_name: 'vitrine-queue',
          ...pgOptions(connection.server),
          max: 5,
          connectionTimeoutMillis: connection.connectTimeoutMs,
          // Not `query_timeout`: it leaves the connection as it is, and its error has no code.
          stream: () => createWatchedSocket(connection.silenceLimitMs),
        }
      : { db: fromPglite(connection.pglite), backend: 'pglite' as const }),
    schema: 'queue',
    // Through a pooler in transaction mode nothing would be heard; the loops look for jobs by themselves.
    useListenNotify: isNotified,
    superviseIntervalSeconds: MONITOR_SECONDS,
    monitorIntervalSeconds: MONITOR_SECONDS,
    flowIntervalSeconds: HELD_BACK_SECONDS,
    schedule: false,
  });
  const tell = (fault: QueueFault) => {
    const reason = fault.message;
    if (isPassingQueueFault(fault))
      log.warn({ reason }, 'the queue did not reach the database, and tries again');
    // A job that does not end in time is cut off from it; the next process or start has it.
    else if (stopping) log.info({ reason }, 'the queue met an error while it stopped');
    else log.error({ reason }, 'the queue met an error');
  };
  boss.on('error', tell);
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'the queue warns'));
  let stopping = false;
  /** Ends the signals of all jobs. */
  const ending = new AbortController();
  const working = new Map<string, WorkLoops>();
  let stopLooking = async () => {};

  function oldestJobMs(): number | null {
    const ages = [...working.values()].flatMap((loops) => loops.oldestMs() ?? []);
    return ages.length === 0 ? null : Math.round(Math.max(...ages));
  }

  async function lookForDueJobs(): Promise<void> {
    try {
      const { rows }: { rows: { name: string }[] } = await boss.getDb().executeSql(DUE);
      for (const { name } of rows) working.get(name)?.look();
    } catch (error) {
      tell(toError(error));
    }
  }

  async function drain(graceMs: number): Promise<void> {
    const idle = Promise.all([...working.values()].map((loops) => loops.stop()));
    await waitAtMost(graceMs, idle);
    ending.abort();
    await waitAtMost(ABORT_GRACE_MS, idle);
  }

  return {
    /** Installs or updates the queue's own tables and starts its upkeep; takes no job yet. */
    async start(): Promise<void> {
      await boss.start();
      for (const name of JOB_NAMES) {
        await boss.createQueue(name, {
          notify: true,
          // Retries are for a process that died or a database that went away: a provider's faults never
          // fail a job, the pipeline postpones it instead.
          retryLimit: 30,
          retryDelay: 1,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: 3600,
          heartbeatSeconds: HEARTBEAT_SECONDS,
          deleteAfterSeconds: 3600,
          ...(HOPELESS[name] === undefined ? {} : { deadLetter: HOPELESS[name] }),
        });
        // pg-boss reads a queue's settings on first use and keeps them. That first read must not fall into
        // a caller's transaction: the embedded database has one connection, and would wait for itself.
        await boss.findJobs(name, { id: randomUUID() });
      }
      const everyMs = isNotified ? LOOK_EVERY_MS.notified : LOOK_EVERY_MS.unnotified;
      stopLooking = every(everyMs, 'look for due jobs', lookForDueJobs, log);
    },

    /**
     * Enqueues in the transaction that is passed, or at once when it is the database itself. A job that waits is
     * put off, or brought forward, by one of the same kind for the same photoshoot (`ONE_WAITING`).
     */
    async enqueue<N extends JobName>(
      db: Database,
      name: N,
      data: Jobs[N],
      options: EnqueueOptions = {},
    ): Promise<void> {
      // Drizzle types the result by driver; both drivers' results are shapes that the adapter reads.
      const connection = fromDrizzle(db as unknown as Parameters<typeof fromDrizzle>[0], sql);
      const key = ONE_WAITING.has(name) && 'photoshootId' in data ? String(data.photoshootId) : null;
      if (key !== null && options.isFirst !== true) {
        await boss.upsert(name, data, {
          db: connection,
          // Whoever names none leaves that of the job that waits.
          ...(options.priority === undefined ? {} : { priority: options.priority }),
          singletonKey: key,
          match: 'all',
          startAfter: (options.delayMs ?? 0) / 1000,
        });
        return;
      }
      await boss.send(name, data, {
        db: connection,
        priority: options.priority ?? 0,
        // By it the next one finds this one.
        ...(key === null ? {} : { singletonKey: key }),
        ...(options.once === undefined
          ? {}
          : { singletonKey: options.once.key, singletonSeconds: options.once.withinSeconds }),
        ...(options.delayMs === undefined ? {} : { startAfter: new Date(Date.now() + options.delayMs) }),
      });
    },

    /**
     * Drops whatever is kept of these photoshoots' jobs, with what their errors said. One that is being worked on ends
     * as if it were there.
     */
    async forget(db: Database, photoshootIds: readonly number[]): Promise<void> {
      if (photoshootIds.length === 0) return;
      // The list travels as text: the two drivers write arrays in different ways.
      await db.execute(sql`delete from queue.job
        where (data->>'photoshootId')::bigint = any(${`{${photoshootIds.join(',')}}`}::text::bigint[])`);
    },

    /** Works on the jobs of one kind, `concurrency` at a time. The signal ends when the process must stop. */
    async work<N extends JobName>(name: N, concurrency: number, handler: JobHandler<N>): Promise<void> {
      const loops = createWorkLoops<Jobs[N]>(boss, name, concurrency, (data, signal) =>
        around(name, () => handler(data, AbortSignal.any([signal, ending.signal]))),
      );
      working.set(name, loops);
      await loops.start();
    },

    /**
     * Gives back every job that is being worked on: for a start at which no other process can be at work, so
     * that they are the dead's. They are tried again a second or two later.
     */
    async reclaim(): Promise<void> {
      for (const name of JOB_NAMES) {
        const jobs = await boss.findJobs(name);
        const abandoned = jobs.filter((job) => job.state === 'active').map((job) => job.id);
        if (abandoned.length > 0) await boss.fail(name, abandoned, { message: 'its process is gone' });
      }
    },

    /**
     * Takes no new jobs and lets running ones end for up to `graceMs`. Then their signals end, and what they
     * leave is for another process or the next start. Enqueuing still works.
     */
    drain,

    /** Rejects while the database is away. */
    async statistics(): Promise<readonly QueueStatistics[]> {
      const queues = await boss.getQueues();
      return queues.map(({ name, readyCount, deferredCount, activeCount, failedCount }) => ({
        name,
        ready: readyCount,
        deferred: deferredCount,
        active: activeCount,
        failed: failedCount,
      }));
    },

    /** How long the job has run that this process has in hand for longest; null where it has none. */
    oldestJobMs,

    /** By the jobs that this process has in hand. */
    health(): PartHealth {
      const ageMs = oldestJobMs();
      const facts = { oldestJobMs: ageMs };
      return (ageMs ?? 0) > FAR_TOO_OLD_MS
        ? { status: 'unhealthy', note: 'a job does not end', facts }
        : { status: 'ok', facts };
    },

    /** Drains, and lets go of the database. */
    async stop(graceMs: number): Promise<void> {
      await drain(graceMs);
      stopping = true;
      await stopLooking();
      await boss.stop({ graceful: false, close: true });
    },
  };
}
