import { describe, expect, test } from 'vitest';
import { button, inRows, lines, shorten } from '../../../src/screens/screen.ts';

describe('a text that is too long', () => {
  test('ends in a sign that something was left out, and nothing is cut in two', () => {
    expect(shorten('x'.repeat(40), 40)).toBe('x'.repeat(40));
    expect(shorten('x'.repeat(41), 40)).toBe(`${'x'.repeat(39)}…`);
    // Families and flags are one character each to those who read them.
    expect(shorten('👨‍👩‍👧'.repeat(40), 40)).toBe('👨‍👩‍👧'.repeat(40));
    expect(shorten('👨‍👩‍👧'.repeat(41), 40)).toBe(`${'👨‍👩‍👧'.repeat(39)}…`);
    expect(shorten('🇩🇪🇫🇷🇯🇵', 2)).toBe('🇩🇪…');
  });

  test('loses no room to a space before the sign', () => {
    expect(shorten('Blue mug of clay', 10)).toBe('Blue mug…');
  });

  test('is shortened on every button', () => {
    expect(button('y'.repeat(50), 'menu', 'help')).toEqual({
      text: `${'y'.repeat(39)}…`,
      callback_data: 'menu:help',
    });
  });
});

describe('a screen', () => {
  test('sets buttons in rows, the last one as long as it comes', () => {
    const buttons = [1, 2, 3].map((id) => button(`${id}`, 'show', id));
    expect(inRows(buttons, 2).map((row) => row.map(({ text }) => text))).toEqual([['1', '2'], ['3']]);
    expect(inRows([], 2)).toEqual([]);
  });

  test('leaves out the lines that there are not, and keeps empty ones', () => {
    expect(lines('a', false, '', null, 'b')).toBe('a\n\nb');
  });
});
