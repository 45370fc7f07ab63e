/** What is passed on with an image under other terms than most packages is named in NOTICE. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** They ask for no more than that their text stays with the package, which it does in node_modules. */
const NEED_NO_WORD = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];

type Lock = { packages: Record<string, { dev?: boolean; license?: string }> };

test('every package of the product that is under other terms is named in NOTICE', () => {
  const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');
  const { packages }: Lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const others = Object.entries(packages)
    .filter(
      ([path, { dev, license }]) => path !== '' && dev !== true && !NEED_NO_WORD.includes(license ?? ''),
    )
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  // A package for each platform is named once, with a star.
  const named = new Set([...notice.matchAll(/@?[\w/-]+\*?/g)].map(([word]) => word));
  const isNamed = (name: string) =>
    named.has(name) || [...named].some((word) => word.endsWith('*') && name.startsWith(word.slice(0, -1)));
  expect(others.filter((name) => !isNamed(name))).toEqual([]);
  expect(others).toContain('libheif-js');
});
