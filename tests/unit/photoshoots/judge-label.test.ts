import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LabelReading, SeenText } from '../../../src/ai/read-labels.ts';
import { judgeLabel } from '../../../src/photoshoots/judge-label.ts';

/** Text on a product; a line that ends in “?” is a guess. */
const seen = (...lines: string[]): SeenText => ({
  hasText: lines.length > 0,
  lines: lines.map((line) => ({ text: line.replace(/\?$/, ''), sure: !line.endsWith('?') })),
});
const reading = (photo: SeenText, picture: SeenText): LabelReading => ({ photos: [photo], picture });
const UNREADABLE: SeenText = { hasText: true, lines: [] };

describe('a label', () => {
  test.each([
    ['one changed letter', ['NORDEN', 'STONE CLAY'], ['NORDEM', 'STONE CLAY'], 'NORDEN', 'NORDEM'],
    ['another figure', ['100 ml'], ['150 ml'], '100 ml', '150 ml'],
    ['a letter too many', ['Крем для рук'], ['Кррем для рук'], 'Крем для рук', 'Кррем для рук'],
    ['the longest of several', ['OIL 1', 'FACE CREAM'], ['OIL 7', 'FAGE CREAM'], 'FACE CREAM', 'FAGE CREAM'],
  ])('reads otherwise: %s', (_, photo, picture, from, to) => {
    expect(judgeLabel(reading(seen(...photo), seen(...picture)))).toEqual({
      kind: 'differs',
      photo: from,
      picture: to,
    });
  });

  test.each([
    ['in other lines', ['NORDEN', 'STONE CLAY'], ['NORDEN STONE', 'CLAY']],
    ['in other case and signs', ['Serena®', 'face oil'], ['SERENA', 'Face-Oil']],
    ['in letters of another script that look the same', ['НОРМА'], ['HOPMA']],
    ['with a nought for an O', ['ZERO 0'], ['ZER0 O']],
    ['with lines that the photo hides', ['NORDEN'], ['NORDEN', 'MADE IN OSLO']],
    ['where the picture has a guess that is right', ['NORDEN'], ['NORDEN?']],
  ])('is as in the photo: %s', (_, photo, picture) => {
    expect(judgeLabel(reading(seen(...photo), seen(...picture)))).toEqual({ kind: 'as-in-photo' });
  });

  test.each([
    ['a guess in the picture', seen('NORDEN'), seen('NORDEM?')],
    ['a guess in the photo', seen('NORDEN?'), seen('NORDEM')],
    ['a line that is out of sight', seen('NORDEN', 'STONE CLAY'), seen('NORDEN')],
    ['other lines altogether, which may be another side', seen('NORDEN'), seen('BARCODE 4711')],
    ['text that nobody can read', UNREADABLE, UNREADABLE],
    ['text in the picture alone', seen(), seen('NORDEN')],
    ['two letters', seen('XL'), seen('XS')],
  ])('is not judged by %s', (_, photo, picture) => {
    expect(judgeLabel(reading(photo, picture))).toEqual({ kind: 'not-read' });
  });

  test('that is nowhere is none', () => {
    expect(judgeLabel(reading(seen(), seen()))).toEqual({ kind: 'none' });
  });

  test('may be read in any of several photos', () => {
    const photos = [seen('NORDEN'), seen('STONE CLAY')];
    expect(judgeLabel({ photos, picture: seen('NORDEN', 'STONE CLAY') })).toEqual({ kind: 'as-in-photo' });
    expect(judgeLabel({ photos, picture: seen('NORDEN', 'STONE CLAV') })).toMatchObject({ kind: 'differs' });
  });

  test('never differs from itself, nor by anything that is unsure', () => {
    const line = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 30 }), sure: fc.boolean() });
    const text = fc.record({ hasText: fc.boolean(), lines: fc.array(line, { maxLength: 6 }) });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(judgeLabel(reading(one, one)).kind).not.toBe('differs');
        const guesses = { ...other, lines: other.lines.map((guess) => ({ ...guess, sure: false })) };
        expect(judgeLabel(reading(one, guesses)).kind).not.toBe('differs');
      }),
    );
  });
});
