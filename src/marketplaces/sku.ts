/** The seller's own article number: where it is found, and what files are called by it. */
import { AppError } from '../errors.ts';
import type { FileNames } from './presets.ts';

const LONGEST = 40;
/** Letters and digits of any script, and the signs that article numbers have between them. */
const CODE = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}._/-]{0,38}[\p{L}\p{N}])?`;
const NAMED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:sku|артикул|арт\.?|vendor code)\s*[:#№=]?\s*(${CODE})(?![\p{L}\p{N}])`,
  'iu',
);
const ALONE = new RegExp(`^${CODE}$`, 'u');
const UNNAMED = 'product';

/**
 * The SKU that a caption names (“SKU: MUG-01”, “артикул 12345”), or that it is nothing but. A word without a digit
 * is no SKU: captions describe products.
 */
export function findSku(caption: string | null): string | null {
  const text = caption?.trim() ?? '';
  const found = NAMED.exec(text)?.[1] ?? (ALONE.test(text) ? text : undefined);
  return found !== undefined && /\p{N}/u.test(found) ? found : null;
}

/** What a seller wrote when asked for a SKU. @throws AppError sku-form */
export function readSku(text: string): string {
  const sku = text.trim();
  if (!ALONE.test(sku)) {
    throw new AppError('sku-form', `no SKU in ${sku.length} characters`, { details: { max: LONGEST } });
  }
  return sku;
}

/** What a file of a preset is called. @param index 0 for the first picture of the item */
export function fileNameFor(names: FileNames, sku: string | null, index: number): string {
  const pattern = index === 0 ? names.first : names.further;
  return pattern
    .replace('{n}', String(names.furtherFrom + index - 1))
    .replace('{sku}', () => cleanSku(names, sku));
}

function cleanSku({ letters }: FileNames, sku: string | null): string {
  // A slash would be a folder.
  const clean = letters === 'any' ? sku?.replaceAll('/', '-') : sku?.replace(/[^a-z0-9]/gi, '');
  return clean === undefined || clean === '' ? UNNAMED : clean;
}
