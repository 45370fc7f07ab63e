/** What a line of the log is made of, read from the sources. */
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { nodesOf } from './read-source.ts';
import { readProductFiles } from './source-files.ts';

const LEVELS = new Set<unknown>(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);

const nameOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'name' in node ? node.name : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The fields of every line that a file writes by `log.warn({ … }, '…')` and the like. */
function logFields(path: string, text: string): unknown[] {
  return [...nodesOf(parseSync(path, text).program)]
    .filter(({ type }) => type === 'CallExpression')
    .flatMap(({ callee, arguments: given }) => {
      const [method] = [...nodesOf(callee)].slice(0, 1);
      const isLine = method?.type === 'MemberExpression' && LEVELS.has(nameOf(method.property));
      const [fields] = isLine ? [...nodesOf(listOf(given)[0])].slice(0, 1) : [];
      return fields?.type === 'ObjectExpression' ? listOf(fields.properties) : [];
    })
    .map((property) =>
      typeof property === 'object' && property !== null && 'key' in property
        ? nameOf(property.key)
        : undefined,
    );
}

test('an error stands under the name that is redacted and described: err', () => {
  expect(logFields('a.ts', "deps.log.warn({ error, a: 1 }, 'b'); log.info('c'); other({ d })")).toEqual([
    'error',
    'a',
  ]);
  const wrong = [...readProductFiles()].filter(([path, text]) =>
    logFields(path, text).some((name) => name === 'error'),
  );
  expect(wrong.map(([path]) => path)).toEqual([]);
});
