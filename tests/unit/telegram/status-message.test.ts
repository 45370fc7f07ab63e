import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendChatActionWhile } from '../../../src/telegram/chat-action.ts';
import { editMessage } from '../../../src/telegram/edit-message.ts';
import { isBlocked, TelegramRefused, TelegramUnreachable } from '../../../src/telegram/errors.ts';
import type { CallOptions, Gateway } from '../../../src/telegram/gateway.ts';
import { createStatusMessage, type Reach } from '../../../src/telegram/status-message.ts';
import { recordingLog } from './bot-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Seen = {
  method: string;
  params: Record<string, unknown>;
  options: CallOptions | undefined;
  atMs: number;
};

/** Telegram's end of the wire in memory, so that the clock can be moved: each call is noted and may fail. */
function wire() {
  const calls: Seen[] = [];
  const failures: (Error | Promise<unknown>)[] = [];
  const start = performance.now();
  const call = async (method: string, params: Record<string, unknown>, options?: CallOptions) => {
    calls.push({ method, params, options, atMs: Math.floor(performance.now() - start) });
    const failure = failures.shift();
    if (failure instanceof Error) throw failure;
    return await failure;
  };
  // The parts under test use the gateway's results nowhere, so any stands for all.
  const gateway = { call } as unknown as Pick<Gateway, 'call'>;
  return { gateway, calls, failures, said: () => calls.map(({ params }) => params.text ?? params.caption) };
}

function status(signal?: AbortSignal) {
  const { log, lines } = recordingLog();
  const telegram = wire();
  const reach: Reach = async (say) => {
    try {
      return await say();
    } catch (error) {
      if (!isBlocked(error)) throw error;
      return 'blocked';
    }
  };
  const message = createStatusMessage(telegram.gateway, { chatId: 1, messageId: 2, reach, log, signal });
  return { ...telegram, message, lines };
}

const keyboard = { inline_keyboard: [[{ text: 'Cancel', callback_data: 'cancel:1' }]] };
const refusal = (description: string) => new TelegramRefused('editMessageText', 400, description);

