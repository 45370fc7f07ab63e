import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import type { PartHealth } from '../../../src/health.ts';
import type { GetUpdatesParams, PollingCalls } from '../../../src/intake/polling.ts';
import { TelegramRefused, TelegramUnreachable } from '../../../src/telegram/errors.ts';
import { openTestDatabase } from '../../support/database.ts';
import { createMemoryLog, createScene, createStage, message } from './scene.ts';

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(() => scene.clear());
afterAll(() => database.close());

/** Telegram's side of polling: it keeps updates until an offset confirms them, and holds an empty poll open. */
function createTelegram() {
  let kept: Update[] = [];
  let wake = () => {};
  const polls: GetUpdatesParams[] = [];
  const answers: (() => unknown)[] = [];
  let webhooksRemoved = 0;

  const calls: PollingCalls = {
    async getUpdates(params, signal) {
      polls.push(params);
      const answer = answers.shift();
      // What a broken server answers is no list of updates; the loop must find out by itself.
      if (answer !== undefined) return answer() as Update[];
      kept = kept.filter((update) => update.update_id >= (params.offset ?? 0));
      if (kept.length === 0) {
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      return kept.slice(0, params.limit);
    },
    async deleteWebhook() {
      webhooksRemoved += 1;
    },
  };
  return {
    calls,
    polls,
    /** What the next polls get instead of updates. */
    misbehave: (...faults: (() => unknown)[]) => void answers.push(...faults),
    send(...updates: Update[]) {
      kept.push(...updates);
      wake();
    },
    kept: () => kept.map((update) => update.update_id),
    webhooksRemoved: () => webhooksRemoved,
  };
}

const fails = (error: unknown) => () => {
  throw error;
};

describe('polling', () => {
  test('removes a webhook, asks for what the bot handles, and confirms by offset', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    telegram.send(message(11, 7), message(12, 7));
    const intake = await scene.started(stage, { source: { kind: 'polling', calls: telegram.calls } });
    await stage.until('12 ends');
    telegram.send(message(13, 7));
    await stage.until('13 ends');
    expect(telegram.webhooksRemoved()).toBe(1);
    expect(telegram.polls[0]).toEqual({
      limit: 100,
      timeout: 50,
      allowed_updates: [
        'message',
        'callback_query',
        'pre_checkout_query',
        'purchased_paid_media',
        'my_chat_member',
      ],
    });
    expect(telegram.polls.map((poll) => poll.offset).slice(0, 2)).toEqual([undefined, 13]);
    expect(await intake.health()).toMatchObject({ status: 'ok' });
  });

  test('confirms nothing that is not in the database', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    const batch = [message(1, 7), message(2, 7)];
    let restore = async () => {};
    telegram.misbehave(
      async () => {
        restore = await scene.breakInbox();
        return batch;
      },
      () => batch,
      async () => {
        expect(stage.events).toEqual([]);
        await restore();
        return batch;
      },
    );
    await scene.started(stage, { source: { kind: 'polling', calls: telegram.calls } });
    await stage.until('2 ends');
    telegram.send(message(3, 7));
    await stage.until('3 ends');
    expect(telegram.polls.map((poll) => poll.offset).slice(0, 4)).toEqual([
      undefined,
      undefined,
      undefined,
      3,
    ]);
    expect(stage.events.filter((event) => event.endsWith('begins'))).toHaveLength(3);
  });

  test('survives every fault that Telegram and the network have, and says what it met', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    const { log, lines } = createMemoryLog();
    telegram.misbehave(
      fails(new TelegramRefused('getUpdates', 409, 'Conflict: terminated by other getUpdates request')),
      fails(new TelegramRefused('getUpdates', 401, 'Unauthorized')),
      fails(new TelegramRefused('getUpdates', 429, 'Too Many Requests', { retry_after: 0 })),
      fails(new TelegramUnreachable('getUpdates', 'unknown', '502')),
      fails(new TypeError('terminated')),
      fails('a string'),
      () => ({ not: 'a list' }),
      () => [null, { update_id: 'x' }],
    );
    telegram.send(message(1, 7));
    const intake = await scene.started(stage, { source: { kind: 'polling', calls: telegram.calls }, log });
    await stage.until('1 ends');
    telegram.send(message(2, 7));
    await stage.until('2 ends');
    expect(lines.filter((line) => line.level >= 40).map((line) => line.msg)).toEqual([
      'another process takes the updates of this bot: stop it, only one may poll',
      'Telegram does not know this bot: was its token revoked? Set the new BOT_TOKEN',
      'Telegram asks to poll later',
      ...Array(5).fill('no updates could be fetched and stored'),
    ]);
    expect(lines.map((line) => line.msg)).toContain('updates come again');
    // A webhook that somebody set in between is the other reason for a conflict.
    expect(telegram.webhooksRemoved()).toBe(2);
    expect(await intake.health()).toMatchObject({ status: 'ok' });
  });

  test('is well until five polls have failed in a row, and again with the next one that does not', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    const seen: Promise<PartHealth>[] = [];
    const failure = (): never => {
      seen.push(intake.health());
      throw new TelegramUnreachable('getUpdates', 'unknown', '502');
    };
    telegram.misbehave(...Array(6).fill(failure));
    const intake = scene.intake(stage, { source: { kind: 'polling', calls: telegram.calls } });
    telegram.send(message(1, 7));
    await intake.start();
    await stage.until('1 ends');
    const asked = (await Promise.all(seen)).map(({ status, note }) => ({ status, note }));
    expect(asked).toEqual([
      ...Array(5).fill({ status: 'ok' }),
      { status: 'unhealthy', note: '5 polls failed in a row' },
    ]);
    telegram.send(message(2, 7));
    await stage.until('2 ends');
    expect(await intake.health()).toMatchObject({ status: 'ok' });
  });

  test('stores what is an update in an answer that holds other things as well', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    telegram.misbehave(() => [null, message(1, 7), { update_id: -1 }, 5]);
    await scene.started(stage, { source: { kind: 'polling', calls: telegram.calls } });
    await stage.until('1 ends');
  });

  test('stops at once in the middle of a poll', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    const polled = Promise.withResolvers<void>();
    const calls: PollingCalls = {
      ...telegram.calls,
      getUpdates: (params, signal) => {
        polled.resolve();
        return telegram.calls.getUpdates(params, signal);
      },
    };
    const intake = await scene.started(stage, { source: { kind: 'polling', calls } });
    await polled.promise;
    await intake.drain(60_000);
    expect(telegram.polls).toHaveLength(1);
  });

  test('fetches no more than it has room for', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    const releases = [1, 2, 3, 4, 5].map((id) => stage.hold(id));
    telegram.send(...Array.from({ length: 8 }, (_, index) => message(index + 1, index + 1)));
    await scene.started(stage, {
      source: { kind: 'polling', calls: telegram.calls },
      settings: { capacity: 5 },
    });
    await stage.until('5 begins');
    expect(telegram.polls.map((poll) => poll.limit)).toEqual([5]);
    expect(telegram.kept()).toHaveLength(8);
    for (const release of releases) release();
    await stage.until('8 ends');
    expect(Math.max(...telegram.polls.map((poll) => poll.limit ?? 0))).toBe(5);
  });

  test('begins when what an earlier process left is in hands, whoever had it', async () => {
    const [stage, telegram] = [createStage(), createTelegram()];
    await scene.leave(message(1, 7), { lane: 7, owner: 'just died' });
    for (let id = 2; id <= 6; id++) await scene.leave(message(id, 7), { lane: 7, owner: null });
    telegram.send(message(6, 7), message(7, 7));
    await scene.started(stage, {
      source: { kind: 'polling', calls: telegram.calls },
      settings: { capacity: 2 },
    });
    await stage.until('7 ends');
    expect(stage.events.filter((event) => event.endsWith('begins'))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((id) => `${id} begins`),
    );
  });

  test('works over a real connection that is reset, answers nonsense, and then works', async () => {
    const stage = createStage();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (asked.length === 1) return void request.socket.destroy();
      if (asked.length === 2) return void response.end('<html>502</html>');
      const updates = asked.length === 3 ? [message(1, 7, 'Привет 👋')] : [];
      if (updates.length > 0) return void response.end(JSON.stringify({ result: updates }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // An address of a listening TCP server is never a string.
    const { port } = server.address() as AddressInfo;
    const calls: PollingCalls = {
      async getUpdates({ offset = 0 }, signal) {
        const response = await fetch(`http://127.0.0.1:${port}/${offset}`, { signal });
        const answer = (await response.json()) as { result: Update[] };
        return answer.result;
      },
      deleteWebhook: async () => true,
    };
    let text: string | undefined;
    const intake = await scene.started(
      {
        ...stage,
        handle: async (update, signal) => {
          text = update.message?.text;
          await stage.handle(update, signal);
        },
      },
      { source: { kind: 'polling', calls } },
    );
    await stage.until('1 ends');
    expect(text).toBe('Привет 👋');
    expect(asked.slice(0, 3)).toEqual(['/0', '/0', '/0']);
    await intake.drain(1000);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
