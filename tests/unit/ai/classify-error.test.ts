import { APIConnectionError, APIError } from 'openai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  BadAnswer,
  classifyError,
  interrupted,
  ProviderFailure,
  parseRetryAfter,
  verdictOf,
} from '../../../src/ai/classify-error.ts';

function answer(status: number, error: object = {}, headers: Record<string, string> = {}) {
  return APIError.generate(status, { error }, undefined, new Headers(headers));
}
const page = (status: number, body: string | undefined) =>
  APIError.generate(status, undefined, body, new Headers({ 'content-type': 'text/html' }));
const streamEvent = (error: object) => new APIError(undefined, error, undefined, new Headers());
const fetchFailed = (code: string) =>
  new APIConnectionError({
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }),
  });

const VERIFY = 'Your organization must be verified to use the model `gpt-image-2`.';
const SAFETY = 'Your request was rejected by the safety system.';
const POLICY = 'ContentPolicyViolationError: the prompt triggered the content management policy';
const UNKNOWN_FIELD = { code: 'unknown_parameter', message: "Unknown parameter: 'safety_identifier'." };

describe('kinds', () => {
  test.each([
    ['400 moderation', answer(400, { code: 'moderation_blocked' }), 'refused', false],
    ['400 content policy', answer(400, { code: 'content_policy_violation' }), 'refused', false],
    ['400 refusal in camel case', answer(400, { code: 'contentFilter' }), 'refused', false],
    ['400 refusal by its type', answer(400, { type: 'SafetyViolation', code: null }), 'refused', false],
    ['400 refusal without a code', answer(400, { code: null, message: SAFETY }), 'refused', false],
    ['403 refusal', answer(403, { code: 403, message: 'Input was flagged by moderation' }), 'refused', false],
    ['400 refusal with a number for a code', answer(400, { code: '400', message: POLICY }), 'refused', false],
    ['400 about the safety identifier', answer(400, UNKNOWN_FIELD), 'rejected', false],
    [
      '429 with a word about policy',
      answer(429, { message: 'Our policy allows 5 a minute' }),
      'try-again',
      false,
    ],
    ['400 other', answer(400, { type: 'invalid_request_error' }), 'rejected', false],
    ['401', answer(401, { code: 'invalid_api_key' }), 'key', false],
    ['403', answer(403), 'model', false],
    ['403 for want of a verified organisation', answer(403, { code: null, message: VERIFY }), 'model', false],
    ['a page of a gateway, 403', page(403, '<html>Attention Required!</html>'), 'server', false],
    ['402', answer(402, { code: 402, message: 'Insufficient credits' }), 'quota', false],
    ['404', answer(404), 'model', false],
    ['400 unknown model', answer(400, { code: 'model_not_found' }), 'model', false],
    ['408', answer(408), 'try-again', false],
    ['409', answer(409), 'try-again', false],
    ['413', answer(413), 'rejected', false],
    ['429', answer(429, { code: 'rate_limit_exceeded' }), 'try-again', false],
    ['429 quota', answer(429, { code: 'insufficient_quota' }), 'quota', false],
    ['400 billing limit', answer(400, { code: 'billing_hard_limit_reached' }), 'quota', false],
    ['500', answer(500), 'server', false],
    ['502', answer(502), 'server', true],
    ['504', answer(504), 'server', true],
    ['a page of a gateway, 502', page(502, '<html>Bad Gateway</html>'), 'server', false],
    ['a page of a gateway, 503', page(503, '<html>Unavailable</html>'), 'server', false],
    ['a page of a gateway, 504', page(504, '<html>Timeout</html>'), 'server', false],
    ['an empty 502', page(502, undefined), 'server', false],
    ['stream event, server', streamEvent({ code: 'server_error' }), 'server', false],
    ['stream event, limit', streamEvent({ code: 'rate_limit_exceeded' }), 'try-again', false],
    ['stream event, refusal', streamEvent({ code: 'moderation_blocked' }), 'refused', false],
    ['stream event, request', streamEvent({ type: 'image_generation_user_error' }), 'rejected', false],
    ['refused connection', fetchFailed('ECONNREFUSED'), 'connection', false],
    ['unknown host', fetchFailed('ENOTFOUND'), 'connection', false],
    ['reset connection', fetchFailed('ECONNRESET'), 'connection', true],
    ['cut body', new TypeError('terminated'), 'connection', true],
    ['a DOMException', new DOMException('The operation timed out', 'TimeoutError'), 'connection', true],
    ['malformed JSON', new SyntaxError('Unexpected token'), 'bad-answer', true],
    ['a useless answer', new BadAnswer('no-picture'), 'bad-answer', true],
    ['no Error at all', 'boom', 'connection', true],
  ])('%s', (_, thrown, kind, maybePaid) => {
    expect(classifyError(thrown)).toMatchObject({ kind, maybePaid });
  });

  test('the provider’s sentence is kept for the owners, short and without secrets', () => {
    expect(classifyError(answer(403, { message: VERIFY })).words).toBe(VERIFY);
    expect(classifyError(answer(503)).words).toBeNull();
    const key = 'Incorrect API key provided: sk-proj-1234****abcd.\nYou can find it <here>.';
    expect(classifyError(answer(401, { message: key })).words).toBe(
      'Incorrect API key provided: […]. You can find it <here>.',
    );
    const { words } = classifyError(answer(400, { message: `${'a '.repeat(300)}${'Z'.repeat(90)}` }));
    expect(words).toHaveLength(240);
    const echo = `bad image data:image/png;base64,${'iVBORw0KGgo'.repeat(20)} at https://me:pass@proxy.test/x`;
    expect(classifyError(answer(400, { message: echo })).words).not.toMatch(/iVBORw|pass@/);
  });

  test('the provider’s word and request id are kept for the journal', () => {
    expect(classifyError(answer(500, { code: 'server_error' }, { 'x-request-id': 'req_1' }))).toMatchObject({
      code: 'server_error',
      requestId: 'req_1',
    });
    expect(classifyError(answer(503)).code).toBe('http-503');
    expect(classifyError(fetchFailed('ECONNRESET')).code).toBe('ECONNRESET');
  });
});

