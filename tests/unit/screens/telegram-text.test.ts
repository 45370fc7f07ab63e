import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, pieces } from '../../../src/screens/telegram-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom(' ', 'word', 'слово', '😀', '👨‍👩‍👧', '🇩🇪'), { maxLength: 60 })
    .map((parts) => parts.join('')),
);

describe('a text that is cut', () => {
  test('is as long as Telegram counts, in units, and says that something was left out', () => {
    expect(cut('x'.repeat(700), 700)).toBe('x'.repeat(700));
    expect(cut('x'.repeat(701), 700)).toBe(`${'x'.repeat(699)}…`);
    expect(cut('😀'.repeat(350), 700)).toBe('😀'.repeat(350));
    expect(cut('😀'.repeat(351), 700)).toBe(`${'😀'.repeat(349)}…`);
    expect(cut(`${'x'.repeat(698)}😀y`, 700)).toBe(`${'x'.repeat(698)}…`);
  });

  test('is never cut within an emoji, and never too long', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 200 }), (text, longest) => {
        const short = cut(text, longest);
        expect(short.length).toBeLessThanOrEqual(longest);
        expect(short.isWellFormed()).toBe(true);
        if (text.length <= longest) expect(short).toBe(text);
      }),
    );
  });
});

describe('a text in pieces', () => {
  test('is parted between words, or else between characters', () => {
    expect(pieces('one two three', 8)).toEqual(['one two', 'three']);
    expect(pieces('x'.repeat(9), 4)).toEqual(['xxxx', 'xxxx', 'x']);
    expect(pieces('x😀😀', 4)).toEqual(['x😀', '😀']);
    expect(pieces('', 4)).toEqual(['']);
  });

  test('loses nothing but the spaces between them', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 200 }), (text, longest) => {
        const parts = pieces(text, longest);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(longest);
          expect(part.isWellFormed()).toBe(true);
        }
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
