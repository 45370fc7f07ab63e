import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { deliverAlbum, deliverOriginals } from '../../../src/telegram/deliver.ts';
import { fetchPhoto } from '../../../src/telegram/fetch-photo.ts';
import { createGateway } from '../../../src/telegram/gateway.ts';
import { type Behaviour, ok, raw, recordingLog, refuse, reset, startBotApi, TOKEN } from './bot-api.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openBoth(script: Record<string, Behaviour[]> = {}) {
  const api = await startBotApi(script);
  const { log } = recordingLog();
  const gateway = createGateway({
    token: TOKEN,
    apiRoot: api.root,
    log,
    afterFault: { repetitions: 3, firstBackOffMs: 1, longestBackOffMs: 1 },
  });
  closers.push(
    () => api.close(),
    () => gateway.close(),
  );
  return { api, gateway };
}

/** Bytes that would end a careless multipart: line breaks, dashes and a boundary's beginning among them. */
const trickyBytes = (size: number) =>
  Buffer.concat([Buffer.from('\r\n--vitrine-\r\n\r\n--'), randomBytes(size), Buffer.from('\r\n')]);

const photoMessage = (id: number) => ({
  message_id: id,
  photo: [
    { file_id: `small${id}`, file_unique_id: `s${id}`, width: 90, height: 120 },
    { file_id: `large${id}`, file_unique_id: `l${id}`, width: 960, height: 1280 },
    { file_id: `middle${id}`, file_unique_id: `m${id}`, width: 240, height: 320 },
  ],
});
const documentMessage = (id: number) => ({
  message_id: id,
  document: { file_id: `doc${id}`, file_unique_id: `d${id}` },
});

