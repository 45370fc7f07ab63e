import { afterEach, describe, expect, test, vi } from 'vitest';
import { startDouble } from './telegram-double.ts';

const TOO_OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid';

afterEach(() => {
  vi.useRealTimers();
});

async function withMenu() {
  const bot = await startDouble();
  const ann = await bot.acquaintance();
  await bot.call('sendMessage', {
    chat_id: ann.id,
    text: 'menu',
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'Create 2 pictures', callback_data: 'place:1' },
          { text: 'Site', url: 'https://example.org' },
        ],
      ],
    },
  });
  return { bot, ann };
}

describe('tapping', () => {
  test('a button is found by its text or a pattern, and the bot’s answer is heard once', async () => {
    const { bot, ann } = await withMenu();
    const id = ann.tap(/^Create/);
    const { result } = await bot.call('getUpdates');
    expect(result[0].callback_query).toMatchObject({
      id,
      data: 'place:1',
      from: { id: ann.id },
      message: { text: 'menu' },
    });
    const answer = { callback_query_id: id, text: 'Placed', show_alert: true };
    expect((await bot.call('answerCallbackQuery', answer)).result).toBe(true);
    expect(ann.callbackAnswers()).toEqual([{ callback_query_id: id, text: 'Placed', show_alert: true }]);
    expect((await bot.call('answerCallbackQuery', answer)).description).toBe(TOO_OLD);
  });

  test('an answer after fifteen seconds is too late', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { bot, ann } = await withMenu();
    const id = ann.tap('Create 2 pictures');
    vi.setSystemTime(Date.now() + 15_001);
    expect((await bot.call('answerCallbackQuery', { callback_query_id: id })).description).toBe(TOO_OLD);
    expect(ann.callbackAnswers()).toEqual([]);
  });

  test('a button that is not there, or only opens a page, says so; any data can be sent on purpose', async () => {
    const { bot, ann } = await withMenu();
    expect(() => ann.tap('Buy')).toThrow('there are “Create 2 pictures”, “Site”');
    expect(() => ann.tap('Site')).toThrow('sends nothing to the bot');
    ann.tap({ data: 'place:999' });
    expect((await bot.call('getUpdates')).result[0].callback_query.data).toBe('place:999');
  });

  test('a query keeps the message as it was when it was tapped', async () => {
    const { bot, ann } = await withMenu();
    ann.tap(/^Create/);
    await bot.call('editMessageText', {
      chat_id: ann.id,
      message_id: ann.lastMessage()?.message_id,
      text: 'later',
    });
    expect((await bot.call('getUpdates')).result[0].callback_query.message.text).toBe('menu');
  });
});

describe('waiting', () => {
  test('what is there already counts, and so does an edit that comes to fit', async () => {
    const { bot, ann } = await withMenu();
    expect(await ann.waitFor((message) => message.text === 'menu')).toEqual(ann.lastMessage());
    const waiting = ann.waitFor((message) => message.text === 'done');
    const messageId = ann.lastMessage()?.message_id;
    await bot.call('editMessageText', { chat_id: ann.id, message_id: messageId, text: 'done' });
    expect((await waiting).message_id).toBe(messageId);
  });

  test('“after” leaves older messages aside', async () => {
    const { bot, ann } = await withMenu();
    const waiting = ann.waitFor((message) => message.text === 'menu', {
      after: ann.lastMessage()?.message_id ?? 0,
    });
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'menu' });
    expect((await waiting).message_id).toBe(sent.result.message_id);
  });

  test('a predicate that throws fails its own wait, not the bot’s call', async () => {
    const { bot, ann } = await withMenu();
    const waiting = ann.waitFor(
      (message) => {
        throw new Error(`mistake at ${message.text}`);
      },
      { after: ann.lastMessage()?.message_id ?? 0 },
    );
    const failed = expect(waiting).rejects.toThrow('mistake at hi');
    expect((await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' })).ok).toBe(true);
    await failed;
  });

  test('waiting in vain shows how the chat ends', async () => {
    const { ann } = await withMenu();
    const waiting = ann.waitFor((message) => message.text === 'never', { timeoutMs: 1 });
    await expect(waiting).rejects.toThrow(
      /the chat ends with:\n.*person: \/start.*\n.*bot: menu \[Create 2 pictures\]/,
    );
  });
});

test('a long text is cut as messengers cut it', async () => {
  const bot = await startDouble();
  const ann = await bot.acquaintance();
  const parts = ann.sendText(`${'word '.repeat(1000)}end`);
  expect(parts.map((part) => part.text?.length)).toEqual([4094, 908]);
  expect(parts.map((part) => part.text).join(' ')).toBe(`${'word '.repeat(1000)}end`);
});

test('a cleared chat is empty for the person, while the bot can still edit what it wrote', async () => {
  const { bot, ann } = await withMenu();
  const messageId = ann.lastMessage()?.message_id;
  ann.clear();
  expect(ann.messages()).toEqual([]);
  const edited = await bot.call('editMessageText', {
    chat_id: ann.id,
    message_id: messageId,
    text: 'unseen',
  });
  expect(edited.ok).toBe(true);
  expect(ann.messages()).toEqual([]);
});

test('people have ids that need more than 32 bits, and none is given twice', async () => {
  const bot = await startDouble();
  const [one, two] = [0, 1].map(() => bot.people.of({ languageCode: 'ru', firstName: 'Ира' }));
  expect(one?.id).toBeGreaterThan(2 ** 32);
  expect(two?.id).not.toBe(one?.id);
  expect(() => bot.people.of({ languageCode: 'ru', firstName: 'Ира', id: one?.id ?? 0 })).toThrow('taken');
});
