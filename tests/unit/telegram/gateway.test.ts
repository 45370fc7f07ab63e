import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TelegramRefused, TelegramUnreachable } from '../../../src/telegram/errors.ts';
import { createGateway, type Gateway } from '../../../src/telegram/gateway.ts';
import { createTransport } from '../../../src/telegram/transport.ts';
import {
  type Behaviour,
  type BotApi,
  cutBody,
  deadAddress,
  hang,
  hugeBody,
  ok,
  page,
  recordingLog,
  refuse,
  reset,
  startBotApi,
  TOKEN,
} from './bot-api.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Settings = Partial<Parameters<typeof createGateway>[0]>;

function openGateway(apiRoot: string, settings: Settings = {}): Gateway {
  const { log } = recordingLog();
  const gateway = createGateway({
    token: TOKEN,
    apiRoot,
    log,
    afterFault: { repetitions: 3, firstBackOffMs: 1, longestBackOffMs: 1 },
    ...settings,
  });
  closers.push(() => gateway.close());
  return gateway;
}

async function openBoth(script: Record<string, Behaviour[]>, settings: Settings = {}) {
  const api: BotApi = await startBotApi(script);
  closers.push(() => api.close());
  return { api, gateway: openGateway(api.root, settings) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const hello = { chat_id: 1, text: 'hello' };
const tooMany = (seconds: number) =>
  refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

describe('a call', () => {
  test('sends JSON and answers the result', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [ok({ message_id: 7 })] });

    const message = await gateway.call('sendMessage', { ...hello, reply_parameters: { message_id: 3 } });

    expect(message).toEqual({ message_id: 7 });
    expect(api.calls[0]).toMatchObject({
      method: 'sendMessage',
      contentType: 'application/json',
      fields: { chat_id: 1, text: 'hello', reply_parameters: { message_id: 3 } },
    });
  });

  test('keeps the path of an API root that has one', async () => {
    const { api } = await openBoth({});
    const gateway = openGateway(`${api.root}/elsewhere/`);

    const error = await gateway.call('getMe', {}).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(TelegramUnreachable);
    expect(api.calls).toEqual([]);
  });

  test('keeps its connections for calls that follow each other', async () => {
    const { api, gateway } = await openBoth({});
    for (let n = 0; n < 20; n++) await gateway.call('getMe', {});
    // The pool opens a second one when a call begins in the very moment in which the first one ends.
    expect(api.connections.size).toBeLessThanOrEqual(2);
  });

  test('never opens more connections than it may', async () => {
    const { api, gateway } = await openBoth({}, { connections: 3, pacing: 'off' });
    await Promise.all(Array.from({ length: 30 }, () => gateway.call('sendMessage', hello)));
    expect(api.calls).toHaveLength(30);
    expect(api.connections.size).toBe(3);
  });

  test('is refused with what Telegram said, and nothing of what was sent', async () => {
    const { gateway } = await openBoth({
      sendMessage: [refuse(400, 'Bad Request: group migrated', { migrate_to_chat_id: -1009 })],
    });

    const error = await gateway
      .call('sendMessage', { chat_id: 555777, text: 'private words' })
      .catch((e) => e);

    expect(error).toBeInstanceOf(TelegramRefused);
    expect(error).toMatchObject({
      method: 'sendMessage',
      code: 400,
      description: 'Bad Request: group migrated',
      parameters: { migrate_to_chat_id: -1009 },
    });
    const everything = JSON.stringify({ ...error, message: error.message, stack: error.stack });
    expect(everything).not.toMatch(/private words|555777/);
  });

  test('ends with the reason of its signal, in flight as well as before', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [hang] });
    const abort = new AbortController();
    const call = gateway.call('sendMessage', hello, { signal: abort.signal });
    await api.received(1);
    abort.abort(new Error('the seller pressed Cancel'));

    await expect(call).rejects.toThrow('the seller pressed Cancel');
    await expect(gateway.call('sendMessage', hello, { signal: abort.signal })).rejects.toThrow('Cancel');
    expect(api.calls).toHaveLength(1);
  });

  test('can be given up while it waits for a free connection, and is then never sent', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [hang] }, { connections: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const busy = gateway.call('sendMessage', hello, { signal: first.signal });
    await api.received(1);
    const waiting = gateway.call('sendMessage', { chat_id: 2, text: 'given up' }, { signal: second.signal });
    second.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    first.abort(new Error('enough'));
    await expect(busy).rejects.toThrow('enough');

    await gateway.call('sendMessage', { chat_id: 3, text: 'still works' });
    expect(api.calls.map((call) => call.fields.text)).toEqual(['hello', 'still works']);
  });
});

