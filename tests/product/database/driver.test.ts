/** What the patch of the driver is for (docs/decisions/009): each of these fails on the driver as it is published. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, inject, test } from 'vitest';
import { countOutcomes, type Outcome, outcomeOf } from '../../support/settled.ts';
import { watchUncaught } from '../../support/uncaught.ts';
import { holdTransaction, openDriverStage, proxyTo, waitForLock } from './driver-stage.ts';
import '../../support/provided.ts';

/** Statements that come after whatever happened. */
const LATER = [100, 101, 102, 103, 104, 105] as const;

describe.runIf(inject('testDatabase').kind === 'server')('a transaction', () => {
  test.each([1, 3, 100])(
    'that begins where %i statements fill the pipeline has its connection alone',
    async (max_pipeline) => {
      const { openPool, admin, lock, ids, countBackends } = await openDriverStage();
      const pool = openPool({ max: 2, max_pipeline });
      await Promise.all([pool`select 1`, pool`select 1`]);
      const letGo = await holdTransaction(pool);
      const gate = await lock();

      const waiting = waitForLock(pool).execute();
      const others = Array.from({ length: max_pipeline - 1 }, () => pool`select 1`.execute());
      await gate.waitedForBy(1);
      const transaction = outcomeOf(pool.begin((tx) => tx`insert into things values (1, 'transaction')`));
      await gate.open();

      await Promise.all([waiting, ...others]);
      expect(await transaction).toBe('done');
      await letGo();
      for (const id of LATER) await pool`insert into things values (${id}, 'alone')`;
      expect(await ids()).toEqual([1, ...LATER]);
      expect(await countBackends('idle in transaction')).toBe(0);
      expect(await admin`select 1 from pg_locks where relation = 'things'::regclass`).toHaveLength(0);
    },
  );

  test('that begins while the socket takes no more has its connection alone', async () => {
    const { openPool, ids, countBackends, url } = await openDriverStage();
    const { port } = new URL(url);
    // It says after every write that it has enough, as one does whose peer reads slowly.
    const socket = async () => {
      const full = connect(Number(port), '127.0.0.1');
      const write = full.write.bind(full);
      full.write = (bytes: Uint8Array | string) => {
        write(bytes);
        return false;
      };
      return full;
    };
    const pool = openPool({ max: 2, socket });
    await Promise.all([pool`select 1`, pool`select 1`]);
    const letGo = await holdTransaction(pool);

    // The driver collects what is written in a turn, and writes at once from 1,024 bytes on: BEGIN makes them full.
    const before = pool.unsafe(`select 1 /*${'x'.repeat(997)}*/`).execute();
    const transaction = outcomeOf(pool.begin((tx) => tx`insert into things values (1, 'transaction')`));
    await before;
    expect(await transaction).toBe('done');
    await letGo();
    for (const id of LATER) await pool`insert into things values (${id}, 'alone')`;
    expect(await ids()).toEqual([1, ...LATER]);
    expect(await countBackends('idle in transaction')).toBe(0);
  });

  test('that lost its connection cannot write or commit in the next one’s', async () => {
    const { openPool, terminate, ids } = await openDriverStage();
    const pool = openPool({ max: 1 });
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = Promise.withResolvers<Outcome>();
    const lost = outcomeOf(
      pool.begin(async (tx) => {
        await tx`insert into things values (1, 'lost')`;
        begun.resolve();
        await goOn.promise;
        late.resolve(await outcomeOf(tx`insert into things values (2, 'lost')`));
      }),
    );
    await begun.promise;
    await terminate();
    expect(await lost).toBe('failed: CONNECTION_CLOSED');

    const next = pool.begin(async (tx) => {
      await tx`insert into things values (10, 'next')`;
      goOn.resolve();
      expect(await late.promise).toBe('failed: CONNECTION_CLOSED');
      // By then a COMMIT of the lost one would have come through.
      for (let turn = 0; turn < 3; turn++) await tx`select 1`;
      expect(await ids()).toEqual([]);
      throw new Error('undone on purpose');
    });
    await expect(next).rejects.toThrow('undone on purpose');
    expect(await ids()).toEqual([]);
  });

  test('that lost its connection cannot undo the next one', async () => {
    const { openPool, terminate, ids } = await openDriverStage();
    const pool = openPool({ max: 1 });
    const [begun, fail] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
    const lost = outcomeOf(
      pool.begin(async (tx) => {
        await tx`insert into things values (1, 'lost')`;
        begun.resolve();
        return fail.promise;
      }),
    );
    await begun.promise;
    await terminate();
    expect(await lost).toBe('failed: CONNECTION_CLOSED');

    await pool.begin(async (tx) => {
      await tx`insert into things values (10, 'next')`;
      fail.reject(new Error('too late'));
      for (let turn = 0; turn < 3; turn++) await tx`select 1`;
      await tx`insert into things values (11, 'next')`;
    });
    expect(await ids()).toEqual([10, 11]);
  });

  test('that has failed takes no further statement, however soon after it comes', async () => {
    const { openPool, ids } = await openDriverStage();
    const pool = openPool({ max: 1 });
    for (let turns = 0; turns < 20; turns++) {
      const late = Promise.withResolvers<Outcome>();
      const transaction = pool.begin((tx) => {
        const failing = tx`select 1 / 0`;
        const afterwards = failing.catch(async () => {
          for (let turn = 0; turn < turns; turn++) await null;
          late.resolve(await outcomeOf(tx`insert into things values (${turns}, 'late')`));
        });
        return Promise.all([failing, afterwards]);
      });
      await expect(transaction).rejects.toThrow('division by zero');
      expect(await late.promise).not.toBe('done');
    }
    expect(await ids()).toEqual([]);
  });

  test('keeps nothing of a savepoint that has failed, not even what comes late', async () => {
    const { openPool, ids } = await openDriverStage();
    const pool = openPool({ max: 1 });
    await pool.begin(async (tx) => {
      const goOn = Promise.withResolvers<void>();
      let late: Promise<Outcome> | undefined;
      const part = tx.savepoint((inner) => {
        late = goOn.promise.then(() => outcomeOf(inner`insert into things values (1, 'late')`));
        return Promise.all([inner`select 1 / 0`, late]);
      });
      await expect(part).rejects.toThrow('division by zero');
      goOn.resolve();
      expect(await late).toBe('failed: TRANSACTION_OVER');
      await tx`insert into things values (2, 'kept')`;
    });
    expect(await ids()).toEqual([2]);
  });
});

