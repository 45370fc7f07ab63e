import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
