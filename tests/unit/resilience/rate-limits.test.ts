/** How limits slide, what a repeat costs, and what becomes of them while what processes share is away. */
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { createRateLimits, type LimitSettings } from '../../../src/resilience/rate-limits.ts';
import {
  type CountingServer,
  createSharedCount,
  type SharedAnswer,
} from '../../../src/resilience/shared-count.ts';
import { WIDE } from '../../support/rate-limits.ts';

const log = createLog({ level: 'silent', pretty: false });
const TEN_A_MINUTE: LimitSettings = { ...WIDE, messages: { most: 10, windowMs: 60_000 } };
const SELLER = 7;

/** Limits with a clock that is moved by hand. */
function clocked(settings: LimitSettings = TEN_A_MINUTE) {
  let at = 1_000_000;
  const limits = createRateLimits(settings, { now: () => at, today: () => new Date(at) });
  let messages = 0;
  return {
    limits,
    move: (ms: number) => {
      at += ms;
    },
    at: () => at,
    say: (userId = SELLER) => limits.message(userId, String(messages++)),
  };
}

const refusal = (retryAfterMs: number, tellNow: boolean) => ({
  allowed: false,
  used: 10,
  retryAfterMs,
  tellNow,
});

describe('a limit of ten a minute', () => {
  test('refuses the eleventh within sixty seconds, and says when there is room again', async () => {
    const { say, move } = clocked();
    for (let used = 1; used <= 10; used++) expect(await say()).toEqual({ allowed: true, used });
    move(1000);
    expect(await say()).toEqual(refusal(59_000, true));
  });

  test('has room exactly when the first of them is a whole window old', async () => {
    const { say, move } = clocked();
    for (let count = 0; count < 10; count++) await say();
    move(59_999);
    expect(await say()).toMatchObject({ allowed: false, retryAfterMs: 1 });
    move(1);
    expect(await say()).toEqual({ allowed: true, used: 1 });
  });

  test('slides: no minute sees more than ten, wherever it begins', async () => {
    const { say, move, at } = clocked();
    const accepted: number[] = [];
    // Twenty at the edge of what would be two fixed windows, then a steady stream for five minutes.
    move(59_000);
    for (let count = 0; count < 400; count++) {
      if ((await say()).allowed) accepted.push(at());
      move(count < 20 ? 100 : 750);
    }
    const most = Math.max(
      ...accepted.map((from) => accepted.filter((time) => time >= from && time < from + 60_000).length),
    );
    expect(most).toBe(10);
    expect(accepted.length).toBeGreaterThanOrEqual(40);
  });

  test('does not count what it refuses: whoever goes on trying waits no longer for it', async () => {
    const { say, move } = clocked();
    for (let count = 0; count < 10; count++) await say();
    for (let count = 0; count < 100; count++) {
      move(500);
      await say();
    }
    move(10_000);
    expect(await say()).toMatchObject({ allowed: true });
  });

  test('is told once for as long as the wait that was told, and once more after it', async () => {
    const { say, move } = clocked();
    for (let count = 0; count < 10; count++) {
      await say();
      move(1000);
    }
    expect(await say()).toEqual(refusal(50_000, true));
    move(49_999);
    expect(await say()).toEqual(refusal(1, false));
    move(1);
    expect(await say()).toMatchObject({ allowed: true });
    expect(await say()).toEqual(refusal(1000, true));
  });

  test('is each person’s own: a flood of one neither refuses nor delays another', async () => {
    const { say } = clocked();
    for (let count = 0; count < 1000; count++) await say(1);
    expect(await say(2)).toEqual({ allowed: true, used: 1 });
  });

  test('counts the same message once, such as the parts of an album or an update that is handled again', async () => {
    const { limits } = clocked();
    for (let count = 0; count < 20; count++)
      expect(await limits.message(SELLER, 'album')).toEqual({ allowed: true, used: 1 });
    for (let count = 0; count < 9; count++) await limits.message(SELLER, String(count));
    expect(await limits.message(SELLER, 'album')).toMatchObject({ allowed: true });
    expect(await limits.message(SELLER, 'another')).toMatchObject({ allowed: false });
  });

  test('is one of several, none of which counts for another', async () => {
    const { limits } = clocked({
      messages: { most: 1, windowMs: 60_000 },
      photoshoots: { most: 1, windowMs: 3_600_000 },
      recognitions: { most: 1, windowMs: 86_400_000 },
      requests: { most: 1, windowMs: 60_000 },
    });
    for (const _ of [1, 2]) {
      await limits.message(SELLER, `m${_}`);
      await limits.photoshoot(SELLER, `p${_}`);
      await limits.recognition(SELLER, _);
      await limits.request('203.0.113.7');
    }
    const counted = { allowed: 1, refused: 1, subjects: 1, most: 1 };
    expect(limits.statistics()).toEqual({
      messages: counted,
      photoshoots: counted,
      recognitions: counted,
      requests: counted,
    });
    expect(
      limits.waiting().map(({ limit, subject, retryAfterMs }) => [limit, subject, retryAfterMs]),
    ).toEqual([
      ['messages', '7', 60_000],
      ['photoshoots', '7', 3_600_000],
      ['recognitions', '7', 86_400_000],
      ['requests', '203.0.113.7', 60_000],
    ]);
  });

  test.each([
    [
      'photoshoots',
      3_600_000,
      (limits: ReturnType<typeof createRateLimits>, id: number) => limits.photoshoot(SELLER, String(id)),
    ],
    [
      'recognitions',
      86_400_000,
      (limits: ReturnType<typeof createRateLimits>, id: number) => limits.recognition(SELLER, id),
    ],
    ['requests', 60_000, (limits: ReturnType<typeof createRateLimits>) => limits.request('::1')],
  ] as const)('of %s ends with its own window', async (name, windowMs, ask) => {
    const { limits, move } = clocked({ ...WIDE, [name]: { most: 2, windowMs } });
    await ask(limits, 1);
    await ask(limits, 2);
    move(windowMs - 1);
    expect(await ask(limits, 3)).toMatchObject({ allowed: false, retryAfterMs: 1 });
    move(1);
    expect(await ask(limits, 4)).toMatchObject({ allowed: true });
  });
});