describe.runIf(inject('testDatabase').kind === 'server')('a connection', () => {
  test('that is ended under thirty transactions fails those that had one, and nothing else', async () => {
    const uncaught = watchUncaught();
    const { openPool, lock, terminate, ids } = await openDriverStage();
    const pool = openPool({ max: 10 });
    const gate = await lock();
    const transactions = Array.from({ length: 30 }, (_, id) =>
      outcomeOf(
        pool.begin(async (tx) => {
          await tx`insert into things values (${id}, 'first half')`;
          await waitForLock(tx);
          await tx`insert into things values (${id + 1000}, 'second half')`;
        }),
      ),
    );
    await gate.waitedForBy(10);
    await terminate();
    await gate.open();
    expect(countOutcomes(await Promise.all(transactions))).toEqual({
      'failed: CONNECTION_CLOSED': 10,
      done: 20,
    });
    const later = await Promise.all(Array.from({ length: 40 }, () => outcomeOf(pool`select 1`)));
    expect(countOutcomes(later)).toEqual({ done: 40 });
    const kept = await ids();
    expect(kept).toHaveLength(40);
    const firstHalves = kept.filter((id) => id < 1000);
    expect(kept.filter((id) => id >= 1000)).toEqual(firstHalves.map((id) => id + 1000));
    expect(await outcomeOf(pool.end())).toBe('done');
    expect(uncaught).toEqual([]);
  });

  test('gives each statement its own answer when one between them cannot be built', async () => {
    const { openPool, lock } = await openDriverStage();
    const pool = openPool({ max: 1 });
    const read = (what: unknown) =>
      pool.unsafe<[{ what: string }]>('select $1::text as what', [what as string], { prepare: true });
    await read('prepared');
    const gate = await lock();
    const slow = waitForLock(pool).execute();
    await gate.waitedForBy(1);
    const impossible = outcomeOf(read(undefined));
    const [first, second] = [read('first'), read('second')];
    const answers = Promise.all([first, second]);
    await gate.open();
    expect(await outcomeOf(slow)).toBe('done');
    expect(await impossible).toBe('failed: UNDEFINED_VALUE');
    expect((await answers).map(([row]) => row.what)).toEqual(['first', 'second']);
    expect((await read('third'))[0].what).toBe('third');
    // Alone on an idle connection it leaves nothing behind either.
    expect(await outcomeOf(read(undefined))).toBe('failed: UNDEFINED_VALUE');
    expect((await read('fourth'))[0].what).toBe('fourth');
  });

  test('counts the rows of an answer from the first, after one that failed in the middle', async () => {
    const { openPool } = await openDriverStage();
    const pool = openPool({ max: 1 });
    const failing = pool`select 1 / (4 - i) from generate_series(1, 10) as i`;
    await expect(failing).rejects.toThrow('division by zero');
    const rows = await pool<{ i: number }[]>`select i from generate_series(1, 5) as i`;
    expect(Array.from(rows, (row) => row?.i)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each(['reset', 'end'] as const)(
    'that breaks (%s) while the driver asks for types fails only what waited for it',
    async (how) => {
      const uncaught = watchUncaught();
      const { openPool, url } = await openDriverStage();
      const proxy = await proxyTo(url);
      let asked = 0;
      proxy.inspect((bytes) => {
        if (!bytes.includes('typcategory') || asked++ > 0) return false;
        proxy.cut(how);
        return true;
      });
      const pool = openPool({ max: 1 }, proxy.through(url));
      expect(await outcomeOf(pool`select 1`)).toMatch(/^failed: (?:ECONNRESET|CONNECTION_CLOSED)$/);
      expect(await outcomeOf(pool`select 1`)).toBe('done');
      expect(uncaught).toEqual([]);
    },
  );

  test('that is taken and ended at once is a refusal, not a reason to wait for ever', async () => {
    const { openPool, url } = await openDriverStage();
    const proxy = await proxyTo(url);
    proxy.turnAway();
    const pool = openPool({ max: 1 }, proxy.through(url));
    expect(await outcomeOf(pool`select 1`)).toBe('failed: CONNECTION_CLOSED');
    expect(proxy.taken()).toBe(1);
    await proxy.accept();
    expect(await outcomeOf(pool`select 1`)).toBe('done');
  });

  test('that is lost while the pool ends lets it end', async () => {
    const { openPool, lock, terminate } = await openDriverStage();
    const pool = openPool({ max: 2 });
    const gate = await lock();
    const statements = [1, 2].map(() => outcomeOf(waitForLock(pool)));
    await gate.waitedForBy(2);
    const ended = outcomeOf(pool.end());
    await terminate();
    expect(await Promise.all(statements)).toEqual(['failed: CONNECTION_CLOSED', 'failed: CONNECTION_CLOSED']);
    expect(await ended).toBe('done');
    await gate.open();
  });
});

describe.runIf(inject('testDatabase').kind === 'server')('bytes', () => {
  const PICTURE = Buffer.concat([Buffer.from([0, 0xff, 0x5c, 0x78, 0x27, 0x0a]), randomBytes(1_500_000)]);

  test('go over the wire as they are, beside parameters of every other kind, in whatever way they are asked for', async () => {
    const { openPool, admin, url } = await openDriverStage();
    await admin`create table pictures (id integer primary key, bytes bytea, more bytea, about jsonb, at timestamptz)`;
    const written: Buffer[] = [];
    const socket = async () => {
      const watched = connect(Number(new URL(url).port), '127.0.0.1');
      const write = watched.write.bind(watched);
      watched.write = (bytes: Uint8Array | string) => {
        written.push(Buffer.from(bytes));
        return write(bytes);
      };
      return watched;
    };
    const at = new Date('2026-11-26T12:00:00Z');
    const insert = 'insert into pictures values ($1, $2, $3, $4, $5)';
    const rows: (readonly [number, Uint8Array | null, Uint8Array | null])[] = [
      [1, PICTURE, null],
      [2, null, Buffer.alloc(0)],
      [3, new Uint8Array(PICTURE.buffer, PICTURE.byteOffset + 3, 7), PICTURE],
    ];
    for (const [round, prepare] of [true, false].entries()) {
      const pool = openPool({ max: 2, socket, prepare });
      for (const [number, bytes, more] of rows) {
        const about = { number };
        const id = round * 10 + number;
        await pool`insert into pictures values (${id}, ${bytes}, ${more}, ${pool.json(about)}, ${at})`;
        await pool.unsafe(insert, [id + 100, bytes, more, null, at]);
        await pool.begin((tx) => tx.unsafe(insert, [id + 200, bytes, more, null, at], { prepare }));
      }
    }
    const kept = await admin<
      { id: number; bytes: Buffer | null; more: Buffer | null; number: number | null }[]
    >`
      select id, bytes, more, (about->>'number')::int as number from pictures where at = ${at} order by id`;
    const expected = [0, 10, 100, 110, 200, 210].flatMap((first) =>
      rows.map(([number, ...both]) => ({ id: first + number, both, number: first < 100 ? number : null })),
    );
    expect(kept.map(({ id, number }) => ({ id, number }))).toEqual(
      expected.map(({ id, number }) => ({ id, number })),
    );
    // Not by toEqual, which takes seconds for megabytes.
    const isSame = (one: Uint8Array | null, other: Uint8Array | null | undefined) =>
      one === null || other == null ? one === other : Buffer.compare(one, other) === 0;
    for (const [index, { bytes, more }] of kept.entries()) {
      const [first, second] = expected[index]?.both ?? [];
      expect([isSame(bytes, first), isSame(more, second)]).toEqual([true, true]);
    }
    const sent = written.reduce((all, { length }) => all + length, 0);
    expect(sent).toBeGreaterThan(12 * PICTURE.length);
    expect(sent).toBeLessThan(12.1 * PICTURE.length);
  });
});
