/** What is written as multipart is what Node's own reader of forms finds in it. */
import { expect, test } from 'vitest';
import { encodeMultipart } from '../../src/multipart.ts';

const read = ({ contentType, bytes }: ReturnType<typeof encodeMultipart>) =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();

test('Fields and files come in their order, bit for bit, several of one name as well', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7) % 256);
  const photo = (filename: string, content: Uint8Array) => ({
    name: 'image[]',
    filename,
    contentType: 'image/jpeg',
    bytes: content,
  });
  const form = await read(
    encodeMultipart([
      { name: 'prompt', value: 'Œuvre ☕\r\n--not a boundary\r\n' },
      photo('photo-1.jpg', bytes.subarray(0, 60_000)),
      photo('photo-2.jpg', bytes.subarray(60_000)),
    ]),
  );
  expect(form.get('prompt')).toBe('Œuvre ☕\r\n--not a boundary\r\n');
  const files = form.getAll('image[]').filter((value) => value instanceof File);
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['photo-1.jpg', 'image/jpeg'],
    ['photo-2.jpg', 'image/jpeg'],
  ]);
  const contents = await Promise.all(files.map((file) => file.arrayBuffer()));
  expect(Buffer.concat(contents.map((content) => Buffer.from(content)))).toEqual(Buffer.from(bytes));
});

test('A quote and a line break in a file’s name do not end its header', async () => {
  const file = {
    name: 'document',
    filename: 'a "mug"\r\nx: y.png',
    contentType: 'image/png',
    bytes: Buffer.from('p'),
  };
  const found = (await read(encodeMultipart([file]))).get('document');
  expect(found).toBeInstanceOf(File);
  expect(found instanceof File && found.name).toBe('a "mug"\r\nx: y.png');
});

test('No two bodies have one boundary', () => {
  const boundaries = Array.from({ length: 50 }, () => encodeMultipart([]).contentType);
  expect(new Set(boundaries).size).toBe(50);
});
