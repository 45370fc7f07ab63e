/** docs/feature-rows.md answers every row once, and what it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const page = readFileSync(join(ROOT, 'docs/feature-rows.md'), 'utf8');

/** How many rows each document has; the last ones have none of a document. */
const DOCUMENTS = { S0: 29, S1: 48, S2: 44, S3: 56, S4: 28, P: 22 } as const;
const WITHOUT_A_DOCUMENT = ['Vertical scaling', 'Review of errors', 'Thumbnails of the batch'];
const ROWS = [
  ...Object.entries(DOCUMENTS).flatMap(([document, count]) =>
    Array.from({ length: count }, (_, index) => `${document}-${String(index + 1).padStart(2, '0')}`),
  ),
  ...WITHOUT_A_DOCUMENT,
];

const answers = [...page.matchAll(/^\| (?!Row )([^|-][^|]*?) \| (.+) \|$/gm)].map(
  ([, row = '', answer = '']) => ({ row, answer }),
);
/** A test's path with the sentences that stand behind it. */
const NAMED_TESTS = /`(tests\/[^`]+\.test\.ts)`((?:,? “[^”]+”)+)/g;

describe('docs/feature-rows.md', () => {
  test('answers each row once, in order, and no other', () => {
    expect(answers.map(({ row }) => row)).toEqual(ROWS);
  });

  test('names files that are there', () => {
    const paths = [...page.matchAll(/`((?:tests|src|bench|tools|docs|deploy|\.ci)\/[^` ]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(200);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('quotes sentences of the tests that it names', () => {
    const quoted = [...page.matchAll(NAMED_TESTS)].flatMap(([, path = '', sentences = '']) =>
      [...sentences.matchAll(/“([^”]+)”/g)].map(([, sentence = '']) => ({ path, sentence })),
    );
    expect(quoted.length).toBeGreaterThan(150);
    const texts = new Map<string, string>();
    const textOf = (path: string) => {
      const text = texts.get(path) ?? readFileSync(join(ROOT, path), 'utf8');
      texts.set(path, text);
      return text;
    };
    expect(quoted.filter(({ path, sentence }) => !textOf(path).includes(sentence))).toEqual([]);
  });

  test('gives an answer that says something, or what is not built', () => {
    const empty = answers.filter(
      ({ answer }) => !/`|[Aa]s [SP]\d|[Tt]he same|Not built: .|S\d-\d\d|[a-z]{4}/.test(answer),
    );
    expect(empty).toEqual([]);
  });
});
