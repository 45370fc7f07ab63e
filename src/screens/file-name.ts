import type { Translate } from '../texts/texts.ts';

const LONGEST = 40;

/**
 * A file name for a picture of a product, such as `blue-mug-2.png`: letters and digits of any script, and
 * nothing that a file system or a marketplace could stumble over.
 */
export function fileNameOf(
  t: Translate,
  productName: string | undefined,
  position: number,
  extension: 'png' | 'jpg',
): string {
  const slug = (productName ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const name = [...slug].slice(0, LONGEST).join('').replace(/-+$/, '');
  return `${name === '' ? t('original-file-name') : name}-${position}.${extension}`;
}
