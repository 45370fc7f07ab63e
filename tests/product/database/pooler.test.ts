/** A real PgBouncer before the server, in each of its modes, that refuses settings at the beginning of a connection. */
import { sql } from 'drizzle-orm';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../../../src/database/client.ts';
import { connectServer } from '../../../src/database/driver.ts';
import { migrate, migrateServer } from '../../../src/database/migrate.ts';
import { findPooling } from '../../../src/database/pooling.ts';
import { selectRows } from '../../../src/database/rows.ts';
import { createQueue } from '../../../src/queue/queue.ts';
import { createServerDatabase } from '../../support/database.ts';
import { hearLog } from '../../support/heard-log.ts';
import { inPlain } from '../../support/in-plain.ts';
import { hasPgbouncer, type PoolMode, startPgbouncer } from '../../support/pgbouncer.ts';
import { silentLog } from '../../support/running-app.ts';
import '../../support/provided.ts';

const source = inject('testDatabase');
const ROUND_ROBIN = ['server_round_robin = 1'];

/** A migrated database of its own, and the way to it through a pooler. */
async function openStage(mode: PoolMode, settings: readonly string[] = []) {
  if (source.kind !== 'server') throw new Error('the server was asked for');
  const database = await createServerDatabase(source.url);
  onTestFinished(database.drop);
  const pooler = await startPgbouncer(database.url, mode, settings);
  onTestFinished(pooler.stop);
  const admin = connectServer(inPlain(database.url), { max: 1 });
  onTestFinished(() => admin.end({ timeout: 0 }));
  const pooled = { ...database.options, url: pooler.through(database.url) };
  return {
    direct: database.url,
    options: pooled,
    pooler,
    admin,
    async open(options = pooled, log = silentLog): Promise<DatabaseHandle> {
      const handle = await openDatabase(options, log);
      onTestFinished(() => handle.close());
      return handle;
    },
    async empty(): Promise<void> {
      await admin.unsafe(
        'drop schema public cascade; drop schema drizzle cascade; drop schema queue cascade; create schema public',
      );
    },
  };
}