test('an exchange whose signal was aborted before it began sends nothing', async () => {
  const { api } = await openBoth({});
  const transport = createTransport(api.root, { connections: 1, proxy: null });
  closers.push(() => transport.close());
  const request = { method: 'POST', path: `/bot${TOKEN}/getMe`, timeoutMs: 1000, maxBytes: 1000 } as const;

  await expect(transport.exchange(request, AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
    'stopped',
  );
  expect(api.connections.size).toBe(0);
});

describe('“retry after”', () => {
  test('is obeyed, and the message is sent again once', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(0.05), ok({ message_id: 1 })] });
    await expect(gateway.call('sendMessage', hello)).resolves.toEqual({ message_id: 1 });
    expect(api.methods()).toEqual(['sendMessage', 'sendMessage']);
    expect(gateway.statistics()).toMatchObject({ calls: 1, repeated: 1, refused: 0 });
  });

  test('keeps the order of the messages of its chat, and holds up no other chat', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(0.2)] });
    const say = (chat: number, text: string) => gateway.call('sendMessage', { chat_id: chat, text });

    const first = say(1, 'one');
    await api.received(1);
    await say(2, 'other');
    await until(() => gateway.statistics().waiting === 1);
    const late = [say(1, 'two'), say(1, 'three')];
    await Promise.all([first, ...late]);

    expect(api.calls.map((call) => call.fields.text)).toEqual(['one', 'other', 'one', 'two', 'three']);
  });

  test('pauses everything when it is not about a chat', async () => {
    const { api, gateway } = await openBoth({ getMyCommands: [tooMany(0.1)] });
    const commands = gateway.call('getMyCommands', {});
    await api.received(1);
    await until(() => gateway.statistics().inFlight === 0);
    const message = gateway.call('sendMessage', hello);
    await expect(gateway.call('getMe', {}, { maxRetryWaitMs: 0 })).rejects.toMatchObject({ code: 429 });
    await Promise.all([commands, message]);

    expect(api.methods()).toHaveLength(3);
    expect(api.methods()[0]).toBe('getMyCommands');
  });

  test('is passed on when it is longer than the call may wait, and is remembered for the chat', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(600)] });

    const first = await gateway.call('sendMessage', hello).catch((error) => error);
    const second = await gateway.call('sendMessage', hello).catch((error) => error);

    expect(first).toMatchObject({ code: 429, parameters: { retry_after: 600 } });
    expect(second).toMatchObject({ code: 429, parameters: { retry_after: 600 } });
    expect(api.calls).toHaveLength(1);
  });

  test('is waited for as often as the call has patience for, all waits together', async () => {
    const patience = { maxRetryWaitMs: 100 };
    const { api, gateway } = await openBoth({
      sendMessage: [tooMany(0.07), ok(true), tooMany(0.07), tooMany(0.07), ok(true)],
    });
    await expect(gateway.call('sendMessage', hello, patience)).resolves.toBe(true);
    await expect(gateway.call('sendMessage', hello, patience)).rejects.toMatchObject({ code: 429 });
    expect(api.calls).toHaveLength(4);
  });

  test('is not waited for at all by a call that will not', async () => {
    const { api, gateway } = await openBoth({ editMessageText: [tooMany(1)] });
    const edit = { chat_id: 1, message_id: 2, text: 'x' };
    await expect(gateway.call('editMessageText', edit, { maxRetryWaitMs: 0 })).rejects.toMatchObject({
      code: 429,
    });
    expect(api.calls).toHaveLength(1);
  });

  test('of an answer to a tap makes nobody else wait, and is not waited for longer than the tap would', async () => {
    const { api, gateway } = await openBoth({ answerCallbackQuery: [tooMany(0.05), ok(true), tooMany(30)] });
    await gateway.call('answerCallbackQuery', { callback_query_id: '1' });
    await expect(gateway.call('answerCallbackQuery', { callback_query_id: '2' })).rejects.toMatchObject({
      code: 429,
    });
    await gateway.call('sendMessage', hello);
    expect(api.methods()).toEqual([
      'answerCallbackQuery',
      'answerCallbackQuery',
      'answerCallbackQuery',
      'sendMessage',
    ]);
  });
});

