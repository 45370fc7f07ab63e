/** Every button leads somewhere, and every handler can be reached: read from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { packCallback, readCallback, readId, VERBS, type Verb } from '../../../src/screens/callback-data.ts';
import { anyCharacter } from '../../support/any-character.ts';

const SRC = join(import.meta.dirname, '../../../src');
/** The functions of the screens that make a button, each with a verb among its arguments. */
const BUTTON_MAKERS = ['button', 'option', 'packCallback'];

type Node = { type: string } & Record<string, unknown>;

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  // Every node of the parser's tree has a type, and nothing else in it has.
  if ('type' in value && typeof value.type === 'string') yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function nodesIn(folder: string): Node[] {
  return readdirSync(join(SRC, folder))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(SRC, folder, file);
      return [...nodesOf(parseSync(path, readFileSync(path, 'utf8')).program)];
    });
}

const nameOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'name' in node ? node.name : undefined;
const literalOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'value' in node ? node.value : undefined;
const isVerb = (value: unknown): value is Verb => VERBS.some((verb) => verb === value);

/** The verbs that stand as words in calls that make a button. */
function emittedVerbs(): string[] {
  const calls = [...nodesIn('screens'), ...nodesIn('bot/features')].filter(
    (node) => node.type === 'CallExpression' && BUTTON_MAKERS.some((maker) => maker === nameOf(node.callee)),
  );
  const words = calls.flatMap((call) => (Array.isArray(call.arguments) ? call.arguments.map(literalOf) : []));
  return [...new Set(words.filter(isVerb))].sort();
}

/** The names in the `taps` of the features. */
function handledVerbs(): string[] {
  const taps = nodesIn('bot/features').filter(
    (node) => node.type === 'Property' && nameOf(node.key) === 'taps',
  );
  return taps
    .flatMap(({ value }) =>
      typeof value === 'object' && value !== null && 'properties' in value && Array.isArray(value.properties)
        ? value.properties.map((property: Node) => String(nameOf(property.key)))
        : [],
    )
    .sort();
}

describe('the verbs of buttons', () => {
  test('are all on some button', () => {
    expect(emittedVerbs()).toEqual([...VERBS].sort());
  });

  test('have one handler each', () => {
    expect(handledVerbs()).toEqual([...VERBS].sort());
  });
});

describe('callback data', () => {
  const id = fc.oneof(
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom('start', 'help', 'settings', 'en', 'ru'),
  );
  const argument = fc.oneof(
    fc.constant(undefined),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((number) => `${number}:catalogue`),
    fc.constantFrom('1:1', '16:9', 'label', 'yes', 'stars:12'),
  );

  test('is read as it was packed, and fits into the 64 bytes that Telegram allows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VERBS), id, argument, (verb, about, more) => {
        const data = packCallback(verb, about, more);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(readCallback(data)).toEqual({
          verb,
          id: String(about),
          argument: more === undefined ? null : String(more),
        });
      }),
    );
  });

  test('that would not fit is a defect, and says so', () => {
    const room = 64 - 'style:1:'.length;
    expect(Buffer.byteLength(packCallback('style', 1, 'x'.repeat(room)))).toBe(64);
    expect(() => packCallback('style', 1, 'x'.repeat(room + 1))).toThrow('style');
    // Bytes count, not letters.
    expect(() => packCallback('style', 1, 'ж'.repeat(room / 2 + 1))).toThrow('style');
  });

  test('of nobody’s button is read as nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 64 }), (data) => {
        const read = readCallback(data);
        if (read !== null) expect(VERBS).toContain(read.verb);
      }),
    );
    for (const data of [
      '',
      'style',
      'style:',
      'style:1:',
      ':1',
      'STYLE:1',
      'style:1\n',
      ' style:1',
      'constructor:1',
    ]) {
      expect(readCallback(data), data).toBeNull();
    }
  });

  test.each([
    ['1', 1],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', null],
    ['0', null],
    ['-1', null],
    ['01', null],
    ['1.5', null],
    ['1e3', null],
    ['', null],
    [null, null],
  ])('has an id where it is a whole number from 1 on: %s', (text, expected) => {
    expect(readId(text)).toBe(expected);
  });
});