describe.runIf(source.kind === 'server' && hasPgbouncer)('behind a pooler', () => {
  test('in transaction mode four starts at once migrate an empty database, and so does a later one', async () => {
    const { admin, empty, options } = await openStage('transaction');
    await empty();
    await Promise.all(Array.from({ length: 4 }, () => migrateServer(options.url, silentLog)));
    await migrateServer(options.url, silentLog);
    const applied = await admin`select created_at from drizzle.__drizzle_migrations`;
    expect(new Set(applied.map((row) => row.created_at)).size).toBe(applied.length);
    expect(
      await admin`select pid from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`,
    ).toEqual([]);
  });

  test.each<[PoolMode, readonly string[], string]>([
    ['session', [], 'session'],
    ['session', ROUND_ROBIN, 'session'],
    ['transaction', [], 'transaction'],
    ['transaction', ROUND_ROBIN, 'transaction'],
    [
      'transaction',
      ['ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout'],
      'transaction',
    ],
  ])('in %s mode (%s) the pooling is found to be %s, and none past it', async (mode, settings, pooling) => {
    const { direct, options } = await openStage(mode, settings);
    expect(await findPooling(inPlain(options.url))).toBe(pooling);
    expect(await findPooling(inPlain(direct))).toBe('none');
  });

  test.each<[PoolMode, readonly string[]]>([
    ['session', []],
    ['transaction', []],
    ['transaction', ROUND_ROBIN],
  ])('in %s mode (%s) nothing that was acknowledged is lost', async (mode, settings) => {
    const { admin, open } = await openStage(mode, settings);
    await admin`create table things (id integer primary key)`;
    const { db, health } = await open();
    const ids = Array.from({ length: 200 }, (_, id) => id);
    await Promise.all(
      ids.map((id) =>
        id % 2 === 0
          ? db.execute(sql`insert into things values (${id})`)
          : db.transaction(async (tx) => {
              const [row] = await selectRows(tx, sql`select ${id}::int as id`);
              await tx.execute(sql`insert into things values (${row?.id})`);
            }),
      ),
    );
    const rows = await admin`select id from things order by id`;
    expect(rows.map((row) => row.id)).toEqual(ids);
    expect(await health()).toEqual({ status: 'ok' });
  });

  test.each<[PoolMode]>([['session'], ['transaction']])(
    'in %s mode everybody gets their own answer and their own transaction, in wave after wave',
    async (mode) => {
      const { admin, open } = await openStage(mode, ROUND_ROBIN);
      await admin`create table things (id integer primary key)`;
      const { db } = await open();
      const wanted: number[] = [];
      for (let wave = 0; wave < 25; wave++) {
        const ids = Array.from({ length: 200 }, (_, index) => wave * 200 + index);
        const answers = await Promise.all(ids.map((id) => doOneOf(db, id)));
        expect(answers).toEqual(ids);
        wanted.push(...ids.filter((id) => id % 4 < 2));
      }
      const rows = await admin`select id from things order by id`;
      expect(rows.map((row) => row.id)).toEqual(wanted);
    },
  );

  /**
   * A statement, a transaction, one that is undone, or a statement without parameters, by the number. The driver asks
   * for the types of parameters first: behind a statement without any, on the same connection, that question reached
   * a server that the pooler then gave away, and its answer a stranger.
   * @returns what the database said the number is
   */
  async function doOneOf(db: DatabaseHandle['db'], id: number): Promise<number | undefined> {
    const insert = (tx: typeof db) =>
      selectRows<{ id: number }>(tx, sql`insert into things values (${id}) returning id`);
    if (id % 4 === 3) return (await selectRows<{ id: number }>(db, sql.raw(`select ${id} as id`)))[0]?.id;
    if (id % 4 === 0) return (await insert(db))[0]?.id;
    if (id % 4 === 1) return db.transaction(async (tx) => (await insert(tx))[0]?.id);
    let seen: number | undefined;
    const undone = new Error('undone');
    const undoing = db.transaction(async (tx) => {
      seen = (await insert(tx))[0]?.id;
      throw undone;
    });
    await undoing.catch((error: unknown) => {
      if (error !== undone) throw error;
    });
    return seen;
  }

  test.each<[PoolMode, readonly string[]]>([
    ['session', []],
    ['transaction', []],
    ['transaction', ROUND_ROBIN],
  ])('in %s mode (%s) jobs run', async (mode, settings) => {
    const { open } = await openStage(mode, settings);
    const { db, queue: connection } = await open();

    const heard = hearLog();
    const queue = createQueue(connection, heard.log);
    await queue.start();
    onTestFinished(() => queue.stop(1000));
    const done = Promise.withResolvers<number>();
    await queue.work('run-photoshoot', 2, async ({ photoshootId }) => done.resolve(photoshootId));
    await db.transaction((tx) => queue.enqueue(tx, 'run-photoshoot', { photoshootId: 7 }));
    expect(await done.promise).toBe(7);
    expect(heard.lines).toEqual([]);
  });

  test.each<PoolMode>(['session', 'transaction'])(
    'in %s mode a transaction has its limits, and leaves none of them on the connection',
    async (mode) => {
      const { direct, open, options } = await openStage(mode, ['default_pool_size = 3']);
      const { db } = await open({ ...options, poolMaxSize: 1, queryTimeoutMs: 7_000 });
      const limits = sql`select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`;
      const inside = await db.transaction(async (tx) => selectRows(tx, limits), {
        isolationLevel: 'repeatable read',
      });
      expect(inside).toEqual([{ statement: '7s', idle: '7s' }]);
      expect(await selectRows(db, limits)).toEqual([{ statement: '0', idle: '0' }]);
      await expect(
        db.transaction(async (tx) => {
          await tx.execute(sql`set local statement_timeout = 50`);
          await tx.execute(sql`select pg_sleep(30)`);
        }),
      ).rejects.toMatchObject({ cause: { code: '57014' } });
      // Past the pooler they come with the connection, and a statement alone has them as well.
      const unpooled = await open({ ...options, url: direct, queryTimeoutMs: 7_000 });
      expect(await selectRows(unpooled.db, limits)).toEqual([{ statement: '7s', idle: '7s' }]);
    },
  );

  test.each<PoolMode>(['session', 'transaction'])(
    'in %s mode bytes arrive as they were sent',
    async (mode) => {
      const { admin, open } = await openStage(mode, ROUND_ROBIN);
      await admin`create table pictures (id integer primary key, bytes bytea not null, who text not null)`;
      const bytes = Buffer.from([0, 0xff, 0x5c, 0x78, 0x27, ...Buffer.alloc(100_000, 7)]);
      const { db } = await open();
      const ids = Array.from({ length: 24 }, (_, id) => id);
      const send = (id: number) =>
        db.execute(sql`insert into pictures values (${id}, ${bytes}, ${'seller'})`);
      await Promise.all(ids.map(send));
      expect(await admin`select count(*)::int as pictures from pictures where bytes = ${bytes}`).toEqual([
        { pictures: 24 },
      ]);
    },
  );

  test('in statement mode a start is refused with the modes that do', async () => {
    const { open } = await openStage('statement');
    await expect(open().then(() => 'started')).rejects.toThrow(/statement mode.*transaction or session mode/);
  });

  test('settings in the address that the pooler refuses are named', async () => {
    const { open, options } = await openStage('session');
    const refused = open({ ...options, url: `${options.url}?options=endpoint%3Dep-1` });
    await expect(refused.then(() => 'started')).rejects.toThrow(/pooler refuses the settings.*“options”/);
  });

  test('in transaction mode the owner is told of the second address, and with it the queue listens past the pooler', async () => {
    const { direct, open, options } = await openStage('transaction');
    const alone = hearLog();
    const without = await open(options, alone.log);
    expect(alone.lines.join()).toContain('DATABASE_DIRECT_URL');
    expect(without.queue).toMatchObject({ keepsSessions: false });
    const heard = hearLog();
    const { db, queue: connection } = await open({ ...options, directUrl: direct }, heard.log);
    expect(heard.lines).toEqual([]);
    expect(connection).toMatchObject({
      keepsSessions: true,
      server: { address: { port: Number(new URL(direct).port) } },
    });
    const queue = createQueue(connection, heard.log);
    await queue.start();
    onTestFinished(() => queue.stop(1000));
    const done = Promise.withResolvers<number>();
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => done.resolve(photoshootId));
    await queue.enqueue(db, 'run-photoshoot', { photoshootId: 3 });
    expect(await done.promise).toBe(3);
  });

  test('a second address that is a pooler in transaction mode too, or leads elsewhere, is refused', async () => {
    const { open, options, pooler } = await openStage('transaction');
    await expect(open({ ...options, directUrl: options.url })).rejects.toThrow(
      /DATABASE_DIRECT_URL leads to a pooler/,
    );
    const elsewhere = await openStage('session');
    await elsewhere.empty();
    await expect(
      open({ ...options, url: pooler.through(elsewhere.direct), directUrl: elsewhere.direct }),
    ).resolves.toBeDefined();
    const other = await openStage('session');
    await other.empty();
    await expect(open({ ...options, url: other.options.url, directUrl: elsewhere.direct })).rejects.toThrow(
      /lead to different databases/,
    );
  });
});

test.runIf(source.kind === 'server')(
  'a start that finds another one migrating says that it waits, and after its time what may be the reason',
  async () => {
    if (source.kind !== 'server') throw new Error('the server was asked for');
    const database = await createServerDatabase(source.url);
    onTestFinished(database.drop);
    const older = connectServer(inPlain(database.url), { max: 1 });
    onTestFinished(() => older.end({ timeout: 0 }));
    await older.unsafe('drop schema public cascade; drop schema drizzle cascade; create schema public');
    // As an older version left it with a pooler.
    await older`select pg_advisory_lock(7302941)`;
    const heard = hearLog('trace');
    await expect(migrate(inPlain(database.url), heard.log, 200)).rejects.toThrow(
      /1 minutes?.*restart the pooler/,
    );
    expect(heard.lines.join()).toContain('another process migrates the schema');
    const waiting = migrate(inPlain(database.url), heard.log);
    await older`select pg_advisory_unlock(7302941)`;
    await waiting;
    expect(await older`select count(*)::int > 0 as applied from drizzle.__drizzle_migrations`).toEqual([
      { applied: true },
    ]);
  },
);
