import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ADMIN_ID, EMMA_ID, MARINA_ID } from '../../sandbox/telegram/state.ts';
import { type Double, file, picture, startDouble } from './telegram-double.ts';

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The events of a chat as a browser reads them, one at a time. */
async function openEvents(bot: Double, id: number) {
  const response = await bot.client(`/chats/${id}/events`);
  if (!response.body) throw new Error('An event stream has a body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  const block = async (): Promise<string> => {
    for (;;) {
      const end = buffered.indexOf('\n\n');
      if (end >= 0) {
        const found = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        return found;
      }
      buffered += (await reader.read()).value ?? '';
    }
  };
  expect(await block()).toBe(': connected');
  return async () => {
    const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(await block()) ?? [];
    return { event, data: JSON.parse(data ?? 'null') };
  };
}

describe('the client face', () => {
  test('shows the personas that the sandbox begins with', async () => {
    const bot = await startDouble();
    expect(await (await bot.client('/personas')).json()).toEqual([
      { id: MARINA_ID, first_name: 'Марина', username: 'marina_shop', language_code: 'ru', role: 'seller' },
      {
        id: EMMA_ID,
        first_name: 'Emma',
        username: 'emma_sells',
        language_code: 'en',
        role: 'seller',
        is_premium: true,
      },
      { id: ADMIN_ID, first_name: 'Alex', username: 'alex_owner', language_code: 'en', role: 'admin' },
    ]);
  });

  test('sends text, photos as an album, and taps; the bot gets each', async () => {
    const bot = await startDouble();
    await bot.client(`/chats/${MARINA_ID}/messages`, json({ text: '/start buy_2' }));
    const form = new FormData();
    form.append('as', 'photo');
    form.append('caption', 'two');
    for (const size of [40, 50]) form.append('files', file(await picture(size, 40), 'p.jpg', 'image/jpeg'));
    await bot.client(`/chats/${MARINA_ID}/messages`, { method: 'POST', body: form });
    const sent = await bot.call('sendMessage', {
      chat_id: MARINA_ID,
      text: 'menu',
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    const tapped = await bot.client(
      `/chats/${MARINA_ID}/taps`,
      json({ message_id: sent.result.message_id, data: 'go' }),
    );
    const { callback_query_id } = (await tapped.json()) as { callback_query_id: string };

    const { result } = await bot.call('getUpdates');
    expect(result).toMatchObject([
      { message: { text: '/start buy_2', entities: [{ type: 'bot_command', offset: 0, length: 6 }] } },
      { message: { caption: 'two', photo: [{ width: 40 }] } },
      { message: { photo: [{ width: 50 }] } },
      { callback_query: { id: callback_query_id, data: 'go', from: { language_code: 'ru' } } },
    ]);
    const chat = await (await bot.client(`/chats/${MARINA_ID}`)).json();
    expect(chat).toMatchObject({
      botName: 'Vitrine',
      blocked: false,
      messages: [{}, {}, {}, { text: 'menu' }],
    });
  });

  test('tells the page everything in the order in which it happens', async () => {
    const bot = await startDouble();
    const next = await openEvents(bot, EMMA_ID);
    await bot.client(`/chats/${EMMA_ID}/messages`, json({ text: 'hi' }));
    expect(await next()).toMatchObject({ event: 'message', data: { text: 'hi' } });
    await bot.call('sendChatAction', { chat_id: EMMA_ID, action: 'typing' });
    expect(await next()).toEqual({ event: 'action', data: { action: 'typing' } });
    const { result } = await bot.call('sendMessage', { chat_id: EMMA_ID, text: 'one' });
    expect(await next()).toEqual({ event: 'message', data: result });
    const target = { chat_id: EMMA_ID, message_id: result.message_id };
    await bot.call('editMessageText', { ...target, text: 'two' });
    expect(await next()).toMatchObject({
      event: 'message',
      data: { message_id: result.message_id, text: 'two' },
    });
    const id = bot.people.of(EMMA_ID).tap({ data: 'x' });
    await bot.call('answerCallbackQuery', { callback_query_id: id, text: 'ok' });
    expect(await next()).toEqual({
      event: 'callback-answer',
      data: { callback_query_id: id, text: 'ok', show_alert: false },
    });
    await bot.call('deleteMessage', target);
    expect(await next()).toEqual({ event: 'deleted', data: { message_id: result.message_id } });
    await bot.call('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
    expect(await next()).toEqual({ event: 'commands', data: [{ command: 'help', description: 'Help' }] });
  });

  test('pays an invoice, and says how it went', async () => {
    const bot = await startDouble();
    bot.people.of(EMMA_ID).sendText('/buy');
    const sent = await bot.call('sendInvoice', {
      chat_id: EMMA_ID,
      title: 'Ten',
      description: 'Ten pictures',
      payload: 'p',
      currency: 'XTR',
      prices: [{ label: 'Ten', amount: 10 }],
    });
    const known = (await bot.call('getUpdates')).result;
    const paying = bot.client(`/chats/${EMMA_ID}/payments`, json({ message_id: sent.result.message_id }));
    const asked = await bot.call('getUpdates', { timeout: 50, offset: known.at(-1).update_id + 1 });
    const { id } = asked.result[0].pre_checkout_query;
    await bot.call('answerPreCheckoutQuery', { pre_checkout_query_id: id, ok: true });
    expect(await (await paying).json()).toMatchObject({ status: 'paid' });
    expect((await bot.client(`/chats/${EMMA_ID}/payments`, json({ message_id: 999 }))).status).toBe(409);
  });

  test('blocks, unblocks and clears', async () => {
    const bot = await startDouble();
    await bot.client(`/chats/${EMMA_ID}/messages`, json({ text: 'hi' }));
    await bot.client(`/chats/${EMMA_ID}/block`, json({}));
    const write = () => bot.client(`/chats/${EMMA_ID}/messages`, json({ text: 'hello?' }));
    expect((await write()).status).toBe(409);
    await bot.client(`/chats/${EMMA_ID}/unblock`, json({}));
    expect((await write()).status).toBe(200);
    await bot.client(`/chats/${EMMA_ID}/clear`, json({}));
    expect(await (await bot.client(`/chats/${EMMA_ID}`)).json()).toMatchObject({ messages: [] });
  });

  test('shows pictures, and hands out anything else as a download that cannot run', async () => {
    const bot = await startDouble();
    const emma = bot.people.of(EMMA_ID);
    const [photo] = await emma.sendPhoto(await picture(40, 40));
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const [page] = await emma.sendDocument(Buffer.from(svg), {
      filename: 'x.svg',
      mimeType: 'image/svg+xml',
    });
    const shown = await bot.client(`/files/${photo?.photo?.[0]?.file_id}`);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    const kept = await bot.client(`/files/${page?.document?.file_id}`);
    expect(kept.headers.get('content-type')).toBe('application/octet-stream');
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await kept.text()).toBe(svg);
    expect((await bot.client('/files/unknown')).status).toBe(404);
  });

  test.each([
    ['an unknown person', '/chats/5/messages', { text: 'x' }, 409],
    ['no person', '/chats/x/messages', { text: 'x' }, 400],
    ['an empty text', `/chats/${EMMA_ID}/messages`, { text: ' ' }, 409],
    ['a tap on nothing', `/chats/${EMMA_ID}/taps`, { message_id: 9, data: 'x' }, 409],
    ['a tap without data', `/chats/${EMMA_ID}/taps`, { message_id: 9 }, 400],
  ])('refuses %s', async (_what, path, body, status) => {
    const bot = await startDouble();
    expect((await bot.client(path, json(body))).status).toBe(status);
    expect((await bot.call('getUpdates')).result).toEqual([]);
  });
});

describe('other web pages', () => {
  test.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'evil.example:80', origin: 'http://evil.example:80' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:1' }, 403],
    [{}, 200],
  ])('a request with %j gets %i', async (headers, expected) => {
    const bot = await startDouble();
    const status = await new Promise((resolve, reject) => {
      const path = `/client/chats/${EMMA_ID}/messages`;
      const sent = request(
        `${bot.url}${path}`,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end('{"text":"hi"}');
    });
    expect(status).toBe(expected);
    expect(bot.people.of(EMMA_ID).messages()).toHaveLength(expected === 200 ? 1 : 0);
  });

  test('the page’s own requests pass', async () => {
    const bot = await startDouble();
    const response = await bot.client(`/chats/${EMMA_ID}/messages`, {
      ...json({ text: 'hi' }),
      headers: { 'content-type': 'application/json', origin: bot.url },
    });
    expect(response.status).toBe(200);
  });
});
