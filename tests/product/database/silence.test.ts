/** Connections that stay open and carry nothing any more: what waits on them ends, and the pool heals. */
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { connectServer, type ServerOptions, type Sql } from '../../../src/database/driver.ts';
import { watchForSilence } from '../../../src/database/silence.ts';
import { createLog } from '../../../src/log.ts';
import { createQueue } from '../../../src/queue/queue.ts';
import { openTestDatabase } from '../../support/database.ts';
import { inPlain } from '../../support/in-plain.ts';
import { findPostgres, startPostgres } from '../../support/postgres-server.ts';
import { countOutcomes, outcomeOf } from '../../support/settled.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';
import { watchUncaught } from '../../support/uncaught.ts';
import { openDriverStage, proxyTo, untilAnswered } from './driver-stage.ts';
import '../../support/provided.ts';

/** Short for a silence, and longer than a busy machine takes for the least of statements. */
const LIMIT_MS = 3_000;

describe.runIf(inject('testDatabase').kind === 'server').each([false, true])('with TLS: %s', (tls) => {
  test('a statement on a silent connection ends, and the next one is answered', async () => {
    const uncaught = watchUncaught();
    const { pool, proxy } = await openPool(tls, { max: 1 });
    await untilAnswered(pool);
    proxy.silence();
    expect(await outcomeOf(pool`select 1`)).toBe('failed: DATABASE_SILENT');
    await untilAnswered(pool);
    expect(uncaught).toEqual([]);
  });

  test('a transaction whose connection falls silent ends, and the next one is committed', async () => {
    const uncaught = watchUncaught();
    const { pool, proxy } = await openPool(tls, { max: 1 });
    await untilAnswered(pool);
    const transaction = pool.begin(async (tx) => {
      await tx`create table lost (id integer)`;
      proxy.silence();
      await tx`insert into lost values (1)`;
    });
    expect(await outcomeOf(transaction)).toMatch(/^failed: (?:DATABASE_SILENT|CONNECTION_CLOSED)$/);
    await untilAnswered(pool);
    expect(await outcomeOf(pool.begin((tx) => tx`select 1`))).toBe('done');
    expect(await pool`select to_regclass('lost') as name`).toEqual([{ name: null }]);
    expect(uncaught).toEqual([]);
  });

  test('a pool of ten silent connections has ten new ones after that, and ends', async () => {
    const uncaught = watchUncaught();
    const { pool, proxy } = await openPool(tls, { max: 10 });
    // All ten are opened, because none is free before all have begun.
    const all = Promise.withResolvers<void>();
    let begun = 0;
    const transactions = Array.from({ length: 10 }, () =>
      pool.begin(async () => {
        begun += 1;
        if (begun === 10) all.resolve();
        await all.promise;
      }),
    );
    await Promise.all(transactions);
    proxy.silence();
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcomeOf(pool`select 1`)));
    expect(countOutcomes(outcomes)['never settled']).toBeUndefined();
    expect(countOutcomes(outcomes)['failed: DATABASE_SILENT']).toBeGreaterThanOrEqual(10);
    await untilAnswered(pool, 40);
    expect(await outcomeOf(pool.end())).toBe('done');
    expect(uncaught).toEqual([]);
  });

  /** A pool that reaches a server through a proxy. */
  async function openPool(tls: boolean, options: ServerOptions): Promise<{ pool: Sql; proxy: TcpProxy }> {
    const url = tls ? await startTlsServer() : (await openDriverStage()).url;
    const proxy = await proxyTo(url);
    const ssl = tls ? ({ ssl: 'require' } as const) : {};
    const pool = connectServer(inPlain(proxy.through(url)), {
      ...options,
      ...ssl,
      ...watchForSilence(LIMIT_MS),
    });
    onTestFinished(() => pool.end({ timeout: 0 }));
    return { pool, proxy };
  }
});

describe.runIf(inject('testDatabase').kind === 'server')('a watched connection', () => {
  test('that cannot even be tried fails its statement, and leaves room for the next', async () => {
    const uncaught = watchUncaught();
    // The system refuses this address at once, before anything is sent.
    const pool = connectServer(inPlain('postgres://vitrine@255.255.255.255:5432/vitrine'), {
      max: 1,
      connect_timeout: 5,
      ...watchForSilence(LIMIT_MS),
    });
    onTestFinished(() => pool.end({ timeout: 0 }));
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await outcomeOf(pool`select 1`)).toMatch(/^failed: E/);
    }
    expect(uncaught).toEqual([]);
  });

  test('is made through a socket in the file system where the address is one', async () => {
    const { admin, openPool, url } = await openDriverStage();
    const [{ folder }] = await admin<[{ folder: string }]>`
      select current_setting('unix_socket_directories') as folder`;
    const path = `${folder}/.s.PGSQL.${new URL(url).port}`;
    const pool = openPool({ max: 1, path, ...watchForSilence(LIMIT_MS) });
    expect(await pool`select inet_client_addr() as address`).toEqual([{ address: null }]);
  });

  test('of the queue that falls silent is replaced, and the jobs go on', async () => {
    const database = await openTestDatabase();
    onTestFinished(() => database.close());
    if (database.queue.kind !== 'server') throw new Error('the server was asked for');
    const { port, database: name } = database.queue.server.address;
    const url = `postgres://vitrine@127.0.0.1:${port}/${name}`;
    const proxy = await proxyTo(url);
    const log = createLog({ level: 'silent', pretty: false });
    const queue = createQueue(
      { ...database.queue, server: inPlain(proxy.through(url)), silenceLimitMs: LIMIT_MS },
      log,
    );
    await queue.start();
    const jobs = [1, 2].map(() => Promise.withResolvers<void>());
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => jobs[photoshootId]?.resolve());
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 0 });
    await jobs[0]?.promise;
    proxy.silence();
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 1 });
    expect(await outcomeOf(jobs[1]?.promise ?? Promise.reject(new Error('there are two')))).toBe('done');
    proxy.silence();
    expect(await outcomeOf(queue.stop(1000))).toBe('done');
  });
});

async function startTlsServer(): Promise<string> {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('no PostgreSQL server is installed');
  const server = await startPostgres(binaries, { tls: true });
  onTestFinished(() => server.stop());
  return server.url('postgres');
}