describe('what an owner sets', () => {
  test('counts at once and until its end, and knows what was done before', async () => {
    const { limits, say, move, at } = clocked();
    for (let count = 0; count < 6; count++) {
      await say();
      move(1000);
    }
    const until = new Date(at() + 30_000);
    limits.adopt({ messages: { most: 3, until } });
    expect(limits.inForce('messages')).toEqual({ most: 3, windowMs: 60_000, usual: 10, until });
    // Six count: room comes when four of them are over.
    expect(await say()).toMatchObject({ allowed: false, retryAfterMs: 57_000 });
    move(29_999);
    expect(await say()).toMatchObject({ allowed: false });
    move(1);
    expect(limits.inForce('messages')).toEqual({ most: 10, windowMs: 60_000, usual: 10, until: null });
    expect(await say()).toMatchObject({ allowed: true, used: 7 });
  });

  test('raises a limit as well, and its withdrawal brings the usual one back', async () => {
    const { limits, say, at } = clocked();
    limits.adopt({ messages: { most: 12, until: new Date(at() + 60_000) } });
    for (let count = 0; count < 12; count++) expect(await say()).toMatchObject({ allowed: true });
    expect(await say()).toMatchObject({ allowed: false, tellNow: true });
    expect(limits.waiting()).toHaveLength(1);
    limits.adopt({});
    expect(limits.inForce('messages').most).toBe(10);
    // Another limit, another wait.
    expect(limits.waiting()).toEqual([]);
    expect(await say()).toMatchObject({ allowed: false, tellNow: true });
  });
});

test('health names who is active now, and the limit in force', async () => {
  const { limits, say, move } = clocked();
  await say(1);
  move(30_000);
  await say(2);
  await say(2);
  const health = (active_users: number) => ({
    status: 'ok',
    facts: { rate_limiting: { active_users, user_limit: '10 requests per 60s' } },
  });
  expect(limits.health()).toEqual(health(2));
  move(30_000);
  expect(limits.health()).toEqual(health(1));
});

test('a sweep leaves nothing of those of whom nothing counts any more, and all of the others', async () => {
  const { limits, say, move } = clocked();
  for (let userId = 1; userId <= 1000; userId++) await say(userId);
  move(30_000);
  await say(1001);
  move(30_000);
  expect(await limits.sweep()).toBe(1000);
  expect(await limits.sweep()).toBe(0);
  move(30_000);
  expect(await limits.sweep()).toBe(1);
});

