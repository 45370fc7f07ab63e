import { expect, test } from 'vitest';
import { JPEG, makeAi } from './make-ai.ts';
import {
  completedEvent,
  cut,
  failed,
  hang,
  json,
  page,
  partialEvent,
  type Step,
  startScriptedOpenAi,
  streamed,
} from './scripted-openai.ts';

const PICTURES = 'openai/gpt-image-2';
const models = json({ object: 'list', data: [] });
const signal = new AbortController().signal;

/** An AI whose circuit for pictures opens with the first failure, and stays so for an hour. */
async function setScene(script: { edits: Step[]; models: Step[] }) {
  const server = await startScriptedOpenAi({ '/images/edits': script.edits, '/models': script.models });
  const { ai } = makeAi([server.endpoint], {
    settings: {
      retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
      circuit: { failureThreshold: 1, resetTimeoutMs: 3_600_000 },
    },
  });
  const make = () =>
    ai.makePicture({
      photos: [JPEG],
      before: null,
      style: { title: 'Plain', prompt: 'A plain ground.', origin: 'house' },
      ratio: '1:1',
      size: 'usual',
      productName: 'Mug',
      caption: null,
      photoshootId: 1,
      pictureId: 1,
      userId: 1,
      signal,
    });
  return { ai, make };
}

test.each<[what: string, step: Step]>([
  ['a gateway’s page', page(503)],
  ['a page that is called an answer', page(200)],
  ['an outage of the API’s own', failed(500, { code: 'server_error' })],
  ['silence', hang],
])('%s in place of the models means that nobody is there', async (_, away) => {
  const { ai, make } = await setScene({
    edits: [page(502), streamed(completedEvent())],
    models: [away, models],
  });
  await expect(make()).rejects.toMatchObject({ code: 'provider-unavailable' });
  expect(await ai.probe(signal)).toBe(false);
  await expect(make()).rejects.toMatchObject({ details: { reason: 'circuit-open' } });
  expect(await ai.probe(signal)).toBe(true);
  await expect(make()).resolves.toMatchObject({ model: 'gpt-image-2' });
  expect(ai.state()).toContainEqual({ endpoint: PICTURES, circuit: 'closed', probeInMs: null });
});

test('a refused key is an answer', async () => {
  const { ai, make } = await setScene({ edits: [page(502)], models: [failed(401, { code: 'bad' })] });
  await expect(make()).rejects.toMatchObject({ code: 'provider-unavailable' });
  expect(await ai.probe(signal)).toBe(true);
});

test('a picture that was lost on its way is not bought again because the list of models is there', async () => {
  const { ai, make } = await setScene({ edits: [cut(partialEvent())], models: [models] });
  await expect(make()).rejects.toMatchObject({ code: 'provider-unavailable' });
  expect(await ai.probe(signal)).toBe(false);
});

test('what an open circuit refuses tells the word of the failure that opened it, and whose it was', async () => {
  const { make } = await setScene({ edits: [failed(503, { code: 'overloaded' })], models: [models] });
  await expect(make()).rejects.toMatchObject({ details: { reason: 'server', code: 'overloaded' } });
  await expect(make()).rejects.toMatchObject({
    details: { reason: 'circuit-open', code: 'overloaded', model: PICTURES },
  });
});
