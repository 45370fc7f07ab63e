import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Every file of the product, the sandbox and the tools, by its path from the root. */
export function readProductFiles(): Map<string, string> {
  const paths = globSync('{src,sandbox,tools}/**/*.{ts,mjs}', { cwd: ROOT }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}