describe('a count that is shared', () => {
  type Answer = SharedAnswer | 'away' | 'hangs';
  /** A server that gives these answers one after the other. */
  function shared(...answers: Answer[]) {
    let at = 0;
    let asked = 0;
    const server: CountingServer = {
      name: 'Redis',
      isAway: () => false,
      async take() {
        asked += 1;
        const answer = answers.shift() ?? 'away';
        if (answer === 'away') throw new Error('the server is away');
        return answer === 'hangs' ? new Promise(() => {}) : answer;
      },
      sweep: async () => 0,
      forget: async () => {},
    };
    const now = () => at;
    const limits = createRateLimits(
      { ...WIDE, messages: { most: 3, windowMs: 60_000 } },
      { shared: createSharedCount(server, log, now), now, today: () => new Date(at) },
    );
    let messages = 0;
    return {
      limits,
      asked: () => asked,
      move: (ms: number) => {
        at += ms;
      },
      say: () => limits.message(SELLER, String(messages++)),
    };
  }
  const room: SharedAnswer = { allowed: true, used: 1 };
  const full: SharedAnswer = { allowed: false, used: 3, retryAfterMs: 20_000 };

  test('refuses what other processes have used up, and that is not counted here', async () => {
    const { say } = shared(room, full, room, room);
    expect(await say()).toEqual({ allowed: true, used: 1 });
    expect(await say()).toEqual({ allowed: false, used: 3, retryAfterMs: 20_000, tellNow: true });
    expect(await say()).toMatchObject({ allowed: true });
    expect(await say()).toMatchObject({ allowed: true });
  });

  test('is not asked about what this process has let through already, nor about a repeat', async () => {
    const { say, asked, limits } = shared(room, room, room);
    for (let count = 0; count < 3; count++) await say();
    expect(await say()).toMatchObject({ allowed: false, retryAfterMs: 60_000 });
    expect(await limits.message(SELLER, '0')).toMatchObject({ allowed: true });
    expect(asked()).toBe(3);
  });

  test('is asked by a process that is alone about what comes seldom, and not about every message', async () => {
    let alone = true;
    const asked: string[] = [];
    const server: CountingServer = {
      name: 'PostgreSQL',
      isAway: () => false,
      async take({ limit }) {
        asked.push(limit);
        return room;
      },
      sweep: async () => 0,
      forget: async () => {},
    };
    const limits = createRateLimits(WIDE, {
      shared: createSharedCount(server, log),
      isAlone: () => alone,
    });
    const askAll = async (id: number) => {
      await limits.message(SELLER, String(id));
      await limits.request('::1');
      await limits.photoshoot(SELLER, String(id));
      await limits.recognition(SELLER, id);
    };
    await askAll(1);
    expect(asked).toEqual(['photoshoots', 'recognitions']);
    alone = false;
    await askAll(2);
    expect(asked.slice(2)).toEqual(['messages', 'requests', 'photoshoots', 'recognitions']);
  });

  test('that is away silences nobody and lets no flood through: the process counts on by itself', async () => {
    const { say, limits, asked, move } = shared(room, 'away');
    const verdicts = [];
    for (let count = 0; count < 50; count++) {
      verdicts.push(await say());
      move(10);
    }
    // One from before the outage, and two in it.
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(asked()).toBe(2);
    expect(limits.health()).toMatchObject({ status: 'degraded', note: 'Redis is away' });
  });

  test('is left alone for a second after a failure, then asked again', async () => {
    const { say, asked, move, limits } = shared('away', room);
    await say();
    move(999);
    await say();
    expect(asked()).toBe(1);
    move(1);
    await say();
    expect(asked()).toBe(2);
    expect(limits.isSharedAway()).toBe(false);
  });

  test('that came back empty opens no second window for what was let through meanwhile', async () => {
    const { say, move, asked } = shared('away', room, room, room);
    for (let count = 0; count < 3; count++) expect(await say()).toMatchObject({ allowed: true });
    move(1000);
    expect(await say()).toMatchObject({ allowed: false, retryAfterMs: 59_000 });
    expect(asked()).toBe(1);
  });

  test('that hangs is waited for half a second at the most', async () => {
    const { say, limits } = shared('hangs');
    expect(await say()).toMatchObject({ allowed: true });
    expect(limits.isSharedAway()).toBe(true);
  });
});