describe('a status message', () => {
  test('shows the first word at once and then the last word every three seconds', async () => {
    const { message, calls, said } = status();
    message.update({ text: '1 of 4', keyboard });
    await vi.advanceTimersByTimeAsync(0);
    for (const text of ['2 of 4', '3 of 4', '4 of 4']) message.update({ text });
    await vi.advanceTimersByTimeAsync(2999);
    expect(said()).toEqual(['1 of 4']);
    await vi.advanceTimersByTimeAsync(1);

    expect(said()).toEqual(['1 of 4', '4 of 4']);
    expect(calls[0]).toMatchObject({
      method: 'editMessageText',
      params: { chat_id: 1, message_id: 2, text: '1 of 4', parse_mode: 'HTML', reply_markup: keyboard },
    });
    expect(calls[1]?.params).not.toHaveProperty('reply_markup');
  });

  test('sends nothing when nothing has changed', async () => {
    const { message, calls } = status();
    for (let n = 0; n < 5; n++) {
      message.update({ text: 'the same', keyboard });
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(calls).toHaveLength(1);
  });

  test('never has two edits under way', async () => {
    const { message, failures, said } = status();
    const slow = Promise.withResolvers<void>();
    failures.push(slow.promise);
    message.update({ text: 'slow' });
    await vi.advanceTimersByTimeAsync(0);
    message.update({ text: 'next' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toEqual(['slow']);
    slow.resolve();
    await vi.advanceTimersByTimeAsync(3000);
    expect(said()).toEqual(['slow', 'next']);
  });

  test('becomes a picture with the words below it, and stays one', async () => {
    const { message, calls } = status();
    const jpeg = new Uint8Array([1, 2, 3]);
    message.update({ text: 'drawing', keyboard });
    await vi.advanceTimersByTimeAsync(0);
    message.showPicture(async () => jpeg);
    await vi.advanceTimersByTimeAsync(3000);
    message.update({ text: 'nearly there', keyboard });
    await vi.advanceTimersByTimeAsync(3000);
    await message.finish({ text: 'ready' });

    expect(calls.map((call) => call.method)).toEqual([
      'editMessageText',
      'editMessageMedia',
      'editMessageCaption',
      'editMessageCaption',
    ]);
    expect(calls[1]?.params).toMatchObject({
      media: {
        type: 'photo',
        caption: 'drawing',
        parse_mode: 'HTML',
        media: { bytes: jpeg, contentType: 'image/jpeg' },
      },
      reply_markup: keyboard,
    });
    expect(calls[3]?.params).toMatchObject({ caption: 'ready' });
  });

  test('that was a picture already before a restart is found out to be one', async () => {
    const { message, calls, failures } = status();
    failures.push(refusal('Bad Request: there is no text in the message to edit'));
    message.update({ text: 'resumed' });
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map((call) => call.method)).toEqual(['editMessageText', 'editMessageCaption']);
  });

  test.each(['Bad Request: message to edit not found', "Bad Request: message can't be edited"])(
    'sends nothing more after “%s”',
    async (description) => {
      const { message, calls, failures, lines } = status();
      failures.push(refusal(description));
      for (const text of ['a', 'b', 'c']) {
        message.update({ text });
        await vi.advanceTimersByTimeAsync(5000);
      }
      await expect(message.finish({ text: 'ready' })).resolves.toBe('gone');
      expect(calls).toHaveLength(1);
      expect(lines).toEqual([]);
    },
  );

  test('sends nothing more to a person who has blocked the bot', async () => {
    const { message, calls, failures } = status();
    failures.push(new TelegramRefused('editMessageText', 403, 'Forbidden: bot was blocked by the user'));
    for (const text of ['a', 'b']) {
      message.update({ text });
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(calls).toHaveLength(1);
  });

  test('is silent after “retry after” until that time, and then shows the last word', async () => {
    const { message, calls, failures, said } = status();
    failures.push(new TelegramRefused('editMessageText', 429, 'Too Many Requests', { retry_after: 20 }));
    message.update({ text: 'early' });
    await vi.advanceTimersByTimeAsync(10_000);
    message.update({ text: 'late' });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(said()).toEqual(['early']);
    await vi.advanceTimersByTimeAsync(1);
    expect(said()).toEqual(['early', 'late']);
    expect(calls.every((call) => call.options?.maxRetryWaitMs === 0)).toBe(true);
  });

  test('goes on with the next word when one was lost, without repeating it', async () => {
    const { message, failures, said, lines } = status();
    failures.push(new TelegramUnreachable('editMessageText', 'unknown', 'ECONNRESET'));
    message.update({ text: 'lost' });
    await vi.advanceTimersByTimeAsync(20_000);
    message.update({ text: 'next' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(said()).toEqual(['lost', 'next']);
    expect(lines).toHaveLength(1);
  });

  test('ends with its last word at once, after the edit that is under way, and says nothing later', async () => {
    const { message, failures, said } = status();
    const slow = Promise.withResolvers<void>();
    failures.push(slow.promise);
    message.update({ text: 'working' });
    await vi.advanceTimersByTimeAsync(0);
    message.update({ text: 'never shown' });
    const finished = message.finish({ text: 'ready' });
    await vi.advanceTimersByTimeAsync(0);
    expect(said()).toEqual(['working']);
    slow.resolve();
    await expect(finished).resolves.toBe('edited');
    message.update({ text: 'too late' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toEqual(['working', 'ready']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('sends a last word also when the same progress was lost on the way', async () => {
    const { message, failures, said } = status();
    failures.push(new TelegramUnreachable('editMessageText', 'unknown', 'ECONNRESET'));
    message.update({ text: 'ready' });
    await vi.advanceTimersByTimeAsync(0);
    await message.finish({ text: 'ready' });
    expect(said()).toEqual(['ready', 'ready']);
  });

  test('tells its caller when the last word could not be said', async () => {
    const { message, failures } = status();
    failures.push(new TelegramUnreachable('editMessageText', 'unknown', 'ECONNRESET'));
    await expect(message.finish({ text: 'ready' })).rejects.toBeInstanceOf(TelegramUnreachable);
  });
});

describe('an edit', () => {
  const edit = { chat_id: 1, message_id: 2, text: 'x' };

  test.each([
    [refusal('Bad Request: message is not modified: specified new message content'), 'unchanged'],
    [refusal('Bad Request: message to edit not found'), 'gone'],
  ])('%s is an outcome', async (failure, outcome) => {
    const { gateway, failures } = wire();
    failures.push(failure);
    await expect(editMessage(gateway, 'editMessageText', edit)).resolves.toBe(outcome);
    await expect(editMessage(gateway, 'editMessageText', edit)).resolves.toBe('edited');
  });

  test('passes on every other refusal', async () => {
    const { gateway, failures } = wire();
    failures.push(refusal("Bad Request: can't parse entities"));
    await expect(editMessage(gateway, 'editMessageText', edit)).rejects.toThrow("can't parse entities");
  });
});

describe('a chat action', () => {
  const typing = { chatId: 1, action: 'upload_photo' } as const;

  test('is shown every four seconds for as long as the work lasts', async () => {
    const { gateway, calls } = wire();
    const work = Promise.withResolvers<string>();
    const result = sendChatActionWhile(gateway, typing, () => work.promise);
    await vi.advanceTimersByTimeAsync(9000);
    work.resolve('done');
    await expect(result).resolves.toBe('done');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.map((call) => call.atMs)).toEqual([0, 4000, 8000]);
    expect(calls[0]).toMatchObject({
      method: 'sendChatAction',
      params: { chat_id: 1, action: 'upload_photo' },
    });
    expect(calls[0]?.options?.signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('never spoils the work by failing, and stops where the bot is blocked', async () => {
    const { gateway, calls, failures } = wire();
    failures.push(
      new TelegramUnreachable('sendChatAction', 'unknown', 'ECONNRESET'),
      new TelegramRefused('sendChatAction', 403, 'Forbidden: bot was blocked by the user'),
    );
    const work = Promise.withResolvers<string>();
    const result = sendChatActionWhile(gateway, typing, () => work.promise);
    await vi.advanceTimersByTimeAsync(20_000);
    work.resolve('done');
    await expect(result).resolves.toBe('done');
    expect(calls).toHaveLength(2);
  });

  test.each<[what: string, answer: Error | undefined, isReachable: boolean]>([
    ['was shown', undefined, true],
    ['could not be sent', new TelegramUnreachable('sendChatAction', 'unknown', 'ECONNRESET'), true],
    ['has to wait', new TelegramRefused('sendChatAction', 429, 'Too Many Requests: retry after 9'), true],
    [
      'meets a block',
      new TelegramRefused('sendChatAction', 403, 'Forbidden: bot was blocked by the user'),
      false,
    ],
    [
      'meets a deleted person',
      new TelegramRefused('sendChatAction', 403, 'Forbidden: user is deactivated'),
      false,
    ],
    ['meets no chat', new TelegramRefused('sendChatAction', 400, 'Bad Request: chat not found'), false],
  ])('that %s tells the work whether the chat can be written to', async (_, answer, isReachable) => {
    const { gateway, failures } = wire();
    if (answer !== undefined) failures.push(answer);
    await expect(sendChatActionWhile(gateway, typing, (reachable) => reachable)).resolves.toBe(isReachable);
  });

  test('passes on what the work throws', async () => {
    const { gateway } = wire();
    const result = sendChatActionWhile(gateway, typing, () => Promise.reject(new Error('the work failed')));
    await expect(result).rejects.toThrow('the work failed');
    expect(vi.getTimerCount()).toBe(0);
  });
});
