/**
 * Makes the imports that come after this module quick; without it a start takes twice as long (bench/start.ts).
 * To be evaluated before the first import of drizzle-orm, and so by an `import()` of the rest behind it.
 *
 * Plain JavaScript: where all else is compiled already, Node need not start what takes types off, in no thread.
 */
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

const PACKAGE = 'drizzle-orm';
const WITHIN_PACKAGE = `/node_modules/${PACKAGE}/`;

// Compiled code is kept between starts where node_modules can be written to, and nowhere else: the folder that
// Node would take by itself is one for temporary files, which others on the machine can write to as well.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/vitrine'));

/**
 * Where each of the package's entries was found; there is one copy of the package.
 * @type {Map<string, import('node:module').ResolveFnOutput>}
 */
const entries = new Map();

// To tell an ES module from CommonJS, Node parses all of a package's `exports` anew for each of its files
// (24.21: getPackageScopeConfig in lib/internal/modules/package_json_reader.js). Those of drizzle-orm have
// 170 kB, and two hundred imports lead to it: 0.8 s.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && context.parentURL?.includes(WITHIN_PACKAGE)) {
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
    }
    if (specifier !== PACKAGE && !specifier.startsWith(`${PACKAGE}/`)) return nextResolve(specifier, context);
    const entry = entries.get(specifier) ?? { ...nextResolve(specifier, context), shortCircuit: true };
    entries.set(specifier, entry);
    return entry;
  },
});
