/** Everything that somebody may send as a photo of their product, and what is none. */
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { MAX_VIEWS } from '../../src/photoshoots/limits.ts';
import {
  botMessages,
  picturesOf,
  place,
  plain,
  sendProduct,
  textOf,
  textsOf,
  waitForCard,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';
import { fixture } from '../unit/imaging/pictures.ts';

const mug = await sampleProductPhoto('mug');
const jar = await sampleProductPhoto('jar');
const bottle = await sampleProductPhoto('bottle');

const MIB = 1024 * 1024;

describe('what is sent', { concurrent: true }, () => {
  const scene = playScene();

  /** Nothing is open and nothing was taken: what /balance and /cancel say. */
  async function expectNothingCharged(person: Person): Promise<void> {
    const t = textsOf(person);
    const { message_id: after } = person.sendText('/balance')[0] ?? { message_id: 0 };
    const balance = await waitForText(person, t('balance', { credits: 8 }), { after });
    expect(textOf(balance)).toBe(plain(t('balance', { credits: 8 })));
    person.sendText('/cancel');
    await waitForText(person, t('cancel-nothing'), { after });
  }

  describe('as a picture', () => {
    test.each(['en', 'ru'])(
      'a photo is answered at once, and named in the language (%s)',
      async (language) => {
        const person = seller(scene, language);
        const t = textsOf(person);
        const seen: string[] = [];
        person.watch((event) => {
          if (event.kind === 'message' && event.message.from?.is_bot) seen.push(textOf(event.message));
        });
        const card = await sendProduct(person, mug);
        expect(seen[0]).toBe(plain(t('card-received', { photos: 1 })));
        const name = language === 'ru' ? 'Синяя кружка' : 'Blue mug';
        expect(textOf(card)).toContain(name);
        // What was said first became the card.
        expect(botMessages(person)).toHaveLength(1);
      },
    );

    test('the caption names the product', async () => {
      const person = seller(scene, 'en');
      const card = await sendProduct(person, mug, 'Morning mug');
      expect(textOf(card)).toContain('Morning mug');
    });

    const files: [what: string, mimeType: string, bytes: () => Promise<Uint8Array> | Uint8Array][] = [
      ['a PNG', 'image/png', () => sharp(mug).png().toBuffer()],
      ['a JPEG under another name', 'application/octet-stream', () => mug],
      ['a TIFF', 'image/tiff', () => sharp(mug).resize(600).tiff().toBuffer()],
      ['a GIF', 'image/gif', () => sharp(mug).resize(300).gif().toBuffer()],
      ['a HEIC', 'image/heic', () => fixture('turned.heic')],
      ['a WebP, which arrives as a sticker', 'image/webp', () => sharp(mug).resize(512).webp().toBuffer()],
    ];
    test.each(files)('%s sent as a file is a photo too', async (what, mimeType, bytes) => {
      const person = seller(scene, 'ru');
      const [sent] = await person.sendDocument(await bytes(), { filename: 'IMG_0001', mimeType });
      if (what.includes('sticker')) expect(sent?.sticker).toBeDefined();
      await waitForCard(person);
      expect(botMessages(person)).toHaveLength(1);
    });
  });

  describe('as something else', () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="9" height="9"/></svg>';
    const files: [what: string, filename: string, mimeType: string, bytes: () => Uint8Array][] = [
      ['a PDF', 'product.jpg', 'image/jpeg', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')],
      ['an SVG', 'product.svg', 'image/svg+xml', () => Buffer.from(svg)],
      ['an archive', 'product.jpg', 'image/jpeg', () => zipSync({ 'a.txt': Buffer.from('hello') })],
      ['a page', 'product.png', 'image/png', () => Buffer.from('<!doctype html><title>hello</title>')],
    ];
    test.each(files)(
      '%s that calls itself a picture is refused in one sentence',
      async (_, filename, mimeType, bytes) => {
        const person = seller(scene, 'ru');
        const t = textsOf(person);
        await person.sendDocument(bytes(), { filename, mimeType });
        await waitForText(person, t('error-image-kind-unsupported'));
        expect(botMessages(person)).toHaveLength(1);
        await expectNothingCharged(person);
      },
    );

    test('a picture that is cut off is refused in one sentence', async () => {
      const person = seller(scene, 'en');
      const t = textsOf(person);
      const png = await sharp(mug).png().toBuffer();
      const half = png.subarray(0, png.byteLength / 2);
      await person.sendDocument(half, { filename: 'mug.png', mimeType: 'image/png' });
      await waitForText(person, t('error-image-unreadable'));
      expect(botMessages(person)).toHaveLength(1);
      await expectNothingCharged(person);
    });

    test('a thumbnail is too small, and that is said', async () => {
      const person = seller(scene, 'en');
      const t = textsOf(person);
      const bytes = await sharp(mug).resize(60).png().toBuffer();
      await person.sendDocument(bytes, { filename: 'mug.png', mimeType: 'image/png' });
      await waitForText(person, t('error-image-too-small'));
      await expectNothingCharged(person);
    });

    test('a file above Telegram’s 20 MB is refused before it is fetched', async () => {
      const person = seller(scene, 'ru');
      const t = textsOf(person);
      const bytes = new Uint8Array(20 * MIB + 1);
      await person.sendDocument(bytes, { filename: 'mug.tiff', mimeType: 'image/tiff' });
      await waitForText(person, t('error-file-too-large'));
      expect(botMessages(person)).toHaveLength(1);
      await expectNothingCharged(person);
    });

    const kinds: [what: string, content: object][] = [
      ['a video', { video: { ...file(), width: 100, height: 100, duration: 3, mime_type: 'video/mp4' } }],
      ['a voice message', { voice: { ...file(), duration: 3 } }],
      ['a video note', { video_note: { ...file(), length: 100, duration: 3 } }],
      [
        'an animated sticker',
        { sticker: { ...file(), type: 'regular', width: 9, height: 9, is_animated: true, is_video: false } },
      ],
      ['a place', { location: { latitude: 55.7, longitude: 37.6 } }],
      ['a contact', { contact: { phone_number: '+70000000000', first_name: 'A' } }],
      [
        'a poll',
        {
          poll: {
            id: '1',
            question: '?',
            options: [],
            total_voter_count: 0,
            is_closed: false,
            is_anonymous: true,
            type: 'regular',
            allows_multiple_answers: false,
          },
        },
      ],
    ];
    test.each(kinds)('%s is answered with what can be read', async (_, content) => {
      const person = seller(scene, 'ru');
      const t = textsOf(person);
      person.sendText('/start');
      await waitForText(person, t('start-sample'));
      inject(person, content);
      await waitForText(person, t('unknown-file'));
      expect(botMessages(person)).toHaveLength(2);
      await expectNothingCharged(person);
    });

    test('what Telegram itself writes into the chat is not answered', async () => {
      const person = seller(scene, 'en');
      const t = textsOf(person);
      person.sendText('/start');
      await waitForText(person, t('start-sample'));
      const pinned = { message_id: 1, date: 0, chat: { id: person.id, type: 'private' } };
      const colours = { freeform_fill_colors: [1, 2, 3] };
      for (const content of [
        { pinned_message: pinned },
        { message_auto_delete_timer_changed: { message_auto_delete_time: 60 } },
        { write_access_allowed: { from_request: true } },
        { gift: { gift: { id: '1', star_count: 15 } } },
        { unique_gift: { origin: 'upgrade' } },
        { chat_background_set: { type: { type: 'fill', fill: colours, dark_theme_dimming: 0 } } },
        { boost_added: { boost_count: 1 } },
        { users_shared: { request_id: 1, users: [] } },
        { web_app_data: { data: '', button_text: 'Open' } },
        { connected_website: 'shop.example' },
      ]) {
        inject(person, content);
      }
      person.sendText('/help');
      await waitForText(person, t('help'));
      expect(botMessages(person)).toHaveLength(2);
    });
  });

  describe('as an album', () => {
    test('several views of a product are one photoshoot, and all of them are used', async () => {
      const person = seller(scene, 'en');
      const t = textsOf(person);
      await person.sendAlbum([mug, jar, bottle], { caption: 'Blue mug' });
      await waitForText(person, t('card-received', { photos: 3 }));
      const card = await waitForCard(person);
      expect(botMessages(person)).toHaveLength(1);
      const id = await place(person, card);
      const result = await waitForResult(person, id);
      expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
      expect(picturesOf(person)).toHaveLength(1);
    });

    test('of more photos than are used says so, and goes on with the first', async () => {
      const person = seller(scene, 'ru');
      const t = textsOf(person);
      await person.sendAlbum(Array.from({ length: 7 }, () => mug));
      await waitForText(person, t('card-too-many-photos', { max: MAX_VIEWS }));
      await waitForCard(person);
      expect(botMessages(person)).toHaveLength(1);
    });

    test('a part that comes late joins it without a word of its own', async () => {
      const person = seller(scene, 'en');
      const mediaGroupId = `late-${person.id}`;
      await person.sendPhoto(mug, { mediaGroupId });
      const card = await waitForCard(person);
      await person.sendPhoto(jar, { mediaGroupId });
      const id = await place(person, card);
      await waitForResult(person, id);
      expect(botMessages(person).filter((message) => message.photo === undefined)).toHaveLength(1);
      // Each view was fetched once: the first for its card, which keeps it, the second for the picture.
      const names = person
        .messages()
        .flatMap((message) => (message.from?.is_bot ? [] : (message.photo?.at(-1)?.file_id ?? [])));
      const fetched = scene.sandbox.journal.calls('getFile').map((call) => call.parameters.file_id);
      expect(names.map((name) => fetched.filter((one) => one === name).length)).toEqual([1, 1]);
    });

    test('two sellers’ albums that arrive interleaved stay two photoshoots', async () => {
      const [one, other] = [seller(scene, 'en'), seller(scene, 'ru')];
      // The same id on purpose: an album belongs to its chat.
      const mediaGroupId = 'the-same-for-both';
      const counted = [one, other].map((person) =>
        waitForText(person, textsOf(person)('card-received', { photos: 3 })),
      );
      // However slowly the parts come: nothing is recognised before all of them are there.
      const recognising = scene.sandbox.faults.hold('openai', 'moderations');
      for (const photo of [mug, mug, mug]) {
        await one.sendPhoto(photo, { mediaGroupId });
        await other.sendPhoto(photo, { mediaGroupId });
      }
      await Promise.all(counted);
      recognising.release();
      for (const person of [one, other]) {
        await waitForCard(person);
        expect(botMessages(person)).toHaveLength(1);
      }
    });
  });

  function file(): object {
    return { file_id: 'a-file-that-nobody-fetches', file_unique_id: 'unique', file_size: 1000 };
  }

  /** A message that no button of the sandbox's chat makes. */
  function inject(person: Person, content: object): void {
    const { id, persona } = person;
    const from = { id, is_bot: false, first_name: persona.first_name, language_code: persona.language_code };
    scene.sandbox.people.injectUpdate({
      message: {
        message_id: 2_000_000 + Math.floor(Math.random() * 1_000_000),
        date: Math.floor(Date.now() / 1000),
        chat: { id, type: 'private', first_name: persona.first_name },
        from,
        ...content,
      },
    });
  }
});
