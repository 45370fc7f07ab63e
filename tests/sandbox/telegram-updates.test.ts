import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Double, startDouble } from './telegram-double.ts';

afterEach(() => {
  vi.useRealTimers();
});

const texts = (updates: { message: { text: string } }[]) => updates.map((update) => update.message.text);

/** A poll that is known to wait; its answer is to be awaited. */
async function startPoll(bot: Double, signal?: AbortSignal) {
  const hold = bot.faults.hold('telegram', 'getUpdates');
  const answer = bot.call('getUpdates', { timeout: 50 }, signal);
  await hold.reached;
  // Released, it begins to wait before anything else that comes over the network.
  hold.release();
  return { answer };
}

describe('long polling', () => {
  test('updates stay until the next offset confirms them', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    ann.sendText('one');
    ann.sendText('two');
    const first = await bot.call('getUpdates', { limit: 1 });
    expect(texts(first.result)).toEqual(['one']);
    expect(texts((await bot.call('getUpdates')).result)).toEqual(['one', 'two']);
    const rest = await bot.call('getUpdates', { offset: first.result[0].update_id + 1 });
    expect(texts(rest.result)).toEqual(['two']);
    expect(texts((await bot.call('getUpdates')).result)).toEqual(['two']);
  });

  test('a negative offset counts from the end and forgets the rest', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    for (const text of ['one', 'two', 'three']) ann.sendText(text);
    expect(texts((await bot.call('getUpdates', { offset: -1 })).result)).toEqual(['three']);
    expect(texts((await bot.call('getUpdates')).result)).toEqual(['three']);
  });

  test('a poll waits for the next update', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const poll = await startPoll(bot);
    ann.sendText('here');
    expect(texts((await poll.answer).result)).toEqual(['here']);
  });

  test('a second poller ends the first one', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const first = await startPoll(bot);
    const second = bot.call('getUpdates', { timeout: 50 });
    expect(await first.answer).toMatchObject({
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    ann.sendText('still here');
    expect(texts((await second).result)).toEqual(['still here']);
  });

  test('a poller that left loses nothing', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const leave = new AbortController();
    const gone = await startPoll(bot, leave.signal);
    leave.abort();
    await expect(gone.answer).rejects.toThrow();
    ann.sendText('kept');
    expect(texts((await bot.call('getUpdates', { timeout: 50 })).result)).toEqual(['kept']);
  });

  test('polling is refused while a webhook is set, and setting one ends a waiting poll', async () => {
    const bot = await startDouble();
    const poll = await startPoll(bot);
    await bot.call('setWebhook', { url: 'http://127.0.0.1:9/hook' });
    expect((await poll.answer).description).toBe('Conflict: terminated by setWebhook request');
    expect((await bot.call('getUpdates')).description).toMatch(
      /^Conflict: can't use getUpdates method while webhook/,
    );
    await bot.call('deleteWebhook');
    expect((await bot.call('getUpdates')).ok).toBe(true);
  });

  test('only the kinds asked for come, and the last list stays', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    await bot.call('getUpdates', { allowed_updates: ['callback_query'] });
    ann.sendText('unheard');
    await bot.call('sendMessage', {
      chat_id: ann.id,
      text: 'menu',
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    ann.tap('Go');
    const { result } = await bot.call('getUpdates');
    expect(result.map((update: object) => Object.keys(update).sort())).toEqual([
      ['callback_query', 'update_id'],
    ]);
    await bot.call('getUpdates', { allowed_updates: [] });
    ann.sendText('heard');
    expect((await bot.call('getUpdates')).result.at(-1).message.text).toBe('heard');
  });
});

describe('what waits too long', () => {
  test('a tap is dropped after 150 seconds, a message after a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const sent = await bot.call('sendMessage', {
      chat_id: ann.id,
      text: 'menu',
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    expect(sent.ok).toBe(true);
    ann.tap('Go');
    ann.sendText('patient');
    vi.setSystemTime(Date.now() + 149_000);
    expect((await bot.call('getUpdates')).result).toHaveLength(2);
    vi.setSystemTime(Date.now() + 2_000);
    expect(texts((await bot.call('getUpdates')).result)).toEqual(['patient']);
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    expect((await bot.call('getUpdates')).result).toEqual([]);
  });
});

describe('updates put in by hand', () => {
  test('the same update comes as often as it is put in, also after it was confirmed', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    ann.sendText('again');
    const [update] = (await bot.call('getUpdates')).result;
    const offset = update.update_id + 1;
    expect((await bot.call('getUpdates', { offset })).result).toEqual([]);
    bot.people.injectUpdate(update);
    bot.people.injectUpdate(update);
    expect((await bot.call('getUpdates', { offset })).result).toEqual([update, update]);
    expect((await bot.call('getUpdates', { offset })).result).toEqual([]);
  });

  test('an odd update gets the next id, and ids never go back', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    ann.sendText('before');
    bot.people.injectUpdate({ chat_boost: { odd: true } });
    bot.people.injectUpdate({ update_id: 2_000_000_000, message: {} });
    ann.sendText('after');
    const ids = (await bot.call('getUpdates')).result.map(
      (update: { update_id: number }) => update.update_id,
    );
    expect(ids).toEqual([ids[0], ids[0] + 1, 2_000_000_000, 2_000_000_001]);
  });
});
