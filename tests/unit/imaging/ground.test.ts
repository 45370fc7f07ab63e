import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseGround } from '../../../src/imaging/ground.ts';

/** Pixels of grey, each with its alpha. */
const greys = (...pixels: [value: number, alpha: number, count?: number][]) =>
  Uint8Array.from(
    pixels.flatMap(([value, alpha, count = 1]) =>
      Array.from({ length: count }, () => [value, value, value, alpha]).flat(),
    ),
  );

describe('the ground behind a cut-out', () => {
  test('is white where there is nothing to see', () => {
    expect(chooseGround(new Uint8Array())).toBe('#ffffff');
    expect(chooseGround(greys([255, 0, 9]))).toBe('#ffffff');
  });

  test('is white for a dark product with a highlight, and grey for a white one', () => {
    expect(chooseGround(greys([20, 255, 99], [255, 255, 1]))).toBe('#ffffff');
    expect(chooseGround(greys([250, 255, 99], [20, 255, 30]))).toBe('#777777');
  });

  test('is dark for a product of white and grey', () => {
    expect(chooseGround(greys([250, 255, 50], [119, 255, 50]))).toBe('#222222');
  });

  test('does not mind shadows and soft edges', () => {
    expect(chooseGround(greys([250, 60, 99], [20, 255, 20]))).toBe('#ffffff');
  });

  test('never swallows more of a product of one colour than one pixel in twenty', () => {
    fc.assert(
      fc.property(fc.nat(255), (value) => {
        const ground = Number.parseInt(chooseGround(greys([value, 255, 10])).slice(1, 3), 16);
        expect(Math.abs(ground - value)).toBeGreaterThan(30);
      }),
    );
  });
});
