/** This version, and an earlier one that takes turns with it where one is named. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of this checkout. */
export const THIS_VERSION = join(import.meta.dirname, '../..');
const { BENCH_BEFORE } = process.env;
/** The folder of an earlier version's checkout, with its packages; null where none is named. */
export const VERSION_BEFORE = BENCH_BEFORE === undefined ? null : resolve(BENCH_BEFORE);

/** The app of a version, as the child process that benchmarks start. */
export function wholeApp(version: string): string {
  return join(version, 'bench/support/whole-app.ts');
}

/**
 * What `npm start` of a version gives to Node.
 * @param version the folder of its checkout
 */
export function startOptions(version: string): string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(version, 'package.json'), 'utf8'),
  );
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
