/** Endpoints that call themselves compatible: what each answers, and that a picture in it is taken and bought once. */
import { describe, expect, test } from 'vitest';
import type { AiEndpoint } from '../../../src/config.ts';
import { JPEG, makeAi } from './make-ai.ts';
import {
  completedEvent,
  failed,
  hang,
  IMAGE_USAGE,
  json,
  type Received,
  type Step,
  startScriptedOpenAi,
  streamed,
  WEBP,
} from './scripted-openai.ts';

const B64 = WEBP.toString('base64');
const DATA_ADDRESS = `data:image/webp;base64,${B64}`;
const chat = (message: object, choice: object = {}) =>
  json({
    choices: [
      { finish_reason: 'stop', message: { role: 'assistant', content: null, ...message }, ...choice },
    ],
    usage: { prompt_tokens: 900, completion_tokens: 1290 },
  });
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const bytes: Step = (response) => response.end(WEBP);
/** An address on the server itself, which it does not know before it listens. */
const onServer = (answer: (address: string) => Step): Step => {
  return (response, received) => answer(`http://${received.headers.host}/v1/made.webp`)(response, received);
};

async function setScene(steps: Step | Step[], endpoint: Partial<AiEndpoint> = {}, made: Step = bytes) {
  const server = await startScriptedOpenAi({
    '/images/edits': steps,
    '/chat/completions': steps,
    '/made.webp': made,
  });
  const scene = makeAi([{ ...server.endpoint, ...endpoint }], { imageModels: ['gpt-image-2'] });
  const make = (signal = new AbortController().signal) =>
    scene.ai.makePicture({
      photos: [JPEG],
      before: null,
      style: { title: 'Linen', prompt: 'Linen cloth, morning light.', origin: 'house' },
      ratio: '3:4',
      size: 'usual',
      productName: 'Mug',
      caption: null,
      photoshootId: 1,
      pictureId: 1,
      userId: 12345,
      signal,
    });
  const asked = () => server.received.filter(({ path }) => path !== '/made.webp');
  return { ...scene, server, make, asked };
}

const CHAT = { api: 'chat', takes: ['modalities', 'image_config'] } as const;

describe('a picture is found', () => {
  test.each<[what: string, step: Step, endpoint?: Partial<AiEndpoint>]>([
    ['in JSON, as base64, in answer to a stream request', json({ data: [{ b64_json: B64 }] })],
    ['in JSON, as a data address', json({ data: [{ b64_json: DATA_ADDRESS }] })],
    ['in JSON, as an address', onServer((url) => json({ data: [{ url }] }))],
    ['in a stream, as an address', onServer((url) => streamed(event({ type: 'image_edit.completed', url })))],
    ['in a stream of other names', streamed(event({ type: 'image_generation.completed', b64_json: B64 }))],
    ['in a stream without names', streamed(event({ data: [{ b64_json: B64 }] }), 'data: [DONE]\n\n')],
    ['in a stream that was not asked for', streamed(completedEvent()), { takes: [] }],
    ['in a chat’s images', chat({ images: [{ type: 'image_url', image_url: { url: DATA_ADDRESS } }] }), CHAT],
    [
      'in a chat’s images, as an address',
      onServer((url) => chat({ images: [{ image_url: { url } }] })),
      CHAT,
    ],
    [
      'among a chat’s parts',
      chat({ content: [{ type: 'text', text: 'Here' }, { image_url: DATA_ADDRESS }] }),
      CHAT,
    ],
    ['in a chat’s text', chat({ content: `Here you are: ![mug](${DATA_ADDRESS})` }), CHAT],
    ['at an address in a chat’s text', onServer((url) => chat({ content: `![mug](${url})` })), CHAT],
  ])('%s', async (_, step, endpoint) => {
    const { make, rows, asked } = await setScene(step, endpoint);
    await expect(make()).resolves.toMatchObject({ picture: WEBP, model: 'gpt-image-2' });
    expect(rows.map(({ state }) => state)).toEqual(['succeeded']);
    expect(asked()).toHaveLength(1);
  });

  test('and its usage is read from whichever form it has', async () => {
    const images = await setScene(json({ data: [{ b64_json: B64 }], usage: IMAGE_USAGE, size: '1024x1024' }));
    await expect(images.make()).resolves.toMatchObject({
      width: 1024,
      usage: { inputTextTokens: 400, inputImageTokens: 1200, outputTokens: 1800 },
    });
    const talk = await setScene(chat({ images: [{ image_url: { url: DATA_ADDRESS } }] }), CHAT);
    await expect(talk.make()).resolves.toMatchObject({ usage: { inputTextTokens: 900, outputTokens: 1290 } });
  });

  test('at an address without our key going there', async () => {
    const { make, server } = await setScene(onServer((url) => json({ data: [{ url }] })));
    await make();
    const fetched = server.received.find(({ path }) => path === '/made.webp');
    expect(fetched?.headers.authorization).toBeUndefined();
  });
});

