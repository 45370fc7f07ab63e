import { describe, expect, test } from 'vitest';
import { file, picture, startDouble } from './telegram-double.ts';

type Photo = { file_id: string; file_unique_id: string; width: number; height: number; file_size: number };

describe('what people send', () => {
  test('a photo comes in several sizes, the bot can fetch the largest', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    await ann.sendPhoto(await picture(1600, 800), { caption: 'my /mug' });
    const { result } = await bot.call('getUpdates');
    const message = result[0].message;
    expect(message.photo.map(({ width, height }: Photo) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [800, 400],
      [1280, 640],
    ]);
    expect(message).toMatchObject({ caption: 'my /mug', caption_entities: [{ type: 'bot_command' }] });

    const largest: Photo = message.photo.at(-1);
    const found = await bot.call('getFile', { file_id: largest.file_id });
    expect(found.result).toEqual({
      file_id: largest.file_id,
      file_unique_id: largest.file_unique_id,
      file_size: largest.file_size,
      file_path: expect.stringMatching(/^photos\/file_\d+\.jpg$/),
    });
    const response = await fetch(`${bot.url}/file/bot${bot.botToken}/${found.result.file_path}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes.byteLength).toBe(largest.file_size);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });

  test('a document keeps its bytes and name, and a picture among them has a thumbnail', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const bytes = await picture(640, 480, 'png');
    const [message] = await ann.sendDocument(bytes, { filename: 'кружка.png', mimeType: 'image/png' });
    expect(message?.document).toMatchObject({
      file_name: 'кружка.png',
      mime_type: 'image/png',
      file_size: bytes.byteLength,
      thumbnail: { width: 320, height: 240 },
    });
    const found = await bot.call('getFile', { file_id: message?.document?.file_id });
    const response = await fetch(`${bot.url}/file/bot${bot.botToken}/${found.result.file_path}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('a .webp file comes as a static sticker, a .gif as an animation, a text as a plain document', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const webp = { filename: 'a.webp', mimeType: 'image/webp' };
    const [sticker] = await ann.sendDocument(await picture(300, 200, 'webp'), webp);
    expect(sticker?.sticker).toMatchObject({ width: 300, height: 200, is_animated: false, type: 'regular' });
    expect(sticker?.document).toBeUndefined();
    const gif = { filename: 'a.gif', mimeType: 'image/gif' };
    const [animation] = await ann.sendDocument(await picture(30, 20, 'gif'), gif);
    expect(animation?.animation).toMatchObject({ width: 30, height: 20 });
    const text = { filename: 'a.txt', mimeType: 'text/plain' };
    const [plain] = await ann.sendDocument(Buffer.from('hello'), text);
    expect(plain?.document).toMatchObject({ file_name: 'a.txt', file_size: 5 });
    expect(plain?.document?.thumbnail).toBeUndefined();
  });

  test('an album is one update for each photo, one group, the caption under the first', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    await ann.sendAlbum([await picture(50, 50), await picture(60, 50), await picture(70, 50)], {
      caption: 'three',
    });
    const { result } = await bot.call('getUpdates');
    const messages = result.map((update: { message: { caption?: string } }) => update.message);
    expect(messages.map((message: { caption?: string }) => message.caption)).toEqual([
      'three',
      undefined,
      undefined,
    ]);
    expect(new Set(messages.map((message: { media_group_id: string }) => message.media_group_id)).size).toBe(
      1,
    );
    expect(messages.map((message: { photo: Photo[] }) => message.photo.at(-1)?.width)).toEqual([50, 60, 70]);
  });

  test('a part of an album can come later than the others', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const bytes = await picture(50, 50);
    await ann.sendPhoto(bytes, { mediaGroupId: '77' });
    ann.sendText('meanwhile');
    await ann.sendPhoto(bytes, { mediaGroupId: '77' });
    const { result } = await bot.call('getUpdates');
    expect(
      result.map((update: { message: { media_group_id?: string } }) => update.message.media_group_id),
    ).toEqual(['77', undefined, '77']);
  });

  test('a file over 20 MiB is received and cannot be fetched', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const big = new Uint8Array(20 * 1024 * 1024 + 1);
    const [message] = await ann.sendDocument(big, { filename: 'big.bin', mimeType: 'application/zip' });
    expect(await bot.call('getFile', { file_id: message?.document?.file_id })).toMatchObject({
      error_code: 400,
      description: 'Bad Request: file is too big',
    });
    expect((await bot.call('getFile', { file_id: 'nonsense' })).description).toBe(
      'Bad Request: invalid file_id',
    );
  });

  test('a person’s messenger shrinks a picture that a bot could not send', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const wide = await picture(9000, 1200);
    const [message] = await ann.sendPhoto(wide);
    expect(message?.photo?.at(-1)).toMatchObject({ width: 1280 });
    const refused = await bot.upload('sendPhoto', { chat_id: ann.id, photo: file(wide, 'p.jpg') });
    expect(refused.description).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
  });

  test('what a messenger cannot show as a photo never leaves it', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    await expect(ann.sendPhoto(Buffer.from('not a picture'))).rejects.toThrow('cannot be sent as a photo');
    expect((await bot.call('getUpdates')).result).toEqual([]);
  });
});

