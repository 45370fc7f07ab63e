import { describe, expect, test } from 'vitest';
import { readDays, readGift, readNewPromoCode, wordsAfterCommand } from '../../../src/bot/command-words.ts';

const now = new Date('2026-03-01T12:00:00Z');

test('the words behind a command come without it and without the spaces around them', () => {
  expect(wordsAfterCommand('/promo  SALE ')).toBe('SALE');
  expect(wordsAfterCommand('/promo@vitrine_bot SALE now')).toBe('SALE now');
  expect(wordsAfterCommand('/promo')).toBe('');
  expect(wordsAfterCommand(undefined)).toBe('');
});

describe('a new promo code', () => {
  test('has no limits but one use a person, unless they are named, in any order', () => {
    expect(readNewPromoCode('spring credits 5', now)).toEqual({
      code: 'SPRING',
      kind: 'credits',
      value: 5,
      maxUses: null,
      usesPerUser: 1,
      endsAt: null,
    });
    expect(readNewPromoCode('SALE10 percent 10 days=7 max=100 per=2', now)).toEqual({
      code: 'SALE10',
      kind: 'percent',
      value: 10,
      maxUses: 100,
      usesPerUser: 2,
      endsAt: new Date('2026-03-08T12:00:00Z'),
    });
  });

  test.each([
    '',
    'SALE',
    'SALE credits',
    'SALE gift 5',
    'SALE credits 0',
    'SALE credits -5',
    'SALE credits 5.5',
    'SALE credits 10001',
    'SALE percent 91',
    'SALE percent 100',
    'СКИДКА percent 10',
    'A credits 5',
    'SALE credits 5 max=0',
    'SALE credits 5 max=',
    'SALE credits 5 limit=3',
    'SALE credits 5 toString=3',
    'SALE credits 5 soon',
  ])('%j is none', (words) => {
    expect(readNewPromoCode(words, now)).toBeNull();
  });
});

describe('a gift', () => {
  test('goes to an id or a name, with a reason or without', () => {
    expect(readGift('1234567 5')).toEqual({ who: '1234567', credits: 5, why: null });
    expect(readGift('@emma 12 Sorry for\nthe wait')).toEqual({
      who: '@emma',
      credits: 12,
      why: 'Sorry for\nthe wait',
    });
  });

  test.each(['', '@emma', '@emma five', '@emma 0', '@emma -3', '@emma 10001', `@emma 5 ${'x'.repeat(501)}`])(
    '%j is none',
    (words) => {
      expect(readGift(words)).toBeNull();
    },
  );
});

test('days are a number from 1, or what is usual', () => {
  expect(readDays('', 30)).toBe(30);
  expect(readDays('7', 30)).toBe(7);
  for (const words of ['0', '-1', 'all', '3651']) expect(readDays(words, 30)).toBeNull();
});
