/** Sixty outages under work on one pool: what was acknowledged is there, and what failed left nothing half done. */
import { describe, expect, inject, test } from 'vitest';
import { type Outcome, outcomeOf } from '../../support/settled.ts';
import { watchUncaught } from '../../support/uncaught.ts';
import { openDriverStage, proxyTo, untilAnswered } from './driver-stage.ts';
import '../../support/provided.ts';

const ROUNDS = 60;
const OUTAGES = ['terminated', 'reset', 'away'] as const;
const CONNECTIONS = 5;
/** Of each kind and round. */
const STATEMENTS = 10;
/** The second half of a transaction stands so far behind the first. */
const HALF = 1_000_000;

describe.runIf(inject('testDatabase').kind === 'server')('a pool', () => {
  test(`that goes through ${ROUNDS} outages loses nothing that was acknowledged`, async () => {
    const uncaught = watchUncaught();
    const { openPool, terminate, url, ids } = await openDriverStage();
    const proxy = await proxyTo(url);
    const pool = openPool({ max: CONNECTIONS }, proxy.through(url));
    const failures: Record<(typeof OUTAGES)[number], number> = { terminated: 0, reset: 0, away: 0 };
    const acknowledged: number[] = [];
    const outcomes: Outcome[] = [];
    let lastId = 0;

    for (let round = 0; round < ROUNDS; round++) {
      const outage = OUTAGES[round % OUTAGES.length] ?? 'reset';
      // Each round is struck at another moment of its work.
      const strikeAfter = 1 + (round % (2 * STATEMENTS));
      const struck = Promise.withResolvers<void>();
      let answers = 0;
      const answered = () => {
        if (++answers === strikeAfter) struck.resolve();
      };
      const alone = async (id: number) => {
        await pool`insert into things values (${id}, 'alone')`;
        acknowledged.push(id);
        answered();
      };
      const together = async (id: number) => {
        await pool.begin(async (tx) => {
          await tx`insert into things values (${id}, 'first half')`;
          answered();
          await tx`insert into things values (${id + HALF}, 'second half')`;
        });
        acknowledged.push(id, id + HALF);
      };
      const work = Array.from({ length: STATEMENTS }, () => [
        outcomeOf(alone(++lastId)),
        outcomeOf(together(++lastId)),
      ]).flat();
      await Promise.race([struck.promise, Promise.all(work)]);
      if (outage === 'terminated') await terminate();
      if (outage === 'reset') proxy.cut('reset');
      if (outage === 'away') await proxy.refuse();
      const results = await Promise.all(work);
      outcomes.push(...results);
      failures[outage] += results.filter((outcome) => outcome !== 'done').length;
      await proxy.accept();
      // What broke comes back by itself.
      await untilAnswered(pool, 4 * CONNECTIONS);
    }

    const kept = new Set(await ids());
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const otherHalf = (id: number) => (id < HALF ? id + HALF : id - HALF);
    // Transactions have the even numbers.
    const halves = [...kept].filter((id) => id % 2 === 0 && !kept.has(otherHalf(id)));
    expect(halves).toEqual([]);
    expect(outcomes.filter((outcome) => outcome === 'never settled')).toEqual([]);
    // Each kind has struck what was under way.
    expect(Math.min(...Object.values(failures))).toBeGreaterThan(0);
    expect(await outcomeOf(pool.end())).toBe('done');
    expect(uncaught).toEqual([]);
  });
});