describe('a fault', () => {
  const faults: [string, Behaviour, { sent: string }][] = [
    ['a reset', reset, { sent: 'unknown' }],
    ['a cut body', cutBody, { sent: 'unknown' }],
    ['a hang', hang, { sent: 'unknown' }],
    ['a 502 page', page(502, `<html>bad gateway for /bot${TOKEN}/sendMessage</html>`), { sent: 'unknown' }],
    ['a 500 of Telegram', refuse(500, `Internal Server Error: restart of bot${TOKEN}`), { sent: 'unknown' }],
    [
      'a page instead of an answer',
      page(200, `<html>log in to the hotel ${TOKEN}</html>`),
      { sent: 'unknown' },
    ],
    ['a 413 page', page(413, `<html>/bot${TOKEN}/sendMessage is too large</html>`), { sent: 'no' }],
    ['an endless answer', hugeBody, { sent: 'unknown' }],
  ];

  /** Only a hang is to reach its limit; on a busy machine an answer takes its time. */
  const limitOf = (fault: Behaviour) => ({ timeoutMs: fault === hang ? 1_000 : 30_000 });

  test.each(faults)('%s never sends a message twice', async (_name, fault, expected) => {
    const { api, gateway } = await openBoth({ sendMessage: [fault] });
    const error = await gateway.call('sendMessage', hello, limitOf(fault)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TelegramUnreachable);
    expect(error).toMatchObject({ method: 'sendMessage', ...expected });
    expect(api.calls).toHaveLength(1);
    expect(gateway.statistics()).toMatchObject({ unreachable: 1, repeated: 0, inFlight: 0 });
  });

  test.each(faults.slice(0, 6))('%s is tried again where a call only reads', async (_name, fault) => {
    const { api, gateway } = await openBoth({ getMe: [fault, fault, ok({ id: 42 })] });
    await expect(gateway.call('getMe', {}, limitOf(fault))).resolves.toEqual({ id: 42 });
    expect(api.calls).toHaveLength(3);
  });

  test('that does not end is given up after the last back-off', async () => {
    const { api, gateway } = await openBoth({ getMe: [reset, reset, reset, reset, reset] });
    await expect(gateway.call('getMe', {})).rejects.toBeInstanceOf(TelegramUnreachable);
    expect(api.calls).toHaveLength(4);
  });

  test('before the connection is tried again also for a message, and was certainly not sent', async () => {
    const gateway = openGateway(await deadAddress());
    const error = await gateway.call('sendMessage', hello).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'TelegramUnreachable', sent: 'no' });
    expect(gateway.statistics().repeated).toBe(3);
  });

  test('that heals while the connection is tried again costs nothing', async () => {
    const root = await deadAddress();
    const { log, lines } = recordingLog();
    const gateway = openGateway(root, {
      log,
      pacing: 'off',
      afterFault: { repetitions: 5, firstBackOffMs: 25, longestBackOffMs: 400 },
    });
    const call = gateway.call('sendMessage', hello);
    await until(() => lines.length === 5);
    const server = createServer((socket) => {
      const body = '{"ok":true,"result":{"message_id":9}}';
      socket.once('data', () =>
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
      );
    }).listen(Number(new URL(root).port), '127.0.0.1');
    await once(server, 'listening');
    closers.push(async () => server.close());

    await expect(call).resolves.toEqual({ message_id: 9 });
  });

  test('leaves the connections free for what comes after', async () => {
    const script = { sendMessage: Array.from({ length: 20 }, () => page(502, '<html></html>')) };
    const { api, gateway } = await openBoth(script, { connections: 2, pacing: 'off' });
    for (let n = 0; n < 20; n++) {
      await expect(gateway.call('sendMessage', hello)).rejects.toMatchObject({ sent: 'unknown' });
    }
    await expect(gateway.call('sendMessage', hello)).resolves.toBe(true);
    expect(api.connections.size).toBeLessThanOrEqual(2);
  });
});

