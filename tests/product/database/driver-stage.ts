/** A database with one table, to be tried with the driver as it is, without anything of the product above it. */
import { expect, inject, onTestFinished, vi } from 'vitest';
import { connectServer, type ServerOptions, type Sql } from '../../../src/database/driver.ts';
import { createServerDatabase } from '../../support/database.ts';
import { inPlain } from '../../support/in-plain.ts';
import { outcomeOf } from '../../support/settled.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import '../../support/provided.ts';

export type DriverStage = Awaited<ReturnType<typeof openDriverStage>>;

/** Waits for events on a machine that does other things as well. */
const PATIENT = { timeout: 30_000, interval: 10 } as const;

/** Everything that it opens is closed when the test has ended. */
export async function openDriverStage() {
  const source = inject('testDatabase');
  if (source.kind !== 'server') throw new Error('the server was asked for');
  const { url, drop } = await createServerDatabase(source.url);
  onTestFinished(drop);
  const admin = connectServer(inPlain(url), { max: 3 });
  onTestFinished(() => admin.end({ timeout: 0 }));
  await admin`create table things (id integer primary key, who text not null)`;

  /** Counts the backends of pools, in one state of pg_stat_activity or waiting for a lock. */
  async function countBackends(what: 'idle in transaction' | 'advisory'): Promise<number> {
    const [row] = await admin<[{ backends: number }]>`
      select count(*)::int as backends from pg_stat_activity
      where datname = current_database() and application_name = 'pool' and ${what} in (state, wait_event)`;
    return row.backends;
  }

  return {
    url,
    admin,
    countBackends,

    /** A pool to be tried; `through` is another address of the same database. */
    openPool(options: ServerOptions, through = url): Sql {
      const pool = connectServer(inPlain(through), { connection: { application_name: 'pool' }, ...options });
      onTestFinished(() => pool.end({ timeout: 0 }));
      return pool;
    },

    /** Ends every connection of the pools, as an administrator or a failover does. */
    async terminate(): Promise<void> {
      await admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'pool'`;
    },

    /** All rows of the table, as another connection sees them. */
    async ids(): Promise<number[]> {
      const rows = await admin<{ id: number }[]>`select id from things order by id`;
      return rows.map((row) => row.id);
    },

    /** A lock that statements wait for, `select pg_advisory_xact_lock_shared(1)`, until it is opened. */
    async lock() {
      const taken = Promise.withResolvers<void>();
      const opened = Promise.withResolvers<void>();
      const holding = admin.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(1)`;
        taken.resolve();
        await opened.promise;
      });
      await taken.promise;
      return {
        /** Resolves when so many statements wait for it. */
        waitedForBy: (statements: number) =>
          vi.waitFor(async () => expect(await countBackends('advisory')).toBe(statements), PATIENT),
        async open(): Promise<void> {
          opened.resolve();
          await holding;
        },
      };
    },
  };
}

/** What a statement does that waits for the stage's lock. */
export const waitForLock = (sql: Pick<Sql, 'unsafe'>) => sql.unsafe('select pg_advisory_xact_lock_shared(1)');

/** A transaction that does nothing until it is let go, and has its connection meanwhile. */
export async function holdTransaction(pool: Sql): Promise<() => Promise<void>> {
  const begun = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const transaction = pool.begin(async () => {
    begun.resolve();
    await letGo.promise;
  });
  await begun.promise;
  return async () => {
    letGo.resolve();
    await transaction;
  };
}

/** A proxy in front of the server, until the test has ended. */
export async function proxyTo(url: string): Promise<TcpProxy> {
  const proxy = await startTcpProxy(Number(new URL(url).port));
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Resolves when so many statements at once are answered. What is on its way to its end may fail before that. */
export async function untilAnswered(pool: Sql, statements = 1): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const outcomes = await Promise.all(Array.from({ length: statements }, () => outcomeOf(pool`select 1`)));
    expect(outcomes).not.toContain('never settled');
    if (outcomes.every((outcome) => outcome === 'done')) return;
  }
  throw new Error('the pool does not heal');
}
