/** A question with photos is byte for byte the JSON that the SDK would have made of it. */
import { expect, test } from 'vitest';
import { encodeJson, PhotoInQuestion } from '../../../src/ai/json-with-photos.ts';

const asAddress = (jpeg: Uint8Array) => `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;

test.each([0, 1, 2, 3, 255, 70_000])(
  'A photo of %i bytes stands in its question as a data address',
  (length) => {
    const jpeg = Uint8Array.from({ length }, (_, at) => (at * 31) % 256);
    const question = (address: unknown) => ({ input: [{ text: 'Tasse „Œuvre“ ☕ \\ "' }, { url: address }] });
    expect(encodeJson(question(new PhotoInQuestion(jpeg))).toString()).toBe(
      JSON.stringify(question(asAddress(jpeg))),
    );
  },
);

test('Several photos come in their order, each from its own part of a larger memory', () => {
  const memory = Uint8Array.from({ length: 300 }, (_, at) => at % 251);
  const jpegs = [memory.subarray(0, 100), memory.subarray(100, 101), memory.subarray(101)];
  const question = (address: (jpeg: Uint8Array) => unknown) => ({ photos: jpegs.map(address), end: 'ü' });
  expect(encodeJson(question((jpeg) => new PhotoInQuestion(jpeg))).toString()).toBe(
    JSON.stringify(question(asAddress)),
  );
});

test('A question without photos is JSON as ever', () => {
  const question = { model: 'm', input: [{ type: 'text', text: 'a mug' }], left: undefined };
  expect(encodeJson(question).toString()).toBe(JSON.stringify(question));
});
