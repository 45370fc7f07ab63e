import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createFaults } from '../../sandbox/faults.ts';
import { watch } from '../support/watch.ts';
import { startDouble } from './telegram-double.ts';

describe('rules', () => {
  test('429 asks to wait, as often as it was told, and nothing is sent meanwhile', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    bot.faults.add('telegram', { match: 'send*', kind: '429', retryAfter: 3, times: 2 });
    const send = () => bot.call('sendMessage', { chat_id: ann.id, text: 'hi' });
    const refusal = {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 3',
      parameters: { retry_after: 3 },
    };
    expect([await send(), await send()]).toEqual([refusal, refusal]);
    expect(ann.messages()).toHaveLength(1);
    expect((await send()).ok).toBe(true);
    expect(bot.journal.calls('sendMessage').map(({ code }) => code)).toEqual([429, 429, 200]);
  });

  test('5xx is a page of a proxy, a refusal is in the words asked for, and other methods are spared', async () => {
    const bot = await startDouble();
    bot.faults.set({
      telegram: [
        { match: 'getChat', kind: '5xx', status: 503 },
        { match: 'editMessageText', kind: 'refusal', description: "Bad Request: message can't be edited" },
      ],
      openai: [],
    });
    const page = await fetch(bot.address('getChat'));
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html']);
    expect((await bot.call('editMessageText')).description).toBe("Bad Request: message can't be edited");
    expect((await bot.call('getMe')).ok).toBe(true);
  });

  test.each([
    ['reset', 0],
    ['reset-after', 1],
    ['truncate', 1],
  ] as const)('%s breaks the connection when %i messages have been sent', async (kind, sent) => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    bot.faults.add('telegram', { match: 'sendMessage', kind, times: 1 });
    await expect(bot.call('sendMessage', { chat_id: ann.id, text: 'hi' })).rejects.toThrow();
    expect(ann.messages().filter((message) => message.text === 'hi')).toHaveLength(sent);
  });

  test.each([
    ['hang', 0],
    ['hang-after', 1],
  ] as const)('%s never answers; %i messages have been sent', async (kind, sent) => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    bot.faults.add('telegram', { match: 'sendMessage', kind });
    const leave = new AbortController();
    const call = bot.call('sendMessage', { chat_id: ann.id, text: 'hi' }, leave.signal);
    await bot.journal.waitFor('sendMessage');
    leave.abort();
    await expect(call).rejects.toThrow();
    expect(ann.messages().filter((message) => message.text === 'hi')).toHaveLength(sent);
  });

  test('a slow call is carried out after all', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    bot.faults.add('telegram', { match: '*', kind: 'slow', delayMs: 5, times: 1 });
    expect((await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' })).ok).toBe(true);
  });

  test('downloads fail too', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const [message] = await ann.sendDocument(Buffer.from('whole file'), {
      filename: 'a.txt',
      mimeType: 'text/plain',
    });
    const { result } = await bot.call('getFile', { file_id: message?.document?.file_id });
    const download = async () =>
      (await fetch(`${bot.url}/file/bot${bot.botToken}/${result.file_path}`)).text();
    bot.faults.add('telegram', { match: 'file', kind: '5xx', times: 1 });
    expect(await download()).toMatch('Bad Gateway');
    bot.faults.add('telegram', { match: 'file', kind: 'truncate', times: 1 });
    await expect(download()).rejects.toThrow();
    expect(await download()).toBe('whole file');
  });

  test('the rules can be read and replaced over HTTP, and nonsense is refused', async () => {
    const bot = await startDouble();
    const put = (body: unknown) =>
      bot.client('/faults', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const rules = { telegram: [], openai: [{ match: 'images/edits', kind: 'hang', times: 1 }] };
    expect((await put(rules)).status).toBe(200);
    expect(await (await bot.client('/faults')).json()).toEqual(rules);
    expect(bot.faults.next('openai', 'images/edits')).toMatchObject({ kind: 'hang' });
    expect(bot.faults.next('openai', 'images/edits')).toBeUndefined();
    expect((await put({ telegram: [{ match: 'x', kind: 'explode' }], openai: [] })).status).toBe(400);
  });

  test.each([
    ['sendMessage', 'sendmessage', true],
    ['send*', 'sendMediaGroup', true],
    ['*Message*', 'editMessageText', true],
    ['*', '', true],
    ['send', 'sendPhoto', false],
    ['*Group', 'sendMediaGroups', false],
    ['a*a', 'a', false],
  ])('%s matches %s: %s', (match, name, expected) => {
    const faults = createFaults();
    faults.add('telegram', { match, kind: 'hang' });
    expect(faults.next('telegram', name) !== undefined).toBe(expected);
  });
});

describe('holds', () => {
  test('a held request is not carried out until it is released', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const hold = bot.faults.hold('telegram', 'sendMessage');
    const call = bot.call('sendMessage', { chat_id: ann.id, text: 'hi' });
    await hold.reached;
    expect(ann.messages()).toHaveLength(1);
    hold.release();
    expect((await call).ok).toBe(true);
    expect((await bot.call('sendMessage', { chat_id: ann.id, text: 'free' })).ok).toBe(true);
  });

  test('are reached when as many requests stand at them as were asked for, and not before', async () => {
    const faults = createFaults();
    const hold = faults.hold('telegram', 'sendMessage', 2);
    const reached = watch(hold.reached);
    const first = faults.passRequest('telegram', 'sendMessage');
    await setImmediate();
    expect(reached.state).toBe('pending');
    const second = faults.passRequest('telegram', 'sendMessage');
    await hold.reached;
    hold.release();
    expect(await Promise.all([first, second])).toEqual(['go', 'go']);
  });

  test('a dropped request was never carried out', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const hold = bot.faults.hold('telegram', 'sendMessage');
    const call = bot.call('sendMessage', { chat_id: ann.id, text: 'hi' });
    await hold.reached;
    hold.drop();
    await expect(call).rejects.toThrow();
    expect(ann.messages()).toHaveLength(1);
  });

  test('a held answer belongs to a call that was carried out, whether released or dropped', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    for (const end of ['release', 'drop'] as const) {
      const hold = bot.faults.holdAnswer('telegram', 'sendMessage');
      const call = bot.call('sendMessage', { chat_id: ann.id, text: end });
      await hold.reached;
      expect(ann.lastMessage()?.text).toBe(end);
      hold[end]();
      if (end === 'release') expect((await call).ok).toBe(true);
      else await expect(call).rejects.toThrow();
    }
  });
});
