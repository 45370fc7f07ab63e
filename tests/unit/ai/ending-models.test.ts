import { expect, test } from 'vitest';
import { makeAi } from './make-ai.ts';
import { json, page, type Step, startScriptedOpenAi } from './scripted-openai.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const { signal } = new AbortController();

async function endingModels(models: Step, imageModels: string[], now = NOW) {
  const server = await startScriptedOpenAi({ '/models': models });
  return makeAi([server.endpoint], { imageModels }).ai.endingModels(now, signal);
}
const list = (...data: object[]) => json({ object: 'list', data });

test('a model whose end is listed within thirty days is told of, one that ends later is not', async () => {
  const models = list(
    { id: 'gpt-image-9', shutdown_date: '2026-12-26' },
    { id: 'gpt-image-8', shutdown_date: '2026-12-27' },
    { id: 'gpt-image-7', shutdown_date: null },
    { id: 'not-ours', shutdown_date: '2026-11-27' },
    { id: 'omni-moderation-latest', shutdown_date: '2026-11-01' },
    { id: 'gpt-5.4-mini', shutdown_date: 'soon' },
  );
  expect(await endingModels(models, ['gpt-image-9', 'gpt-image-8', 'gpt-image-7'])).toEqual([
    { model: 'openai/gpt-image-9', endsOn: '2026-12-26' },
    // It has ended.
    { model: 'openai/omni-moderation-latest', endsOn: '2026-11-01' },
  ]);
});

test.each([
  ['is away', page(503)],
  ['says nothing of ends', list({ id: 'gpt-image-1.5' })],
  ['has another form', json(['gpt-image-1.5'])],
])('ends that are known are told of also where the list %s', async (_, models) => {
  expect(await endingModels(models, ['gpt-image-1.5-2025-12-16', 'gpt-image-1-mini', 'gpt-image-2'])).toEqual(
    [
      { model: 'openai/gpt-image-1.5-2025-12-16', endsOn: '2026-12-01' },
      { model: 'openai/gpt-image-1-mini', endsOn: '2026-12-01' },
    ],
  );
});

test('nothing is told of an end that is months away', async () => {
  const early = new Date('2026-09-01T00:00:00Z');
  expect(await endingModels(list(), ['gpt-image-1.5'], early)).toEqual([]);
});
