/** This version, and an earlier one that takes turns with it where one is named. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MALLOC } from '../../tools/starter/malloc.mjs';
import type { NodeStart } from './child.ts';

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
 * What `npm start` of a version gives to Node, and to malloc.
 * @param version the folder of its checkout
 */
export function startOf(version: string): NodeStart {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(version, 'package.json'), 'utf8'),
  );
  const execArgv = scripts.start.split(' ').filter((word) => word.startsWith('--'));
  // The version before tells malloc nothing.
  return { execArgv, env: version === THIS_VERSION ? MALLOC : {} };
}