describe('closing', () => {
  test('ends what waits, lets what is under way end, and refuses what comes after', async () => {
    const gate = Promise.withResolvers<void>();
    const slow: Behaviour = () => gate.promise.then(() => ({ ok: true, result: true }));
    const { api, gateway } = await openBoth({ sendMessage: [slow], editMessageText: [tooMany(60)] });
    const underWay = gateway.call('sendMessage', hello);
    await api.received(1);
    const paused = gateway.call('editMessageText', { chat_id: 2, message_id: 1, text: 'x' });
    const refused = expect(paused).rejects.toMatchObject({ name: 'TelegramUnreachable', sent: 'no' });
    await until(() => gateway.statistics().waiting === 1);

    const closed = gateway.close();
    await refused;
    gate.resolve();
    await expect(underWay).resolves.toBe(true);
    await closed;
    await expect(gateway.call('sendMessage', hello)).rejects.toMatchObject({ sent: 'no' });
    await expect(gateway.call('getMe', {})).rejects.toMatchObject({ sent: 'no' });
  });
});

describe('a departure', () => {
  const parting = (confirm: () => Promise<void>) => {
    const lease = new AbortController();
    return { lease, departure: { signal: lease.signal, confirm } };
  };

  test('is confirmed before every attempt, when its turn has come', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(0.05), ok(true)] });
    const seen: number[] = [];
    const { departure } = parting(async () => void seen.push(api.calls.length));
    await gateway.call('sendMessage', hello, { departure });
    expect(seen).toEqual([0, 1]);
  });

  test('that is not confirmed any more leaves nothing to go out', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(0.05), ok(true)] });
    const lost = new Error('the lease is lost');
    const { departure } = parting(async () => {
      if (api.calls.length > 0) throw lost;
    });
    await expect(gateway.call('sendMessage', hello, { departure })).rejects.toBe(lost);
    expect(api.calls).toHaveLength(1);
  });

  test('that ends takes its call out of the line', async () => {
    const { api, gateway } = await openBoth({ sendMessage: [tooMany(600)] });
    const lost = new Error('the lease is lost');
    const { lease, departure } = parting(async () => {});
    const call = gateway.call('sendMessage', hello, { departure, maxRetryWaitMs: 1_000_000 });
    const refused = expect(call).rejects.toBe(lost);
    await until(() => gateway.statistics().waiting === 1);
    lease.abort(lost);
    await refused;
    expect(gateway.statistics().waiting).toBe(0);
    expect(api.calls).toHaveLength(1);
  });

  test('that ends when the bytes are on their way ends nothing', async () => {
    const answer = Promise.withResolvers<void>();
    const { api, gateway } = await openBoth({
      sendMessage: [
        async () => {
          await answer.promise;
          return { ok: true, result: { message_id: 7 } };
        },
      ],
    });
    const { lease, departure } = parting(async () => {});
    const call = gateway.call('sendMessage', hello, { departure });
    await api.received(1);
    lease.abort(new Error('the lease is lost'));
    answer.resolve();
    expect(await call).toEqual({ message_id: 7 });
  });
});
