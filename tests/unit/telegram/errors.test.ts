import { describe, expect, test } from 'vitest';
import {
  isBlocked,
  isMessageGone,
  isNotModified,
  isQueryTooOld,
  isWithoutText,
  retryAfterMs,
  TelegramRefused,
  TelegramUnreachable,
} from '../../../src/telegram/errors.ts';
import { escapeHtml } from '../../../src/telegram/escape-html.ts';

const guards = { isBlocked, isMessageGone, isNotModified, isQueryTooOld, isWithoutText };

/** The server's own words (tdlib/telegram-bot-api), and the one guard that knows each. */
const wordings: [number, string, keyof typeof guards | 'none'][] = [
  [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    'isNotModified',
  ],
  [403, 'Forbidden: bot was blocked by the user', 'isBlocked'],
  [403, 'Forbidden: user is deactivated', 'isBlocked'],
  [403, 'Forbidden: bot was kicked from the group chat', 'isBlocked'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'isBlocked'],
  [400, 'Bad Request: chat not found', 'isBlocked'],
  [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', 'isQueryTooOld'],
  [400, 'Bad Request: message to edit not found', 'isMessageGone'],
  [400, "Bad Request: message can't be edited", 'isMessageGone'],
  [400, 'Bad Request: message to delete not found', 'isMessageGone'],
  [400, "Bad Request: message can't be deleted for everyone", 'isMessageGone'],
  [400, 'Bad Request: there is no text in the message to edit', 'isWithoutText'],
  [400, "Bad Request: can't parse entities: unsupported start tag", 'none'],
  [429, 'Too Many Requests: retry after 5', 'none'],
];

describe('a refusal', () => {
  test.each(wordings)('%i %s is known by %s alone', (code, description, knownBy) => {
    const error = new TelegramRefused('editMessageText', code, description);
    const matching = Object.entries(guards).flatMap(([name, guard]) => (guard(error) ? [name] : []));
    expect(matching).toEqual(knownBy === 'none' ? [] : [knownBy]);
  });

  test('is told from an outage with the same words', () => {
    const outage = new TelegramUnreachable(
      'sendMessage',
      'unknown',
      'Forbidden: bot was blocked by the user',
    );
    expect(Object.values(guards).some((guard) => guard(outage))).toBe(false);
  });

  test('says how long to wait only when it is one of too many requests', () => {
    const refusal = (code: number, seconds?: number) =>
      new TelegramRefused('getMe', code, 'x', seconds === undefined ? {} : { retry_after: seconds });
    expect(retryAfterMs(refusal(429, 7))).toBe(7000);
    expect(retryAfterMs(refusal(429))).toBe(1000);
    expect(retryAfterMs(refusal(400, 7))).toBeNull();
    expect(retryAfterMs(new Error('429'))).toBeNull();
  });
});

test('escapes what HTML would read as markup, once', () => {
  expect(escapeHtml('<b>Fish & "Chips" &amp; more</b>')).toBe(
    '&lt;b&gt;Fish &amp; "Chips" &amp;amp; more&lt;/b&gt;',
  );
});
