import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import type { PictureRequest } from '../../../src/ai/make-picture.ts';
import type { AttemptJournal } from '../../../src/ai/provider.ts';
import type { AiEndpoint } from '../../../src/config.ts';
import { createJournal, JPEG, makeAi } from './make-ai.ts';
import {
  completedEvent,
  cut,
  drip,
  errorEvent,
  failed,
  hang,
  page,
  partialEvent,
  type Step,
  stalled,
  startScriptedOpenAi,
  streamed,
  WEBP,
} from './scripted-openai.ts';
import { NEVER_MS, stopClock } from './stopped-clock.ts';

async function serve(...steps: Step[]) {
  const server = await startScriptedOpenAi({ '/images/edits': steps });
  return server;
}

/** One server, one `ai`, one order; `order` overrides parts of what is asked for. */
async function setScene(steps: Step[], options: Parameters<typeof makeAi>[1] = {}) {
  const server = await serve(...steps);
  const scene = makeAi([server.endpoint], options);
  return {
    ...scene,
    server,
    make: (order: Partial<PictureRequest> = {}) => scene.ai.makePicture(makeOrder(order)),
  };
}

function makeOrder(order: Partial<PictureRequest> = {}): PictureRequest {
  return {
    photos: [JPEG],
    before: null,
    style: { title: 'Linen', prompt: 'Linen cloth, morning light.', origin: 'house' },
    ratio: '3:4',
    size: 'usual',
    productName: 'Blue mug',
    caption: null,
    photoshootId: 7,
    pictureId: 70,
    userId: 12345,
    signal: new AbortController().signal,
    ...order,
  };
}

const finished = streamed(partialEvent(), completedEvent());
/** On a clock of the test's own, see stopped-clock.ts. */
const SILENCE_MS = 30_000;
const DEADLINE_MS = 60_000;
const oneAttempt = { retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 2000 } };