describe('Retry-After', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '-1' }, 0],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
  ])('%j is %s ms', (headers: Record<string, string>, expected) => {
    expect(parseRetryAfter(new Headers(headers))).toBe(expected);
  });
});

describe('verdicts', () => {
  const verdict = (thrown: unknown) => verdictOf(new ProviderFailure(classifyError(thrown), thrown));

  test.each([
    ['a refusal', answer(400, { code: 'moderation_blocked' }), false, 'fine'],
    ['a bad key', answer(401), false, 'fine'],
    ['no money', answer(429, { code: 'insufficient_quota' }), false, 'fine'],
    ['a rate limit', answer(429), true, 'fine'],
    ['a conflict', answer(409), true, 'fine'],
    ['an outage', answer(500), true, 'broken'],
    ['a cut body', new TypeError('terminated'), true, 'broken'],
    ['a useless answer', new BadAnswer('no-picture'), true, 'broken'],
  ])('%s', (_, thrown, retry, health) => {
    expect(verdict(thrown)).toMatchObject({ retry, health });
  });

  test('an error that is no provider’s says nothing of one', () => {
    expect(verdictOf(new Error('database away'))).toMatchObject({ retry: false, health: 'unknown' });
    expect(verdictOf(new ProviderFailure(interrupted('cancelled'), null))).toMatchObject({
      retry: false,
      health: 'unknown',
    });
  });
});

test('a failure’s message holds a word of the provider’s, and none of its sentences', () => {
  const thrown = answer(401, {
    code: 'invalid_api_key',
    message: 'Incorrect API key provided: sk-live-1234.',
  });
  expect(new ProviderFailure(classifyError(thrown), thrown).message).toBe('key: invalid_api_key');
});
