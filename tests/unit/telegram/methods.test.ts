import { describe, expect, test } from 'vitest';
import { encodeParams } from '../../../src/telegram/encode.ts';
import { classOf, isRepeatable } from '../../../src/telegram/methods.ts';
import { attemptMs, retryWaitMs } from '../../../src/telegram/time-limits.ts';

const CHAT = { chat_id: 1 };

describe('how a call stands in line', () => {
  test.each([
    'sendMessage',
    'sendInvoice',
    'editMessageText',
    'editMessageMedia',
    'copyMessage',
    'forwardMessage',
  ])('%s is a message in its chat', (method) => {
    expect(classOf(method, CHAT)).toEqual({ kind: 'message', chat: 1, weight: 1 });
  });

  test.each(['sendChatAction', 'deleteMessage', 'setMessageReaction'])(
    '%s waits only where its chat is paused',
    (method) => {
      expect(classOf(method, CHAT)).toEqual({ kind: 'other', chat: 1 });
    },
  );

  test.each(['getFile', 'getUpdates', 'setMyCommands', 'editUserStarSubscription'])(
    '%s waits only where everything is paused',
    (method) => {
      expect(classOf(method, {})).toEqual({ kind: 'other', chat: null });
    },
  );

  test.each(['answerCallbackQuery', 'answerPreCheckoutQuery'])('%s waits for nobody', (method) => {
    expect(classOf(method, {})).toEqual({ kind: 'answer' });
  });

  test('an album weighs as much as its items', () => {
    expect(classOf('sendMediaGroup', { ...CHAT, media: [{}, {}, {}] })).toMatchObject({ weight: 3 });
    expect(classOf('copyMessages', { ...CHAT, message_ids: [1, 2] })).toMatchObject({ weight: 2 });
    expect(classOf('editMessageMedia', { ...CHAT, media: { type: 'photo' } })).toMatchObject({ weight: 1 });
  });
});

test('only what shows the same when done twice may be repeated', () => {
  const repeatable = ['getMe', 'getUpdates', 'setWebhook', 'deleteWebhook', 'answerPreCheckoutQuery'];
  const once = ['sendMessage', 'sendMediaGroup', 'editMessageText', 'deleteMessage', 'refundStarPayment'];
  expect(repeatable.filter(isRepeatable)).toEqual(repeatable);
  expect(once.filter(isRepeatable)).toEqual([]);
});

describe('time limits', () => {
  const limit = (method: string, params: object) =>
    attemptMs(method, classOf(method, params), params, encodeParams(params));
  const upload = (bytes: number) => ({
    ...CHAT,
    photo: { bytes: new Uint8Array(bytes), filename: 'x.jpg', contentType: 'image/jpeg' },
  });

  test('a call gets 20 s, an answer less than the 10 s of a checkout', () => {
    expect(limit('sendMessage', CHAT)).toBe(20_000);
    expect(limit('answerPreCheckoutQuery', {})).toBeLessThan(10_000);
    expect(retryWaitMs({ kind: 'answer' })).toBeLessThan(10_000);
    expect(retryWaitMs({ kind: 'other', chat: null })).toBe(120_000);
  });

  test('getUpdates gets as long as Telegram holds it, and a little more', () => {
    expect(limit('getUpdates', { timeout: 50 })).toBe(60_000);
    expect(limit('getUpdates', {})).toBe(10_000);
  });

  test('an upload gets as long as its size needs: a photo below 30 s, nothing above a minute', () => {
    expect(limit('sendPhoto', upload(400_000))).toBeGreaterThan(21_000);
    expect(limit('sendPhoto', upload(2_000_000))).toBeLessThan(30_000);
    expect(limit('sendDocument', upload(30_000_000))).toBe(60_000);
  });
});
