import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { beforeAfterPicture, catalogueSheet } from '../../../src/bot/house-pictures.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';

test('the sheet shows the house styles as they are: who changes one draws it anew', async () => {
  const drawn = join(import.meta.dirname, '../../../src/bot/pictures/catalogue.json');
  expect(JSON.parse(readFileSync(drawn, 'utf8'))).toEqual(HOUSE_STYLES);
  const { bytes } = await catalogueSheet().file();
  const { width, height } = await sharp(bytes).metadata();
  expect(width / 4).toBe(height / Math.ceil(HOUSE_STYLES.length / 4));
});

test('a picture’s name changes with its bytes, so that Telegram’s copy of an old one is not shown', () => {
  const names = [beforeAfterPicture().name, catalogueSheet().name];
  for (const name of names) expect(name).toMatch(/^[a-z-]+:[\w-]{16}$/);
  expect(new Set(names).size).toBe(2);
});
