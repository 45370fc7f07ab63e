import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRESET_IDS, PRESETS } from '../../../src/marketplaces/presets.ts';
import { fileNameFor } from '../../../src/marketplaces/sku.ts';
import { marketplacesPage } from './marketplaces-page.ts';

test('every preset is there once, with an address, a day and sizes of one ratio from large to small', () => {
  expect(PRESETS.map(({ id }) => id)).toEqual(PRESET_IDS);
  for (const { id, sizes, source, checkedOn, maxBytes, margin } of PRESETS) {
    expect(source, id).toMatch(/^https:\/\//);
    expect(checkedOn, id).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(maxBytes, id).toBeLessThanOrEqual(20_000_000);
    // Amazon demands 85 % of the frame of the product on white.
    expect(1 - 2 * margin, id).toBeGreaterThan(0.7);
    const [wanted] = sizes;
    for (const { width, height } of sizes) expect(width * wanted.height, id).toBe(height * wanted.width);
    expect(
      sizes.map(({ width }) => width),
      id,
    ).toEqual(sizes.map(({ width }) => width).toSorted((one, other) => other - one));
  }
});

test('every name of a preset differs from its others, and is one that its channel takes', () => {
  for (const { id, names, mostPictures } of PRESETS) {
    const made = Array.from({ length: Math.min(mostPictures, 4) }, (_, index) =>
      fileNameFor(names, 'MUG-01', index),
    );
    expect(new Set(made).size, id).toBe(made.length);
    for (const name of made) expect(name, id).toMatch(/^[A-Za-z0-9._-]+\.jpg$/);
  }
});

test('the page for owners is what the presets say', async () => {
  await expect(marketplacesPage()).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/marketplaces.md'),
  );
});
