import { describe, expect, test } from 'vitest';
import { JPEG, makeAi } from './make-ai.ts';
import { failed, json, moderated, page, type Step, startScriptedOpenAi } from './scripted-openai.ts';

async function setScene(steps: Step | Step[], options: Parameters<typeof makeAi>[1] = {}) {
  const server = await startScriptedOpenAi({ '/moderations': steps });
  const { ai, rows } = makeAi([server.endpoint], options);
  const moderate = (text: string | null, photos: Uint8Array[], signal = new AbortController().signal) =>
    ai.moderate({ photoshootId: 1, text, photos, signal });
  return { moderate, server, rows };
}

/** Flags the request that has this many parts. */
const flagsPhotoOnly: Step = (response, received) =>
  moderated(...(received.json?.input.length === 1 ? ['violence/graphic'] : []))(response, received);

describe('what is asked', () => {
  test('is one photo a request, the text with the first', async () => {
    const { moderate, server, rows } = await setScene(moderated());
    await expect(moderate('a mug', [JPEG, JPEG, JPEG])).resolves.toEqual({ allowed: true });

    const kinds = server.received.map(({ json }) => json?.input.map(({ type }) => type) ?? []);
    expect(kinds.toSorted((a, b) => b.length - a.length)).toEqual([
      ['text', 'image_url'],
      ['image_url'],
      ['image_url'],
    ]);
    expect(server.received[0]?.json?.model).toBe('omni-moderation-latest');
    expect(rows).toEqual([]);
  });

  test('is nothing when there is nothing to look at', async () => {
    const { moderate, server } = await setScene(moderated());
    await expect(moderate(' ', [])).resolves.toEqual({ allowed: true });
    expect(server.received).toEqual([]);
  });
});

describe('a flagged part', () => {
  test.each([
    [['sexual/minors', 'violence'], 'sexual'],
    [['violence/graphic'], 'violence'],
    [['harassment'], 'hate'],
    [['self-harm/intent'], 'self-harm'],
    [['illicit/violent'], 'illicit'],
    [['something-new'], 'other'],
  ])('%j is refused as %s', async (flagged, reason) => {
    const { moderate } = await setScene(moderated(...flagged));
    await expect(moderate('words', [])).resolves.toEqual({ allowed: false, reason });
  });

  test('refuses the whole, also when another part could not be asked about', async () => {
    const { moderate } = await setScene(flagsPhotoOnly);
    await expect(moderate('words', [JPEG, JPEG])).resolves.toEqual({ allowed: false, reason: 'violence' });

    const half = await setScene((response, received) =>
      (received.json?.input.length === 1 ? moderated('sexual') : failed(400, { code: 'invalid_image' }))(
        response,
        received,
      ),
    );
    await expect(half.moderate('words', [JPEG, JPEG])).resolves.toEqual({ allowed: false, reason: 'sexual' });
  });

  test.each([[{}], [[]], [null], ['none'], [undefined]])(
    'without a category that can be read (%j) is refused all the same, and one that is not flagged is allowed',
    async (categories) => {
      const flagged = await setScene(json({ results: [{ flagged: true, categories }] }));
      await expect(flagged.moderate('words', [])).resolves.toEqual({ allowed: false, reason: 'other' });
      const fine = await setScene(json({ results: [{ flagged: false, categories }] }));
      await expect(fine.moderate('words', [])).resolves.toEqual({ allowed: true });
    },
  );
});

describe('without an answer nothing is allowed', () => {
  test.each<[string, Step, string]>([
    ['an outage', failed(500, { code: 'server_error' }), 'provider-unavailable'],
    ['a page of a proxy', page(200), 'provider-unavailable'],
    ['no results', json({ results: [] }), 'provider-unavailable'],
    ['results of another form', json({ results: [{ safe: true }] }), 'provider-unavailable'],
    ['a request it will not take', failed(400, { code: 'invalid_image' }), 'provider-rejected'],
    ['a bad key', failed(401, { code: 'invalid_api_key' }), 'provider-paused'],
  ])('%s', async (_, step, code) => {
    const { moderate } = await setScene(step);
    await expect(moderate('words', [JPEG])).rejects.toMatchObject({ code });
  });

  test('for one of several photos', async () => {
    const { moderate } = await setScene([moderated(), failed(400, { code: 'invalid_image' }), moderated()]);
    await expect(moderate(null, [JPEG, JPEG, JPEG])).rejects.toMatchObject({ code: 'provider-rejected' });
  });

  test('but where the owner has turned it off', async () => {
    const { moderate, server } = await setScene(flagsPhotoOnly, { moderationModel: null });
    await expect(moderate('words', [JPEG])).resolves.toEqual({ allowed: true });
    expect(server.received).toEqual([]);
  });

  test('because the caller gave up', async () => {
    const controller = new AbortController();
    const { moderate } = await setScene(() => controller.abort());
    await expect(moderate('words', [JPEG], controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
