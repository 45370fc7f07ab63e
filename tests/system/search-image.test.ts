/** Looking for what looks alike, over HTTP: a shop's own photos and pictures by another photo. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { order, picturesOf, sendProduct } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const TOKEN = 'an-owners-token-of-the-tests';
const withToken = { authorization: `Bearer ${TOKEN}` };

const scene = playScene({ ADMIN_API_TOKEN: TOKEN, CACHE_ENABLED: 'true' });

test('a product that is photographed anew is found first by its picture, and another one is not', async () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> };
  const document = (await (await fetch(`${scene.app.url}/api/openapi.json`)).json()) as {
    paths: Record<string, { post?: Operation }>;
  };
  const operation = document.paths['/api/search/image']?.post;
  const schema = operation?.responses['200']?.content?.['application/json']?.schema ?? false;
  const post = async (image: Uint8Array, fields: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('image', new Blob([Buffer.from(image)]), 'photo.jpg');
    return fetch(`${scene.app.url}/api/search/image`, { method: 'POST', headers: withToken, body: form });
  };
  type Found = {
    kind: string;
    distance: number;
    product: string;
    style: string | null;
    thumbnail: string | null;
  };
  const search = async (image: Uint8Array, fields: Record<string, string> = {}) => {
    const answer = await post(image, fields);
    const said = (await answer.json()) as { data: { is_cached: boolean; results: Found[] } };
    expect([answer.status, ajv.validate(schema, said), ajv.errors]).toEqual([200, true, null]);
    return said.data;
  };
  const [mug, jar, bottle] = await Promise.all((['mug', 'jar', 'bottle'] as const).map(sampleProductPhoto));
  if (mug === undefined || jar === undefined || bottle === undefined) throw new Error('a photo is missing');
  const person = seller(scene, 'en');
  await order(person, mug);
  await sendProduct(person, jar);

  const anew = await sharp(mug)
    .extract({ left: 24, top: 32, width: 1152, height: 1536 })
    .resize(700)
    .jpeg({ quality: 60 })
    .toBuffer();
  const { is_cached, results } = await search(anew);
  expect(is_cached).toBe(false);
  expect(results[0]).toMatchObject({ kind: 'photo', product: 'Blue mug', style: null, thumbnail: null });
  expect(results.filter(({ kind }) => kind === 'photo')).toHaveLength(1);
  expect((await search(bottle)).results).toEqual([]);

  // What was made of it is found by itself, and shown small.
  const [picture] = picturesOf(person).map(({ photo }) => photo?.at(-1)?.file_id);
  const file = await fetch(`${scene.sandbox.url}/client/files/${picture}`);
  const made = await search(new Uint8Array(await file.arrayBuffer()), {
    generate_thumbnails: 'true',
    limit: '1',
  });
  expect(made.results).toMatchObject([{ kind: 'picture', product: 'Blue mug', style: expect.any(String) }]);
  const thumbnail = await sharp(Buffer.from(made.results[0]?.thumbnail ?? '', 'base64')).metadata();
  expect([thumbnail.format, Math.max(thumbnail.width, thumbnail.height)]).toEqual(['jpeg', 320]);

  expect((await search(anew)).is_cached).toBe(true);
  expect((await search(anew, { cache_result: 'false' })).is_cached).toBe(false);
  expect((await search(anew, { user_id: '1' })).results).toEqual([]);

  const refused = await post(Buffer.from('no image'));
  expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'image-kind-unsupported' }]);
  expect((await post(Buffer.alloc(21 * 1024 * 1024))).status).toBe(413);
  expect((await post(anew, { limit: '1000' })).status).toBe(400);
  const json = await fetch(`${scene.app.url}/api/search/image`, {
    method: 'POST',
    headers: { ...withToken, 'content-type': 'application/json' },
    body: '{"image":"x"}',
  });
  expect(json.status).toBe(400);
});