describe('an album to look at', () => {
  test('is one photo when there is one picture, its bytes untouched and its length told', async () => {
    const { api, gateway } = await openBoth({ sendPhoto: [ok(photoMessage(5))] });
    const jpeg = trickyBytes(300_000);

    const sent = await deliverAlbum(gateway, {
      chatId: 77,
      pictures: [{ jpeg, filename: 'Сумка «Лето» "A".jpg', caption: '<b>Ready</b>' }],
    });

    expect(sent).toEqual([{ messageId: 5, fileId: 'large5', fileUniqueId: 'l5' }]);
    const [call] = api.calls;
    expect(call?.fields).toEqual({ chat_id: '77', caption: '<b>Ready</b>', parse_mode: 'HTML' });
    expect(call?.files).toMatchObject([
      { name: 'photo', filename: 'Сумка «Лето» %22A%22.jpg', contentType: 'image/jpeg' },
    ]);
    expect(call?.files[0]?.bytes.equals(jpeg)).toBe(true);
    expect(Number(call?.contentLength)).toBeGreaterThan(jpeg.length);
  });

  test('is one media group in the order of the pictures', async () => {
    const { api, gateway } = await openBoth({ sendMediaGroup: [ok([6, 7, 8].map(photoMessage))] });
    const pictures = [1, 2, 3].map((n) => ({ jpeg: trickyBytes(n * 1000), filename: `${n}.jpg` }));

    const sent = await deliverAlbum(gateway, { chatId: 77, pictures });

    expect(sent.map((photo) => photo.messageId)).toEqual([6, 7, 8]);
    const [call] = api.calls;
    expect(JSON.parse(String(call?.fields.media))).toEqual([
      { type: 'photo', media: 'attach://file0' },
      { type: 'photo', media: 'attach://file1' },
      { type: 'photo', media: 'attach://file2' },
    ]);
    expect(call?.files.map((file) => file.name)).toEqual(['file0', 'file1', 'file2']);
    for (const [index, picture] of pictures.entries()) {
      expect(call?.files[index]?.bytes.equals(picture.jpeg)).toBe(true);
    }
  });

  test('that Telegram has already is sent again without a byte of it', async () => {
    const { api, gateway } = await openBoth({
      sendMediaGroup: [ok([1, 2].map(photoMessage))],
      sendPhoto: [ok(photoMessage(3))],
    });
    const pictures = [{ fileId: 'a', caption: 'Again' }, { fileId: 'b' }];

    await deliverAlbum(gateway, { chatId: 77, pictures });
    await deliverAlbum(gateway, { chatId: 77, pictures: pictures.slice(1) });

    expect(api.calls.map((call) => call.contentType)).toEqual(['application/json', 'application/json']);
    expect(api.calls[0]?.fields.media).toEqual([
      { type: 'photo', media: 'a', caption: 'Again', parse_mode: 'HTML' },
      { type: 'photo', media: 'b' },
    ]);
    expect(api.calls[1]?.fields).toEqual({ chat_id: 77, photo: 'b' });
  });

  test.each([0, 11])('of %i pictures is refused before anything is sent', async (count) => {
    const { api, gateway } = await openBoth();
    const pictures = Array.from({ length: count }, () => ({ jpeg: trickyBytes(1), filename: 'x.jpg' }));
    await expect(deliverAlbum(gateway, { chatId: 77, pictures })).rejects.toMatchObject({
      code: 'unexpected',
    });
    expect(api.calls).toEqual([]);
  });

  test('of which Telegram tells fewer messages than were sent is an error, not a shorter list', async () => {
    const { gateway } = await openBoth({ sendMediaGroup: [ok([photoMessage(1)])] });
    const pictures = [1, 2].map((n) => ({ jpeg: trickyBytes(n), filename: 'x.jpg' }));
    await expect(deliverAlbum(gateway, { chatId: 77, pictures })).rejects.toMatchObject({
      code: 'unexpected',
    });
  });

  test('that may have arrived is not sent again', async () => {
    const { api, gateway } = await openBoth({ sendPhoto: [reset] });
    const pictures = [{ jpeg: trickyBytes(10), filename: 'x.jpg' }];
    await expect(deliverAlbum(gateway, { chatId: 77, pictures })).rejects.toMatchObject({ sent: 'unknown' });
    expect(api.calls).toHaveLength(1);
  });

  test('that Telegram put off is sent again with the same bytes', async () => {
    const { api, gateway } = await openBoth({
      sendPhoto: [refuse(429, 'Too Many Requests', { retry_after: 0.01 }), ok(photoMessage(1))],
    });
    const pictures = [{ jpeg: trickyBytes(50_000), filename: 'x.jpg' }];
    await deliverAlbum(gateway, { chatId: 77, pictures });
    expect(api.calls).toHaveLength(2);
    expect(api.calls[1]?.files[0]?.bytes.equals(pictures[0]?.jpeg ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('originals', () => {
  test('are one document, untouched, with their thumbnail', async () => {
    const { api, gateway } = await openBoth({ sendDocument: [ok(documentMessage(9))] });
    const [png, thumbnailJpeg] = [trickyBytes(200_000), trickyBytes(3000)];

    const sent = await deliverOriginals(gateway, {
      chatId: 77,
      files: [{ bytes: png, kind: 'png', filename: 'bag.png', thumbnailJpeg }],
      caption: 'Original',
    });

    expect(sent).toEqual([{ messageId: 9, fileId: 'doc9' }]);
    const [call] = api.calls;
    expect(call?.fields).toEqual({
      chat_id: '77',
      disable_content_type_detection: 'true',
      caption: 'Original',
      parse_mode: 'HTML',
    });
    expect(call?.files.map(({ name, filename, contentType }) => [name, filename, contentType])).toEqual([
      ['document', 'bag.png', 'image/png'],
      ['thumbnail', 'thumbnail.jpg', 'image/jpeg'],
    ]);
    expect(call?.files[0]?.bytes.equals(png)).toBe(true);
    expect(call?.files[1]?.bytes.equals(thumbnailJpeg)).toBe(true);
  });

  test('are one album of documents, new and known ones together, the caption below the last', async () => {
    const { api, gateway } = await openBoth({ sendMediaGroup: [ok([1, 2].map(documentMessage))] });

    const sent = await deliverOriginals(gateway, {
      chatId: 77,
      files: [
        { bytes: trickyBytes(100), kind: 'png', filename: 'a.png', thumbnailJpeg: trickyBytes(10) },
        { fileId: 'known' },
      ],
      caption: 'Originals',
    });

    expect(sent.map((file) => file.fileId)).toEqual(['doc1', 'doc2']);
    expect(JSON.parse(String(api.calls[0]?.fields.media))).toEqual([
      { type: 'document', media: 'attach://file0', thumbnail: 'attach://file1' },
      { type: 'document', media: 'known', caption: 'Originals', parse_mode: 'HTML' },
    ]);
  });

  test('that Telegram has already are sent again without a byte of them', async () => {
    const { api, gateway } = await openBoth({
      sendMediaGroup: [ok([1, 2].map(documentMessage))],
      sendDocument: [ok(documentMessage(3))],
    });
    await deliverOriginals(gateway, { chatId: 77, files: [{ fileId: 'a' }, { fileId: 'b' }] });
    await deliverOriginals(gateway, { chatId: 77, files: [{ fileId: 'c' }] });
    expect(api.calls.map((call) => call.contentType)).toEqual(['application/json', 'application/json']);
    expect(api.calls[1]?.fields).toMatchObject({ document: 'c' });
  });
});

describe('a photo that somebody sent', () => {
  const known = ok({ file_id: 'f', file_unique_id: 'u', file_size: 100, file_path: 'photos/file 1.jpg' });
  const serve =
    (bytes: Buffer): Behaviour =>
    (reply) =>
      reply.type('application/octet-stream').send(bytes);

  test('is fetched byte for byte, into memory of its own', async () => {
    const { api, gateway } = await openBoth({ getFile: [known] });
    const bytes = trickyBytes(300_000);
    api.files.set('photos/file 1.jpg', serve(bytes));

    const fetched = await fetchPhoto(gateway, 'f');

    expect(Buffer.from(fetched).equals(bytes)).toBe(true);
    expect(fetched.buffer.byteLength).toBe(bytes.length);
    expect(api.calls[0]?.fields).toEqual({ file_id: 'f' });
  });

  test.each([
    ['above what Telegram gives', [refuse(400, 'Bad Request: file is too big')], 'file-too-large'],
    [
      'with an id of another bot',
      [refuse(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')],
      'file-gone',
    ],
    ['with a broken id', [refuse(400, 'Bad Request: invalid file_id')], 'file-gone'],
    ['without a path', [ok({ file_id: 'f', file_unique_id: 'u' })], 'file-gone'],
    ['whose path leads nowhere', [known], 'file-gone'],
    ['that says it is too large', [ok({ file_id: 'f', file_path: 'x', file_size: 5000 })], 'file-too-large'],
  ])('%s ends in an error that has a sentence', async (_name, getFile, code) => {
    const { gateway } = await openBoth({ getFile });
    await expect(fetchPhoto(gateway, 'f', { maxBytes: 1000 })).rejects.toMatchObject({
      name: 'AppError',
      code,
    });
  });

  test('that is larger than it said is cut at the limit', async () => {
    const { api, gateway } = await openBoth({ getFile: [known, known] });
    api.files.set('photos/file 1.jpg', serve(trickyBytes(2000)));
    await expect(fetchPhoto(gateway, 'f', { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'file-too-large',
    });

    let written = 0;
    const endless = raw((response) => {
      const pump = () => {
        if (response.destroyed) return;
        written += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(pump);
        else response.once('drain', pump);
      };
      pump();
    });
    api.files.set('photos/file 1.jpg', endless);
    await expect(fetchPhoto(gateway, 'f', { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'file-too-large',
    });
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  test('is fetched again after a broken connection', async () => {
    const { api, gateway } = await openBoth({ getFile: [reset, known] });
    const bytes = trickyBytes(100);
    const behaviours = [reset, serve(bytes)];
    api.files.set('photos/file 1.jpg', (reply, call) => behaviours.shift()?.(reply, call));
    await expect(fetchPhoto(gateway, 'f')).resolves.toHaveLength(bytes.length);
  });

  test('stops at its signal', async () => {
    const { api, gateway } = await openBoth({ getFile: [known] });
    const abort = new AbortController();
    api.files.set(
      'photos/file 1.jpg',
      raw(() => abort.abort(new Error('the order was cancelled'))),
    );
    await expect(fetchPhoto(gateway, 'f', { signal: abort.signal })).rejects.toThrow(
      'the order was cancelled',
    );
  });
});
