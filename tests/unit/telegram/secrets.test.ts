import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { createGateway } from '../../../src/telegram/gateway.ts';
import {
  type Behaviour,
  cutBody,
  deadAddress,
  hang,
  page,
  recordingLog,
  refuse,
  reset,
  SECRET,
  startBotApi,
  TOKEN,
} from './bot-api.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const echo = `/bot${TOKEN}/getMe and /bot${encodeURIComponent(TOKEN)}/getMe`;
const failures: [string, Behaviour][] = [
  ['a reset', reset],
  ['a cut body', cutBody],
  ['a hang', hang],
  ['an error page that repeats the address', page(502, `<html>${echo}</html>`)],
  ['a not-found page that repeats the address', page(404, `<html>${echo}</html>`)],
  ['a 500 that repeats the address', refuse(500, echo)],
  ['a refusal that repeats the address', refuse(400, `Bad Request: ${echo}`)],
  ['a “retry after” that repeats the address', refuse(429, echo, { retry_after: 1 })],
];

/** Everything that a person could come to see of a failure: the error in full, and the log. */
async function everythingVisible(apiRoot: string, act: 'call' | 'download'): Promise<string> {
  const { log, lines } = recordingLog();
  const gateway = createGateway({
    token: TOKEN,
    apiRoot,
    log,
    afterFault: { repetitions: 1, firstBackOffMs: 1, longestBackOffMs: 1 },
  });
  closers.push(() => gateway.close());
  const work: Promise<unknown> =
    act === 'call'
      ? gateway.call('getMe', {}, { timeoutMs: 100, maxRetryWaitMs: 10 })
      : gateway.download('photos/file_1.jpg', { maxBytes: 1000, signal: AbortSignal.timeout(300) });
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  log.error({ err: error }, 'it failed');
  log.error({ error }, `it failed: ${String(error)}`);
  return `${inspect(error, { depth: 10, showHidden: true })}\n${JSON.stringify(error)}\n${lines.join('')}`;
}

test.each(failures)('%s shows the token neither in the error nor in the log', async (_name, behaviour) => {
  const api = await startBotApi({ getMe: [behaviour, behaviour, behaviour, behaviour] });
  closers.push(() => api.close());
  api.files.set('photos/file_1.jpg', behaviour);

  for (const act of ['call', 'download'] as const) {
    const visible = await everythingVisible(api.root, act);
    expect(visible).toContain('it failed');
    expect(visible).not.toContain(SECRET);
  }
});

test('an address where nobody answers shows the token neither in the error nor in the log', async () => {
  const visible = await everythingVisible(await deadAddress(), 'call');
  expect(visible).toContain('ECONNREFUSED');
  expect(visible).not.toContain(SECRET);
});
