import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createPacing,
  type Pacing,
  type PacingLimits,
  TELEGRAM_LIMITS,
} from '../../../src/telegram/pacing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends messages through a pacing on the fake clock, and notes what left when, in whole milliseconds. */
function paced(limits: PacingLimits | 'off' = TELEGRAM_LIMITS) {
  const pacing = createPacing(limits);
  const start = performance.now();
  const left: { text: string; atMs: number }[] = [];
  async function say(
    text: string,
    options: {
      chat?: number;
      weight?: number;
      place?: number;
      maxPauseMs?: number;
      signal?: AbortSignal;
    } = {},
  ) {
    const { chat = 1, weight = 1, place = pacing.nextPlace(), maxPauseMs = 120_000, signal } = options;
    const admission = await pacing.admit(chat, place, weight, { maxPauseMs, signal });
    if (admission.kind === 'go') left.push({ text, atMs: Math.floor(performance.now() - start) });
    return admission;
  }
  const texts = () => left.map((message) => message.text);
  return { pacing, say, left, texts };
}

async function drained(pacing: Pacing): Promise<void> {
  while (pacing.statistics().waiting > 0) await vi.advanceTimersByTimeAsync(50);
}

describe('a chat', () => {
  test('gets a small burst at once, then one message a second, in order', async () => {
    const { pacing, say, left } = paced({ ...TELEGRAM_LIMITS, chatBurst: 3 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) void say(text);
    await drained(pacing);
    expect(left).toEqual([
      { text: 'a', atMs: 0 },
      { text: 'b', atMs: 0 },
      { text: 'c', atMs: 0 },
      { text: 'd', atMs: 1000 },
      { text: 'e', atMs: 2000 },
    ]);
  });

  test('has its full burst again after it was quiet', async () => {
    const { pacing, say, left } = paced({ ...TELEGRAM_LIMITS, chatBurst: 2 });
    for (const text of ['a', 'b']) void say(text);
    await vi.advanceTimersByTimeAsync(2000);
    for (const text of ['c', 'd', 'e']) void say(text);
    await drained(pacing);
    expect(left.map((message) => message.atMs)).toEqual([0, 0, 2000, 2000, 3000]);
  });

  test('pays for every picture of an album', async () => {
    const { pacing, say, left } = paced({ ...TELEGRAM_LIMITS, chatBurst: 5 });
    void say('album', { weight: 8 });
    void say('after');
    await drained(pacing);
    expect(left).toEqual([
      { text: 'album', atMs: 0 },
      { text: 'after', atMs: 4000 },
    ]);
  });

  test('serves a message that has to be sent again where it stood before', async () => {
    const { pacing, say, texts } = paced();
    const place = pacing.nextPlace();
    await say('first', { place });
    pacing.pause(1, 3000);
    for (const text of ['second', 'third']) void say(text);
    void say('first again', { place });
    await drained(pacing);
    expect(texts()).toEqual(['first', 'first again', 'second', 'third']);
  });

  test('that is paused gets nothing before its time, and delays no other', async () => {
    const { pacing, say, left } = paced();
    pacing.pause(1, 3000);
    void say('paused', { chat: 1 });
    void say('other', { chat: 2 });
    await vi.advanceTimersByTimeAsync(2999);
    expect(left).toEqual([{ text: 'other', atMs: 0 }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(left[1]).toEqual({ text: 'paused', atMs: 3000 });
  });

  test('that is paused again while it waits stays paused', async () => {
    const { pacing, say, left } = paced();
    pacing.pause(1, 1000);
    void say('patient');
    await vi.advanceTimersByTimeAsync(500);
    pacing.pause(1, 5000);
    await drained(pacing);
    expect(left).toEqual([{ text: 'patient', atMs: 5500 }]);
  });
});

describe('the bot', () => {
  test('sends at most thirty messages in any second, to chats side by side', async () => {
    const { pacing, say, left } = paced();
    for (let chat = 0; chat < 100; chat++) void say(`${chat}`, { chat });
    await drained(pacing);

    expect(left).toHaveLength(100);
    expect(left.filter((message) => message.atMs === 0)).toHaveLength(30);
    for (const { atMs: from } of left) {
      const inSecond = left.filter(({ atMs }) => atMs >= from && atMs < from + 1000);
      expect(inSecond.length).toBeLessThanOrEqual(30);
    }
    expect(left.at(-1)?.atMs).toBe(3000);
  });

  test('lets chats through in turn, so that one with many messages is not in the way', async () => {
    const { pacing, say, texts } = paced({ messagesPerSecond: 1, chatBurst: 10, chatIntervalMs: 1000 });
    for (const text of ['many 1', 'many 2', 'many 3']) void say(text, { chat: 1 });
    void say('one', { chat: 2 });
    await drained(pacing);
    expect(texts()).toEqual(['many 1', 'many 2', 'one', 'many 3']);
  });

  test('counts an album as its pictures', async () => {
    const { pacing, say, left } = paced();
    for (let chat = 0; chat < 4; chat++) void say(`album ${chat}`, { chat, weight: 10 });
    await drained(pacing);
    expect(left.map((message) => message.atMs)).toEqual([0, 0, 0, 1000]);
  });

  test('sends an album although it is larger than the whole limit', async () => {
    const { pacing, say, texts } = paced({ messagesPerSecond: 5, chatBurst: 2, chatIntervalMs: 1000 });
    void say('album', { weight: 10 });
    await drained(pacing);
    expect(texts()).toEqual(['album']);
  });

  test('that is paused as a whole sends nothing, and goes on in order', async () => {
    const { pacing, say, left } = paced();
    pacing.pause(null, 2000);
    void say('a', { chat: 1 });
    void say('b', { chat: 2 });
    const other = pacing.untilUnpaused(null, { maxPauseMs: 5000, signal: undefined });
    await drained(pacing);
    expect(left).toEqual([
      { text: 'a', atMs: 2000 },
      { text: 'b', atMs: 2000 },
    ]);
    await expect(other).resolves.toEqual({ kind: 'go' });
  });
});

describe('a message in line', () => {
  test('is taken out by its signal, and those behind it move up', async () => {
    const { pacing, say, left } = paced({ ...TELEGRAM_LIMITS, chatBurst: 1 });
    const abort = new AbortController();
    await say('a');
    const given = say('given up', { signal: abort.signal });
    void say('b');
    abort.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await drained(pacing);
    expect(left).toEqual([
      { text: 'a', atMs: 0 },
      { text: 'b', atMs: 1000 },
    ]);
  });

  test('is told at once when the pause is longer than it would wait', async () => {
    const { pacing, say } = paced();
    pacing.pause(1, 1000);
    const before = say('in line', { maxPauseMs: 10_000 });
    pacing.pause(1, 60_000);
    await expect(before).resolves.toEqual({ kind: 'paused', forMs: 60_000 });
    await expect(say('later', { maxPauseMs: 0 })).resolves.toMatchObject({ kind: 'paused' });
    expect(pacing.statistics().waiting).toBe(0);
  });

  test('is told when the gateway is closed, and no timer is left', async () => {
    const { pacing, say } = paced({ ...TELEGRAM_LIMITS, chatBurst: 1 });
    await say('a');
    const waiting = say('b');
    const resting = pacing.rest(60_000, undefined);
    pacing.close();
    await expect(waiting).resolves.toEqual({ kind: 'closed' });
    await expect(resting).resolves.toEqual({ kind: 'closed' });
    await expect(say('c')).resolves.toEqual({ kind: 'closed' });
    pacing.pause(1, 1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('memory', () => {
  test('holds nothing of ten thousand chats once they are quiet, and no timer', async () => {
    const { pacing, say } = paced();
    for (let chat = 0; chat < 10_000; chat++) void say('hello', { chat });
    expect(pacing.statistics().chats).toBe(10_000);
    await drained(pacing);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pacing.statistics()).toEqual({ waiting: 0, chats: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('keeps a pause for as long as it lasts', async () => {
    const { pacing, say, left } = paced();
    pacing.pause(1, 60_000);
    await vi.advanceTimersByTimeAsync(59_000);
    void say('after');
    await drained(pacing);
    expect(left).toEqual([{ text: 'after', atMs: 60_000 }]);
  });
});

describe('without limits', () => {
  test('everything goes at once and nothing is remembered', async () => {
    const { pacing, say, left } = paced('off');
    for (let n = 0; n < 1000; n++) void say(`${n}`);
    await vi.advanceTimersByTimeAsync(0);
    expect(left).toHaveLength(1000);
    expect(pacing.statistics()).toEqual({ waiting: 0, chats: 0 });
  });

  test('what Telegram told us to wait is waited for all the same', async () => {
    const { pacing, say, left } = paced('off');
    pacing.pause(1, 2000);
    void say('paused');
    pacing.pause(null, 3000);
    void say('other', { chat: 2 });
    await drained(pacing);
    expect(left.map((message) => message.atMs)).toEqual([3000, 3000]);
  });
});
