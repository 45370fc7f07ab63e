import { describe, expect, test } from 'vitest';
import type { LabelsRequest } from '../../../src/ai/read-labels.ts';
import { JPEG, makeAi } from './make-ai.ts';
import { answered, type Step, startScriptedOpenAi } from './scripted-openai.ts';

const PHOTO = Buffer.concat([JPEG, Buffer.from('photo')]);
const PICTURE = Buffer.concat([JPEG, Buffer.from('picture')]);

async function setScene(steps: Step | Step[]) {
  const server = await startScriptedOpenAi({ '/responses': steps });
  const scene = makeAi([server.endpoint]);
  const { readLabels } = scene.ai;
  if (readLabels === null) throw new Error('a model looks at photos');
  const read = (request: Partial<LabelsRequest> = {}) =>
    readLabels({
      photos: [PHOTO],
      picture: PICTURE,
      photoshootId: 7,
      pictureId: 3,
      userId: 12345,
      signal: new AbortController().signal,
      ...request,
    });
  return { ...scene, server, read };
}

const seen = (text: string) => ({ hasText: true, lines: [{ text, sure: true }] });
const answer = (...texts: string[]) => answered(JSON.stringify({ images: texts.map(seen) }));

describe('reading labels', () => {
  test('tells what stands in the photo and in the picture, wherever the picture was, and what it cost', async () => {
    const { read, rows, server } = await setScene([answer('one', 'two'), answer('one', 'two')]);
    // By the id of the picture its place is another one, so that the model cannot know which it is.
    const last = await read({ pictureId: 3 });
    expect(last.value).toEqual({ photos: [seen('one')], picture: seen('two') });
    const first = await read({ pictureId: 4 });
    expect(first.value).toEqual({ photos: [seen('two')], picture: seen('one') });
    expect(rows).toMatchObject([
      {
        purpose: 'label',
        photoshootId: 7,
        pictureId: 3,
        state: 'succeeded',
        costMicroUsd: last.costMicroUsd,
      },
      { purpose: 'label', photoshootId: 7, pictureId: 4, state: 'succeeded' },
    ]);
    expect(last.costMicroUsd).toBeGreaterThan(0);
    const [one = '', other = ''] = server.received.map((body) => JSON.stringify(body));
    const place = (body: string, bytes: Buffer) => body.indexOf(bytes.toString('base64'));
    expect(place(one, PHOTO)).toBeLessThan(place(one, PICTURE));
    expect(place(other, PICTURE)).toBeLessThan(place(other, PHOTO));
  });

  test('asks what is there, image by image and closely, and for no comparison', async () => {
    const { read, server } = await setScene(answer('one', 'two'));
    await read();
    const body = JSON.stringify(server.received[0]);
    expect(body).toContain('as if there were no other');
    expect(body).toContain('"detail":"high"');
    expect(body).not.toMatch(/compare|differ|generated|original/i);
  });

  test.each([
    ['malformed', answered('{"images": 1}')],
    ['about too few images', answer('one')],
    ['endless', answer('one', 'x'.repeat(201))],
  ])('gives nothing for an answer that is %s', async (_, step) => {
    const { read, rows } = await setScene(step);
    expect((await read()).value).toBeNull();
    expect(rows).toMatchObject([{ code: 'useless', state: 'succeeded' }]);
  });
});