describe('a picture', () => {
  test('comes with its size, usage and cost, and its row is written before the request', async () => {
    const { make, rows, order, server } = await setScene([finished]);
    const partials: Uint8Array[] = [];

    const picture = await make({ onPartial: (decode) => partials.push(decode()) });
    expect(picture).toEqual({
      picture: WEBP,
      width: 1152,
      height: 1536,
      size: 'usual',
      asked: { width: 1152, height: 1536 },
      provider: 'openai',
      model: 'gpt-image-2',
      usage: { inputTextTokens: 400, cachedTextTokens: 0, inputImageTokens: 1200, outputTokens: 1800 },
      costMicroUsd: 400 * 5 + 1200 * 8 + 1800 * 30,
    });
    expect(partials).toEqual([WEBP]);
    expect(order).toEqual(['open gpt-image-2', 'settle succeeded']);
    expect(rows).toEqual([
      {
        purpose: 'picture',
        photoshootId: 7,
        pictureId: 70,
        provider: 'openai',
        model: 'gpt-image-2',
        state: 'succeeded',
        code: null,
        usage: picture.usage,
        costMicroUsd: picture.costMicroUsd,
        durationMs: expect.any(Number),
        requestId: 'req_stream',
      },
    ]);
    expect(server.received).toHaveLength(1);
  });

  const sizesOf = (server: { received: readonly { body: string }[] }) =>
    server.received.map(({ body }) =>
      /name="model"\r\n\r\n([^\r]*)[\s\S]*name="size"\r\n\r\n([^\r]*)/.exec(body)?.slice(1),
    );

  test('that is large is made by a model for which that is sure, wherever it stands in the chain', async () => {
    const { make, server } = await setScene([finished], { imageModels: ['gpt-image-1-mini', 'gpt-image-2'] });
    expect(await make({ size: 'large' })).toMatchObject({
      model: 'gpt-image-2',
      size: 'large',
      asked: { width: 1632, height: 2176 },
    });
    expect(sizesOf(server)).toEqual([['gpt-image-2', '1632x2176']]);
  });

  test('that is large comes in the usual size where the only model that makes large ones is away', async () => {
    const { make, server } = await setScene([failed(500, { message: 'down' }), finished], {
      imageModels: ['gpt-image-2', 'gpt-image-1-mini'],
      settings: oneAttempt,
    });
    expect(await make({ size: 'large' })).toMatchObject({ model: 'gpt-image-1-mini', size: 'usual' });
    expect(sizesOf(server)).toEqual([
      ['gpt-image-2', '1632x2176'],
      ['gpt-image-1-mini', '1024x1536'],
    ]);
  });

  test('that is large comes in the usual size from an endpoint that turns the size away', async () => {
    const { make, server, rows } = await setScene([
      failed(400, { message: 'Invalid size.', code: 'invalid_value' }),
      finished,
    ]);
    expect(await make({ size: 'large' })).toMatchObject({ model: 'gpt-image-2', size: 'usual' });
    expect(sizesOf(server)).toEqual([
      ['gpt-image-2', '1632x2176'],
      ['gpt-image-2', '1152x1536'],
    ]);
    expect(rows).toMatchObject([{ state: 'failed', costMicroUsd: 0 }, { state: 'succeeded' }]);
  });

  test('that is a cut-out is asked for on a transparent ground, without the scene before it, of a model that can', async () => {
    const imageModels = ['gpt-image-2', 'gpt-image-2.6-flare'];
    const { make, server } = await setScene([finished], { imageModels });
    const style = { title: 'Cut-out', prompt: 'cut-out', origin: 'cut-out' } as const;
    expect(await make({ style, before: JPEG })).toMatchObject({
      model: 'gpt-image-2.6-flare',
      size: 'usual',
    });
    const body = server.received[0]?.body ?? '';
    expect(body).toMatch(/name="background"\r\n\r\ntransparent/);
    expect(body).toContain('fully transparent background');
    expect(body.match(/filename="photo-/g)).toHaveLength(1);
    // An ordinary picture leaves the ground to the model.
    const scene = await setScene([finished]);
    await scene.make();
    expect(scene.server.received[0]?.body).not.toContain('name="background"');
  });

  test('that is a cut-out is refused without a call where no model makes one any more', async () => {
    const { make, server, rows } = await setScene([finished]);
    const style = { title: 'Cut-out', prompt: 'cut-out', origin: 'cut-out' } as const;
    await expect(make({ style })).rejects.toMatchObject({ code: 'provider-rejected' });
    expect([server.received, rows]).toEqual([[], []]);
  });

  test('is asked for as the model can make it, from a person known by a hash only', async () => {
    const { make, server } = await setScene([finished]);
    await make({ photos: [JPEG, JPEG] });

    const body = server.received[0]?.body ?? '';
    const field = (name: string) => new RegExp(`name="${name}"\r\n\r\n([^\r]*)`).exec(body)?.[1];
    expect(field('model')).toBe('gpt-image-2');
    expect(field('size')).toBe('1152x1536');
    expect(field('output_format')).toBe('webp');
    expect(field('stream')).toBe('true');
    expect(field('partial_images')).toBe('1');
    expect(field('input_fidelity')).toBeUndefined();
    expect(field('safety_identifier')).toMatch(/^[0-9a-f]{64}$/);
    expect(body).not.toContain('12345');
    expect(body.match(/filename="photo-\d\.jpg"\r\nContent-Type: image\/jpeg/g)).toHaveLength(2);
  });

  test('is asked for as JPEG where its owner wants it, but for what is to be transparent', async () => {
    const imageModels = ['gpt-image-2.6-flare'];
    const { make, server } = await setScene([finished, finished], { imageModels, imageFormat: 'jpeg' });
    await make();
    await make({ style: { title: 'Cut-out', prompt: 'cut-out', origin: 'cut-out' } });
    const [scene, cutOut] = server.received.map(({ body }) => body);
    expect(scene).toMatch(/name="output_format"\r\n\r\njpeg/);
    expect(scene).toMatch(/name="output_compression"\r\n\r\n95/);
    expect(cutOut).toMatch(/name="output_format"\r\n\r\nwebp/);
    expect(cutOut).not.toContain('output_compression');
  });

  test('that begins with another is asked for with the photos and that one, in this order', async () => {
    const { make, server } = await setScene([finished]);
    const style = { title: 'My change', prompt: 'darker table', origin: 'correction' } as const;
    await make({ photos: [JPEG], before: WEBP, style });
    const body = server.received[0]?.body ?? '';
    expect(body.match(/filename="photo-\d\.jpg"/g)).toEqual([
      'filename="photo-1.jpg"',
      'filename="photo-2.jpg"',
    ]);
    expect(body).toContain('The last attached image is none of these photos');
    expect(body).toContain('change: "darker table"');
  });

  test('does not fail because showing an unfinished one did', async () => {
    const { make } = await setScene([finished]);
    const onPartial = () => {
      throw new Error('the chat is gone');
    };
    await expect(make({ onPartial })).resolves.toMatchObject({ width: 1152 });
  });

  test('is handed over even if its row cannot be settled', async () => {
    const server = await serve(finished);
    const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
    let isAway = true;
    const { ai } = makeAi([server.endpoint], {
      journal: {
        open: async () => 1,
        settle: async () => (isAway ? Promise.reject(new Error('database away')) : settle()),
      },
    });
    await expect(ai.makePicture(makeOrder())).resolves.toMatchObject({ provider: 'openai' });
    // What is tried again beside the work would set its timers on the played clocks of the tests that follow.
    isAway = false;
    await settled;
  });

  test.each([
    ['made', finished, 'succeeded'],
    ['refused by a gateway', page(502), 'failed'],
  ] as const)(
    'that was %s while the journal was away has its row settled when it is back',
    async (_, step, state) => {
      const server = await serve(step, finished);
      const { journal, rows } = createJournal();
      let away = 3;
      const settle: AttemptJournal['settle'] = async (id, outcome) => {
        if (id === 0 && away-- > 0) throw new Error('database away');
        return journal.settle(id, outcome);
      };
      const { ai } = makeAi([server.endpoint], { journal: { ...journal, settle } });
      await expect(ai.makePicture(makeOrder())).resolves.toMatchObject({ provider: 'openai' });
      await vi.waitFor(() => expect(rows[0]).toMatchObject({ state, costMicroUsd: expect.any(Number) }), {
        timeout: 30_000,
      });
    },
  );

  test('waits for no journal that hangs; the end of the process does, a little', async () => {
    const server = await serve(finished);
    const { journal, rows } = createJournal();
    const back = Promise.withResolvers<void>();
    const settle: AttemptJournal['settle'] = async (id, outcome) => {
      await back.promise;
      return journal.settle(id, outcome);
    };
    const { ai } = makeAi([server.endpoint], { journal: { ...journal, settle } });
    await expect(ai.makePicture(makeOrder())).resolves.toMatchObject({ provider: 'openai' });
    expect(rows[0]).not.toHaveProperty('state');
    back.resolve();
    await ai.close();
    expect(rows[0]).toMatchObject({ state: 'succeeded' });
  });

  test('is not begun when its row cannot be written', async () => {
    const server = await serve(finished);
    const { ai, policies } = makeAi([server.endpoint], {
      journal: { open: () => Promise.reject(new Error('database away')), settle: async () => {} },
    });
    await expect(ai.makePicture(makeOrder())).rejects.toThrow('database away');
    expect(server.received).toHaveLength(0);
    expect(policies.state('openai/gpt-image-2').circuit).toBe('closed');
  });
});

describe('a fault that passes', () => {
  test.each<[string, Step, 'failed' | 'unknown', string]>([
    ['500', failed(500, { code: 'server_error' }), 'failed', 'server_error'],
    ['502 of the API’s own', failed(502, { code: 'bad_gateway' }), 'unknown', 'bad_gateway'],
    ['a gateway’s page with 502', page(502), 'failed', 'http-502'],
    ['a gateway’s page with 503', page(503), 'failed', 'http-503'],
    ['a gateway’s page with 504', page(504), 'failed', 'http-504'],
    ['409', failed(409, { code: 'conflict' }), 'failed', 'conflict'],
    [
      '429 with Retry-After 0',
      failed(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '0' }),
      'failed',
      'rate_limit_exceeded',
    ],
    ['a cut stream', cut(partialEvent()), 'unknown', 'UND_ERR_SOCKET'],
    ['a stream without its completed event', streamed(partialEvent()), 'unknown', 'no-picture'],
    ['a page with status 200', page(200), 'unknown', 'malformed'],
    ['an answer of the wrong type', page(200, 'application/json'), 'unknown', 'malformed'],
    [
      'a completed event that is no picture',
      streamed(completedEvent(Buffer.from('GIF89a-not-this'))),
      'unknown',
      'not-a-picture',
    ],
    ['malformed JSON in the stream', streamed('data: {"type": nonsense}\n\n'), 'unknown', 'malformed'],
    [
      'an error event',
      streamed(errorEvent({ code: 'server_error', type: 'server_error' })),
      'failed',
      'server_error',
    ],
  ])('%s is followed by another attempt', async (_, fault, state, code) => {
    const { make, rows, order } = await setScene([fault, finished]);

    await expect(make()).resolves.toMatchObject({ model: 'gpt-image-2' });
    expect(order).toEqual(['open gpt-image-2', `settle ${state}`, 'open gpt-image-2', 'settle succeeded']);
    expect(rows[0]).toMatchObject({ state, code, usage: null });
    // Money is counted for what may have been billed, and only for that.
    if (state === 'failed') expect(rows[0]?.costMicroUsd).toBe(0);
    else expect(rows[0]?.costMicroUsd).toBeGreaterThan(50_000);
  });

  test('an answer without end is cut off at its cap', async () => {
    const endless: Step = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const block = Buffer.alloc(1024 * 1024, 'a');
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.write('data: ');
      response.on('drain', more);
      more();
    };
    const { make, rows, server } = await setScene([endless, finished]);

    await expect(make()).resolves.toMatchObject({ model: 'gpt-image-2' });
    expect(rows[0]).toMatchObject({ state: 'unknown', code: 'too-large' });
    await server.disconnected;
  });

  test('obeys a Retry-After date that has passed, and gives up on a wait that is too long', async () => {
    const { make, rows } = await setScene([
      failed(429, { code: 'rate_limit_exceeded' }, { 'retry-after': new Date(0).toUTCString() }),
      failed(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '3600' }),
    ]);
    await expect(make()).rejects.toMatchObject({
      code: 'provider-unavailable',
      details: { reason: 'retry-later', retryAfterMs: 3_600_000 },
    });
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  test('may come twice with any 5xx before it passes', async () => {
    for (const status of [500, 502, 503, 504]) {
      const { make, rows } = await setScene([page(status), page(status), finished]);
      await expect(make()).resolves.toMatchObject({ model: 'gpt-image-2' });
      expect(rows).toHaveLength(3);
    }
  });

  test('that does not pass ends after the allowed attempts', async () => {
    const { make, rows } = await setScene([failed(503, { code: 'overloaded' })]);
    await expect(make()).rejects.toMatchObject({
      code: 'provider-unavailable',
      details: { reason: 'server', retryAfterMs: 30_000 },
    });
    expect(rows).toHaveLength(3);
  });

  test('opens the circuit in the end, and an open circuit costs no attempt', async () => {
    const { make, rows, ai } = await setScene([failed(500, { code: 'server_error' })], {
      settings: oneAttempt,
    });
    for (let order = 0; order < 5; order += 1) await expect(make()).rejects.toThrow();
    expect(ai.state()).toContainEqual(
      expect.objectContaining({ endpoint: 'openai/gpt-image-2', circuit: 'open' }),
    );
    expect(ai.health()).toEqual({
      status: 'degraded',
      facts: { openCircuits: ['openai/gpt-image-2'] },
    });

    await expect(make()).rejects.toMatchObject({
      code: 'provider-unavailable',
      details: { reason: 'circuit-open', retryAfterMs: expect.any(Number) },
    });
    expect(rows).toHaveLength(5);
  });
});

describe('silence', () => {
  test.each<[string, Step]>([
    ['before the headers', hang],
    ['after the headers', stalled()],
    ['after an unfinished picture', stalled(partialEvent())],
    ['of bytes that make no event', drip],
  ])('%s ends the attempt, which is repeated once and counted as paid', async (_, silent) => {
    const clock = stopClock();
    const { make, rows, server } = await setScene([silent], {
      settings: { silenceTimeoutMs: SILENCE_MS },
      imageDeadlineMs: NEVER_MS,
    });

    const failure = make().catch((error: unknown) => error);
    for (const attempt of [0, 1]) {
      await clock.until(() => server.received.length > attempt, 1);
      await clock.until(() => rows[attempt]?.state !== undefined, SILENCE_MS);
    }
    expect(await failure).toMatchObject({ code: 'provider-unavailable', details: { reason: 'timeout' } });
    await server.disconnected;
    expect(rows.map(({ state, code }) => [state, code])).toEqual([
      ['unknown', 'timeout'],
      ['unknown', 'timeout'],
    ]);
    expect(rows[0]?.costMicroUsd).toBeGreaterThan(50_000);
  });

  test.each([
    ['an answer that comes in one piece', { takes: [] }, 'usual'],
    ['a large picture', {}, 'large'],
  ] as const)('of %s is waited for longer', async (_, endpoint, size) => {
    const clock = stopClock();
    const server = await serve(hang);
    const { ai, rows } = makeAi([{ ...server.endpoint, ...endpoint }], {
      settings: { silenceTimeoutMs: 1, longSilenceTimeoutMs: SILENCE_MS, ...oneAttempt },
      imageDeadlineMs: NEVER_MS,
    });
    const failure = ai.makePicture(makeOrder({ size })).catch((error: unknown) => error);
    await clock.until(() => server.received.length === 1, 1);
    expect(rows[0]?.state).toBeUndefined();
    await clock.until(() => rows[0]?.state !== undefined, SILENCE_MS);
    expect(await failure).toMatchObject({ details: { reason: 'timeout' } });
  });

  test('of the whole picture ends at the deadline, whatever the attempts are doing', async () => {
    const clock = stopClock();
    const { make, rows, server } = await setScene([drip], {
      imageDeadlineMs: DEADLINE_MS,
      settings: { silenceTimeoutMs: NEVER_MS },
      imageModels: ['gpt-image-2', 'gpt-image-2.5-flare'],
    });
    const failure = make().catch((error: unknown) => error);
    await clock.until(() => server.received.length === 1, 1);
    await clock.until(() => rows[0]?.state !== undefined, DEADLINE_MS);
    expect(await failure).toMatchObject({
      code: 'provider-unavailable',
      message: 'the deadline has passed',
      details: { reason: 'deadline', retryAfterMs: 30_000 },
    });
    expect(rows.map(({ model, state, code }) => [model, state, code])).toEqual([
      ['gpt-image-2', 'unknown', 'deadline'],
    ]);
  });
});

describe('cancelling', () => {
  test('reaches the socket, and the request that went out counts as paid', async () => {
    const controller = new AbortController();
    const { make, rows, server } = await setScene([stalled(partialEvent())]);
    const onPartial = () => controller.abort();

    await expect(make({ signal: controller.signal, onPartial })).rejects.toMatchObject({ code: 'cancelled' });
    await server.disconnected;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'unknown', code: 'cancelled' });
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test('before the request costs nothing', async () => {
    const controller = new AbortController();
    const server = await serve(finished);
    const settle = vi.fn(async () => {});
    const open = async () => {
      controller.abort();
      return 1;
    };
    const { ai } = makeAi([server.endpoint], { journal: { open, settle } });

    await expect(ai.makePicture(makeOrder({ signal: controller.signal }))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(server.received).toHaveLength(0);
    expect(settle).toHaveBeenCalledWith(1, expect.objectContaining({ state: 'failed', costMicroUsd: 0 }));
  });
});

describe('a refusal', () => {
  test.each([
    ['with its reason', 'Rejected by the safety system. safety_violations=[sexual].', 'sexual'],
    ['without one', 'Rejected by the safety system.', 'other'],
  ])('%s is told, and neither repeated nor taken to the next model', async (_, message, reason) => {
    const { make, rows, policies } = await setScene([failed(400, { code: 'moderation_blocked', message })], {
      imageModels: ['gpt-image-2', 'gpt-image-2.5-flare'],
    });
    await expect(make()).rejects.toMatchObject({ code: 'provider-refused', details: { reason } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'failed', code: 'moderation_blocked', costMicroUsd: 0 });
    expect(policies.state('openai/gpt-image-2').circuit).toBe('closed');
  });
});

describe('the chain', () => {
  const models = ['gpt-image-2.6-sunburst', 'gpt-image-2.6-flare'];

  test.each<[string, Step]>([
    ['a model that is away', failed(503, { code: 'overloaded' })],
    ['a model that is not there', failed(404, { code: 'model_not_found' })],
    ['a request that the model will not take', failed(400, { code: 'invalid_value' })],
    ['a model for verified organisations', failed(403, { code: null, message: 'Verify your organization' })],
  ])('goes on to the next model after %s', async (_, fault) => {
    const { make, rows } = await setScene([fault, finished], { imageModels: models, settings: oneAttempt });

    await expect(make()).resolves.toMatchObject({ model: 'gpt-image-2.6-flare' });
    expect(rows.map(({ model, state }) => [model, state])).toEqual([
      ['gpt-image-2.6-sunburst', 'failed'],
      ['gpt-image-2.6-flare', 'succeeded'],
    ]);
  });

  test('ends when every model rejects the request, with the words of the last', async () => {
    const { make, rows } = await setScene(
      [failed(404, { code: 'model_not_found' }), failed(400, { code: 'invalid_value', message: 'Size?' })],
      { imageModels: models },
    );
    await expect(make()).rejects.toMatchObject({
      code: 'provider-rejected',
      details: { model: `openai/${models[1]}`, code: 'invalid_value', words: 'Size?' },
    });
    expect(rows).toHaveLength(2);
  });

  test('waits for quota rather than end, where another endpoint rejects the request', async () => {
    const poor = await serve(failed(429, { code: 'insufficient_quota', message: 'Top up' }));
    const other = await serve(failed(400, { code: 'invalid_value' }));
    const { ai } = makeAi([poor.endpoint, { ...other.endpoint, name: 'spare' }], {
      imageModels: ['gpt-image-2', 'spare/m'],
    });
    await expect(ai.makePicture(makeOrder())).rejects.toMatchObject({
      code: 'provider-paused',
      details: { reason: 'quota', model: 'openai/gpt-image-2', words: 'Top up' },
    });
  });

  test('pauses when every model is missing', async () => {
    const { make, rows } = await setScene([failed(404, { code: 'model_not_found' })], {
      imageModels: models,
    });
    await expect(make()).rejects.toMatchObject({ code: 'provider-paused', details: { reason: 'model' } });
    expect(rows).toHaveLength(2);
  });

  test.each<[string, Step, string]>([
    ['a bad key', failed(401, { code: 'invalid_api_key' }), 'key'],
    ['no money', failed(429, { code: 'insufficient_quota' }), 'quota'],
  ])('%s pauses the work without asking the endpoint’s other models', async (_, fault, reason) => {
    const { make, rows } = await setScene([fault], { imageModels: models });
    await expect(make()).rejects.toMatchObject({ code: 'provider-paused', details: { reason } });
    expect(rows).toHaveLength(1);
  });

  test('asks another endpoint when the first has no money', async () => {
    const poor = await serve(failed(429, { code: 'insufficient_quota' }));
    const rich = await serve(finished);
    const { ai, rows } = makeAi([poor.endpoint, { ...rich.endpoint, name: 'spare' }], {
      imageModels: ['gpt-image-2', 'gpt-image-2.5-flare', 'spare/some-model'],
    });

    await expect(ai.makePicture(makeOrder())).resolves.toMatchObject({
      provider: 'spare',
      model: 'some-model',
      costMicroUsd: null,
      usage: { outputTokens: 1800 },
    });
    expect(rows.map(({ provider, model }) => `${provider}/${model}`)).toEqual([
      'openai/gpt-image-2',
      'spare/some-model',
    ]);
    expect(rich.received[0]?.body).toMatch(/name="size"\r\n\r\n1024x1536/);
  });

  test('is unavailable, not paused, while one of its models may recover', async () => {
    const poor = await serve(failed(401, { code: 'invalid_api_key' }));
    const ill = await serve(failed(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '90' }));
    const { ai } = makeAi([poor.endpoint, { ...ill.endpoint, name: 'spare' }], {
      imageModels: ['spare/a', 'gpt-image-2'],
    });
    await expect(ai.makePicture(makeOrder())).rejects.toMatchObject({
      code: 'provider-unavailable',
      details: { retryAfterMs: 90_000 },
    });
  });

  test('stops at a full bulkhead: its places are shared by all models', async () => {
    const { make, rows } = await setScene([stalled(), finished], {
      imageModels: models,
      settings: { maxConcurrentRequests: 1 },
    });
    const controller = new AbortController();
    const first = make({ signal: controller.signal });
    await expect(make()).rejects.toMatchObject({
      name: 'AppError',
      code: 'provider-unavailable',
      details: { reason: 'busy', retryAfterMs: 1000 },
    });
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(rows).toHaveLength(1);
  });
});

test('an endpoint that is not there was never paid', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo; // a TCP server has no other kind of address
  closed.close();
  await once(closed, 'close');
  const nobody: AiEndpoint = {
    name: 'openai',
    baseURL: `http://127.0.0.1:${port}/v1`,
    apiKey: 'sk-test',
    api: 'images',
    takes: [],
  };
  const { ai, rows } = makeAi([nobody]);

  await expect(ai.makePicture(makeOrder())).rejects.toMatchObject({
    code: 'provider-unavailable',
    details: { reason: 'connection' },
  });
  expect(rows.map(({ state, code, costMicroUsd }) => [state, code, costMicroUsd])).toEqual(
    Array.from({ length: 3 }, () => ['failed', 'ECONNREFUSED', 0]),
  );
});

test('forty pictures side by side do not mix, and leave no listener behind', async () => {
  const { make, rows } = await setScene([finished]);
  const { signal } = new AbortController();
  const pictures = await Promise.all(
    Array.from({ length: 40 }, (_, pictureId) => make({ pictureId, signal })),
  );
  expect(pictures).toHaveLength(40);
  expect(rows.map(({ pictureId }) => pictureId)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(rows.every(({ state }) => state === 'succeeded')).toBe(true);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