describe('what the bot sends', () => {
  test('a photo’s id sends it again without its bytes, and not as a document', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const sent = await bot.upload('sendPhoto', {
      chat_id: ann.id,
      photo: file(await picture(400, 300), 'p.jpg'),
    });
    const id = sent.result.photo[0].file_id;
    const again = await bot.call('sendPhoto', { chat_id: ann.id, photo: id });
    expect(again.result.photo).toEqual(sent.result.photo);
    expect((await bot.call('sendDocument', { chat_id: ann.id, document: id })).description).toBe(
      "Bad Request: can't use file of type Photo as Document",
    );
  });

  test('a WebP document of the bot’s shows as a sticker unless it says otherwise', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const document = file(await picture(30, 30, 'webp'), 'a.webp', 'image/webp');
    const sticker = await bot.upload('sendDocument', { chat_id: ann.id, document, caption: 'lost' });
    expect(sticker.result).toMatchObject({ sticker: { width: 30 } });
    expect(sticker.result.caption).toBeUndefined();
    const kept = await bot.upload('sendDocument', {
      chat_id: ann.id,
      document,
      disable_content_type_detection: true,
    });
    expect(kept.result.document).toMatchObject({ file_name: 'a.webp' });
  });

  test('an album of documents keeps the order of its items', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const names = ['1.png', '2.png', '3.png'];
    const bytes = await picture(20, 20, 'png');
    const { result } = await bot.upload('sendMediaGroup', {
      chat_id: ann.id,
      media: names.map((name, index) => ({
        type: 'document',
        media: `attach://f${index}`,
        ...(index === 2 ? { caption: name } : {}),
      })),
      f0: file(bytes, '1.png', 'image/png'),
      f1: file(bytes, '2.png', 'image/png'),
      f2: file(bytes, '3.png', 'image/png'),
    });
    expect(result.map((message: { document: { file_name: string } }) => message.document.file_name)).toEqual(
      names,
    );
    expect(result[2].caption).toBe('3.png');
    expect(new Set(result.map((message: { media_group_id: string }) => message.media_group_id)).size).toBe(1);
    expect(ann.messages().slice(1)).toEqual(result);
  });

  test.each([
    [[], 'Bad Request: there are no messages to send'],
    [
      Array.from({ length: 11 }, () => ({ type: 'photo', media: 'attach://good' })),
      /too many messages to send as an album/,
    ],
    [
      [
        { type: 'photo', media: 'attach://good' },
        { type: 'document', media: 'attach://good' },
      ],
      "Bad Request: document can't be mixed with other media types",
    ],
    [
      [
        { type: 'photo', media: 'attach://good' },
        { type: 'photo', media: 'attach://bad' },
      ],
      'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
    ],
    [
      [
        { type: 'photo', media: 'attach://good' },
        { type: 'photo', media: 'AgAC-unknown' },
      ],
      /failed to send message #2 with the error message "Wrong file identifier/,
    ],
    [[{ type: 'photo', media: 'attach://nowhere' }], /can't parse InputMedia: media not found/],
    [[{ type: 'sticker', media: 'attach://good' }], /type "sticker" is unsupported/],
  ])('an album that cannot be sent whole sends nothing (%#)', async (media, description) => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const answer = await bot.upload('sendMediaGroup', {
      chat_id: ann.id,
      media,
      good: file(await picture(20, 20), 'g.jpg'),
      bad: file(Buffer.from('no picture'), 'b.jpg'),
    });
    expect(answer.description).toMatch(description);
    expect(ann.messages()).toHaveLength(1);
  });

  test.each([
    ['nothing', undefined, 'Bad Request: there is no photo in the request'],
    ['an unknown id', 'AgACxyz', 'Bad Request: wrong file identifier/HTTP URL specified'],
    ['an address', 'https://example.org/p.jpg', 'Bad Request: failed to get HTTP URL content'],
  ])('sendPhoto refuses %s', async (_what, photo, description) => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    expect((await bot.call('sendPhoto', { chat_id: ann.id, photo })).description).toBe(description);
  });

  test('a photo is refused for its weight, its shape and its caption', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const send = async (bytes: Uint8Array, caption = '') =>
      (await bot.upload('sendPhoto', { chat_id: ann.id, caption, photo: file(bytes, 'p.jpg') })).description;
    expect(await send(new Uint8Array(10 * 1024 * 1024 + 1))).toBe(
      'Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
    );
    expect(await send(await picture(21, 1))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
    expect(await send(new Uint8Array())).toBe('Bad Request: file must be non-empty');
    expect(await send(await picture(20, 20), 'x'.repeat(1025))).toBe(
      'Bad Request: message caption is too long',
    );
  });
});
