import { describe, expect, test } from 'vitest';
import { fileSize, price } from '../../sandbox/chat/page/format.ts';
import { groupMessages } from '../../sandbox/chat/page/grouping.ts';
import { mosaic } from '../../sandbox/chat/page/mosaic.ts';
import { textsFor } from '../../sandbox/chat/page/texts.ts';
import type { Message } from '../../sandbox/chat/page/wire.ts';

const ME = 7001;
const BOT = 1;
const NOON = Date.UTC(2026, 6, 4, 12) / 1000;

function message(id: number, from: number, extra: Partial<Message> = {}): Message {
  return {
    message_id: id,
    date: NOON + id,
    chat: { id: ME, type: 'private', first_name: 'Marina' },
    from: { id: from, is_bot: from === BOT, first_name: 'Somebody' },
    ...extra,
  };
}

describe('the messages of a chat', () => {
  test('stand one by one, but an album stands as one', () => {
    const items = groupMessages(
      [
        message(1, ME, { text: 'hello' }),
        message(2, BOT, { media_group_id: 'a' }),
        message(3, BOT, { media_group_id: 'a' }),
        message(4, BOT, { media_group_id: 'b' }),
      ],
      ME,
    );

    expect(items.map((item) => item.messages.map((part) => part.message_id))).toEqual([[1], [2, 3], [4]]);
    expect(items.map((item) => item.mine)).toEqual([true, false, false]);
  });

  test('keep their keys when they are edited from a text to a picture', () => {
    const [before] = groupMessages([message(5, BOT, { text: 'wait' })], ME);
    const [after] = groupMessages([message(5, BOT, { photo: [], caption: 'there' })], ME);

    expect(after?.key).toBe(before?.key);
  });

  test('form runs that end where the other side speaks, where time passed and at a line of service', () => {
    const payment = { total_amount: 1, currency: 'XTR' } as Message['successful_payment'] & object;
    const items = groupMessages(
      [
        message(1, BOT),
        message(2, BOT),
        message(3, ME),
        message(4, BOT),
        message(5, BOT, { date: NOON + 3600 }),
        message(6, ME, { date: NOON + 3601, successful_payment: payment }),
      ],
      ME,
    );

    expect(items.map((item) => item.startsRun)).toEqual([true, false, true, true, true, true]);
    expect(items.map((item) => item.endsRun)).toEqual([false, true, true, true, true, true]);
    expect(items.at(-1)?.kind).toBe('service');
  });
});

describe('an album', () => {
  const portrait = { width: 768, height: 1024 };
  const wide = { width: 1600, height: 900 };
  const shapeOf = (pictures: { width: number; height: number }[]) =>
    mosaic(pictures).map((row) => row.tiles.length);

  test('puts portraits side by side and wide pictures below each other', () => {
    expect(shapeOf([portrait, portrait])).toEqual([2]);
    expect(shapeOf([wide, wide])).toEqual([1, 1]);
    expect(shapeOf([portrait, portrait, portrait, portrait])).toEqual([2, 2]);
  });

  test('shows each of up to ten pictures once, in order, in rows of three at most', () => {
    for (let count = 1; count <= 10; count += 1) {
      const pictures = Array.from({ length: count }, (_, index) => (index % 2 ? wide : portrait));
      const rows = mosaic(pictures.map((picture, index) => ({ ...picture, index })));

      expect(rows.flatMap((row) => row.tiles.map((tile) => tile.picture.index))).toEqual([
        ...pictures.keys(),
      ]);
      expect(Math.max(...rows.map((row) => row.tiles.length))).toBeLessThanOrEqual(3);
    }
  });

  test('crops a tower and a banner, so that their neighbours can be seen', () => {
    const [row] = mosaic([{ width: 100, height: 2000 }]);
    const [banner] = mosaic([{ width: 2000, height: 100 }]);

    expect(row?.ratio).toBeGreaterThan(0.5);
    expect(banner?.ratio).toBeLessThan(2);
  });
});

describe('the words of the interface', () => {
  test('follow the language of the persona', () => {
    expect(textsFor('ru').say('start')).toBe('Старт');
    expect(textsFor('ru-RU').language).toBe('ru');
    expect(textsFor('de').say('pay', { price: '⭐ 5' })).toBe('Pay ⭐ 5');
  });

  test('write prices as the Bot API counts them: whole Stars, else minor units', () => {
    expect(price(150, 'XTR', 'en')).toBe('⭐ 150');
    expect(price(1999, 'USD', 'en')).toBe('$19.99');
    expect(price(500, 'JPY', 'en')).toBe('¥500');
  });

  test('write sizes in the unit that keeps them short', () => {
    expect(fileSize(812, 'en')).toBe('812 B');
    expect(fileSize(48_200, 'en')).toBe('47 KB');
    expect(fileSize(2_431_332, 'en')).toBe('2.3 MB');
  });
});