describe('a picture at an address', () => {
  const address = onServer((url) => json({ data: [{ url }] }));

  test('is not waited for when the caller gives up', async () => {
    const controller = new AbortController();
    const { make, server } = await setScene(address, {}, (...call) => {
      hang(...call);
      controller.abort();
    });
    await expect(make(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await server.disconnected;
  });

  test.each<[string, Step]>([
    ['goes on without end', endless],
    ['is none', (response) => response.end('<html>')],
    ['is not there', (response) => response.writeHead(404).end()],
  ])('that %s is paid for twice at the most', async (_, made) => {
    const { make, asked } = await setScene(address, {}, made);
    await expect(make()).rejects.toMatchObject({ details: { reason: 'bad-answer' } });
    expect(asked()).toHaveLength(2);
  });

  test('of another server is fetched over https only', async () => {
    const { make, server } = await setScene(json({ data: [{ url: 'http://169.254.169.254/latest' }] }));
    await expect(make()).rejects.toMatchObject({ details: { code: 'malformed' } });
    expect(server.received.every(({ path }) => path === '/images/edits')).toBe(true);
  });
});

describe('an answer without a picture', () => {
  test.each<[what: string, step: Step, endpoint: Partial<AiEndpoint>, words: string]>([
    ['of no known form', json({ result: 'done' }), {}, ''],
    ['that is empty', json({ data: [] }), {}, ''],
    ['in words', chat({ content: 'Which mug do you mean?' }), CHAT, 'Which mug do you mean?'],
  ])('%s is bought once, and ends the order with the model’s words', async (_, step, endpoint, words) => {
    const { make, rows } = await setScene(step, endpoint);
    await expect(make()).rejects.toMatchObject({
      code: 'provider-rejected',
      details: { code: 'answer-without-picture', words },
    });
    // It may have been billed.
    expect(rows.map(({ state }) => state)).toEqual(['unknown']);
  });

  test.each<[what: string, step: Step]>([
    ['by its end', chat({ content: '' }, { finish_reason: 'content_filter' })],
    ['by its maker’s own end', chat({ content: '' }, { native_finish_reason: 'IMAGE_SAFETY' })],
    ['in so many words', chat({ refusal: 'I cannot help with that.' })],
    ['by an error with status 200', json({ error: { code: 400, message: 'Blocked by our safety system' } })],
  ])('that refuses %s is a refusal', async (_, step) => {
    const { make } = await setScene(step, CHAT);
    await expect(make()).rejects.toMatchObject({ code: 'provider-refused' });
  });

  test('that reports an outage with status 200 is one', async () => {
    const outage = json({ error: { code: 502, message: 'Upstream' } });
    const { make, rows } = await setScene([outage, json({ data: [{ b64_json: B64 }] })]);
    await expect(make()).resolves.toMatchObject({ picture: WEBP });
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });
});

describe('what is asked', () => {
  const fieldsOf = ({ body }: Received) => [...body.matchAll(/name="(\w+)"/g)].map((match) => match[1] ?? '');

  test('of an endpoint that takes little holds nothing that it would refuse', async () => {
    const refusing: Step = (response, received) => {
      const extra = fieldsOf(received).filter((name) => !['model', 'prompt', 'image', 'size'].includes(name));
      const answer =
        extra.length === 0 ? json({ data: [{ b64_json: B64 }] }) : failed(400, { message: extra.join() });
      answer(response, received);
    };
    const { make } = await setScene(refusing, { takes: [] });
    await expect(make()).resolves.toMatchObject({ picture: WEBP });
  });

  test('of a chat are the photos and the shape, from nobody where it is not to know', async () => {
    const { make, asked } = await setScene(chat({ images: [{ image_url: { url: DATA_ADDRESS } }] }), CHAT);
    await make();
    const body = JSON.parse(asked()[0]?.body ?? '');
    expect(body).toMatchObject({
      model: 'gpt-image-2',
      modalities: ['image', 'text'],
      image_config: { aspect_ratio: '3:4' },
      messages: [{ content: [{ type: 'text' }, { type: 'image_url' }] }],
    });
    expect(body).not.toHaveProperty('safety_identifier');
    expect(body).not.toHaveProperty('stream');
  });
});

/** A body that never ends, and stops when nobody takes it any more. */
function endless(...[response]: Parameters<Step>): void {
  const block = Buffer.alloc(1024 * 1024, 'a');
  const more = () => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
}
