import { expect, test } from 'vitest';
import { isAppError } from '../../../src/errors.ts';
import { type PresetId, presetOf } from '../../../src/marketplaces/presets.ts';
import { fileNameFor, findSku, readSku } from '../../../src/marketplaces/sku.ts';

test.each<[string | null, string | null]>([
  ['SKU: MUG-01', 'MUG-01'],
  ['on marble, no flowers, sku MUG-01.', 'MUG-01'],
  ['Синяя кружка, артикул 12345', '12345'],
  ['арт. КР-7, без цветов', 'КР-7'],
  ['MUG-01', 'MUG-01'],
  ['12345678', '12345678'],
  ['mug', null],
  ['SKU of my shop', null],
  ['арт-деко', null],
  ['3:4 please', null],
  ['', null],
  [null, null],
])('the SKU of the caption %j is %j', (caption, sku) => {
  expect(findSku(caption)).toBe(sku);
});

test.each(['MUG-01', ' 12345 ', 'КР-7', 'a/b.c_d'])('%j can be a SKU', (text) => {
  expect(readSku(text)).toBe(text.trim());
});

test.each(['', 'two words', '../etc/passwd', '-x', 'x'.repeat(41), '<b>1</b>'])(
  '%j is no SKU, and is told so',
  (text) => {
    expect(() => readSku(text)).toThrow(expect.toSatisfy((error) => isAppError(error, 'sku-form')));
  },
);

test.each<[PresetId, string | null, number, string]>([
  ['ozon', 'КР-7', 0, 'КР-7.jpg'],
  ['ozon', 'КР-7', 1, 'КР-7_1.jpg'],
  ['ozon', 'КР-7', 3, 'КР-7_3.jpg'],
  ['wildberries', 'a/b', 0, 'a-b_1.jpg'],
  ['wildberries', 'MUG-01', 1, 'MUG-01_2.jpg'],
  ['amazon-main', 'MUG-01_b', 0, 'MUG01b.MAIN.jpg'],
  ['amazon-gallery', 'MUG-01', 0, 'MUG01.PT01.jpg'],
  ['amazon-gallery', 'MUG-01', 3, 'MUG01.PT04.jpg'],
  ['amazon-gallery', 'КР', 0, 'product.PT01.jpg'],
  ['ebay', null, 0, 'product_1.jpg'],
  ['ebay', '$&1', 0, '$&1_1.jpg'],
])('a file of %s with the SKU %j and number %i is called %s', (preset, sku, index, name) => {
  expect(fileNameFor(presetOf(preset).names, sku, index)).toBe(name);
});
