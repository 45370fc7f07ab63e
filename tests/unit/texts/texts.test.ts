import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { FALLBACK_LANGUAGE } from '../../../src/customers/languages.ts';
import { loadTexts, type TextArguments } from '../../../src/texts/texts.ts';
import { readIds, readLocales, type TextShape } from './locale-files.ts';

const locales = readLocales();
const texts = loadTexts();
const languages = [...locales.keys()];
const fallback = locales.get(FALLBACK_LANGUAGE) ?? new Map<string, TextShape>();
const everyText = languages.flatMap((language) =>
  [...(locales.get(language) ?? [])].map(([id, shape]) => ({ language, id, shape })),
);

/** Texts that answer a tap in a pop-up, beside the families of them. */
const POP_UPS = [
  'language-done',
  'styles-forgotten',
  'cache-cleared',
  'cache-warmed',
  'clean-up-done',
  'clean-up-partly',
];

/** Numbers that meet every plural form of English and Russian, and nothing. */
const COUNTS = [0, 1, 2, 5, 21];

/** An argument is a number in every language where one language chooses a branch by it. */
const isCount = (id: string, name: string) =>
  languages.some((language) => locales.get(language)?.get(id)?.counts.includes(name) === true);

function sampleArguments(id: string, shape: TextShape, count: number): TextArguments {
  return Object.fromEntries(shape.args.map((name) => [name, isCount(id, name) ? count : `‹${name}›`]));
}

const write = (language: string, id: string, shape: TextShape, count: number) =>
  texts.in(language)(id, sampleArguments(id, shape, count));

describe('every locale', () => {
  test('is there in English and Russian', () => {
    expect(languages.sort()).toEqual(expect.arrayContaining(['en', 'ru']));
    expect([...texts.languages].sort()).toEqual(languages);
  });

  test.each(languages)('%s has every text with the same arguments, and none besides', (language) => {
    const shapes = (from: ReadonlyMap<string, TextShape>) =>
      Object.fromEntries([...from].map(([id, { args }]) => [id, args]));
    expect(shapes(locales.get(language) ?? new Map())).toEqual(shapes(fallback));
  });

  test.each(languages)('%s has no text twice, and none that the parser passes over', (language) => {
    const ids = readIds(language);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids).toHaveLength(locales.get(language)?.size ?? 0);
  });

  test.each(languages)('%s uses the plural forms of its language only', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    expect(branchesOf(language).filter((branch) => !/^\d+$/.test(branch))).toEqual(
      expect.not.arrayContaining(
        ['zero', 'one', 'two', 'few', 'many'].filter((form) => !forms.some((one) => one === form)),
      ),
    );
  });
});

describe('every text', () => {
  test.each(everyText)('$language: $id can be written for every number', ({ language, id, shape }) => {
    for (const count of COUNTS) {
      const text = write(language, id, shape, count);
      expect(text.trim(), `for ${count}`).not.toBe('');
      expect(text, `for ${count}`).not.toMatch(/[{}]|undefined|NaN/);
      for (const name of shape.args) {
        if (!isCount(id, name)) expect(text).toContain(`‹${name}›`);
      }
    }
  });

  test.each(everyText)('$language: $id is HTML that Telegram takes', ({ language, id, shape }) => {
    for (const count of COUNTS) {
      const tags = [...write(language, id, shape, count).matchAll(/<(\/?)([^>]*)>/g)];
      const open: string[] = [];
      for (const [, slash, name = ''] of tags) {
        expect(['b', 'i', 'u', 's', 'code', 'blockquote']).toContain(name);
        if (slash === '') open.push(name);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });

  // Shown where Telegram reads no HTML: on buttons, in pop-ups, in its own menus and in file names.
  const plain = everyText.filter(
    ({ id }) =>
      /^(button|menu|reason|style|error|command|bot|cancel|again|save)-/.test(id) ||
      [...POP_UPS, 'history-entry', 'not-right-picture', 'original-file-name', 'language-name'].includes(id),
  );
  test.each(plain)(
    '$language: $id has no tags, because nobody would read them',
    ({ language, id, shape }) => {
      for (const count of COUNTS) expect(write(language, id, shape, count)).not.toMatch(/<|&\w+;/);
    },
  );
});

describe('the length', () => {
  const longest = (language: string, id: string, shape: TextShape) =>
    Math.max(...COUNTS.map((count) => [...write(language, id, shape, Math.min(count, 4))].length));
  const of = (start: RegExp) => everyText.filter(({ id }) => start.test(id));

  const isOffer = (id: string) => id === 'button-package';
  test.each(of(/^(button|menu|reason|not-right-picture)/).filter(({ id }) => !isOffer(id)))(
    'of the button $id in $language fits a phone',
    ({ language, id, shape }) => {
      expect(longest(language, id, shape)).toBeLessThanOrEqual(32);
    },
  );

  test.each(languages)(
    'of an offer in %s, alone in its row and with its figures, fits a phone',
    (language) => {
      const figures = { credits: 400, price: '2,399 ⭐', each: '6 ⭐' };
      expect([...texts.in(language)('button-package', figures)].length).toBeLessThanOrEqual(34);
    },
  );

  test.each(of(/^style-/))('of the style $id in $language fits half a row', ({ language, id, shape }) => {
    expect(longest(language, id, shape)).toBeLessThanOrEqual(24);
  });

  test.each([...of(/^(error|cancel|again|save)-/), ...everyText.filter(({ id }) => POP_UPS.includes(id))])(
    'of the pop-up $id in $language is what Telegram takes',
    ({ language, id, shape }) => {
      expect(longest(language, id, shape)).toBeLessThanOrEqual(200);
    },
  );

  test.each(of(/^(command|bot)-/))(
    'of $id in $language is what Telegram takes',
    ({ language, id, shape }) => {
      const limit = id === 'bot-description' ? 512 : id === 'bot-short-description' ? 120 : 256;
      expect(longest(language, id, shape)).toBeLessThanOrEqual(limit);
    },
  );
});

describe('numbers in words', () => {
  const ready = (language: string) =>
    COUNTS.slice(1).map((delivered) => texts.in(language)('result-ready', { delivered }));

  test('are right in English', () => {
    expect(ready('en')).toEqual([
      '1 picture is ready.',
      '2 pictures are ready.',
      '5 pictures are ready.',
      '21 pictures are ready.',
    ]);
  });

  test('are right in Russian, twenty-one like one', () => {
    expect(ready('ru')).toEqual([
      'Готов 1 снимок.',
      'Готовы 2 снимка.',
      'Готовы 5 снимков.',
      'Готов 21 снимок.',
    ]);
  });

  test('say nothing left as such', () => {
    expect(texts.in('en')('balance', { credits: 0 })).toContain('no credits');
    expect(texts.in('ru')('balance', { credits: 0 })).toContain('нет кредитов');
  });

  // Limits keep these below six, where a form that covers 21 may do without the number.
  const SMALL = ['photos', 'saved'];
  const counted = everyText.filter(({ shape }) => shape.counts.some((name) => !SMALL.includes(name)));
  test.each(counted)('$language: $id tells twenty-one from one', ({ language, id, shape }) => {
    if (write(language, id, shape, 5).includes('5')) expect(write(language, id, shape, 21)).toContain('21');
  });
});

describe('loading texts', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  function folderOf(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-texts-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  test('adding a language is adding a file; what it lacks is said in English', () => {
    const more = loadTexts(folderOf({ 'en.ftl': 'hello = Hello\nbye = Bye', 'pt.ftl': 'hello = Olá' }));
    expect(more.languages).toEqual(['en', 'pt']);
    expect([more.in('pt')('hello'), more.in('pt')('bye'), more.in('xx')('hello')]).toEqual([
      'Olá',
      'Bye',
      'Hello',
    ]);
  });

  test.each([
    ['ru', 'ru'],
    ['RU', 'ru'],
    ['ru-RU', 'ru'],
    ['en-gb', 'en'],
    ['pt-br', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('the language code %s means %s', (code, language) => {
    expect(texts.match(code)).toBe(language);
  });

  test('arguments come out as they are, without invisible marks around them', () => {
    const { in: speak } = loadTexts(folderOf({ 'en.ftl': 'hello = Hello, { $name }!' }));
    expect(speak('en')('hello', { name: 'Ann' })).toBe('Hello, Ann!');
  });

  test('a text that is not there, and one whose argument is missing, are errors and not gaps', () => {
    const t = loadTexts(folderOf({ 'en.ftl': 'hello = Hello, { $name }!' })).in('en');
    expect(() => t('goodbye')).toThrow('goodbye');
    expect(() => t('hello')).toThrow('hello');
  });

  test('a file that is not Fluent, and a folder without English, stop the start', () => {
    expect(() => loadTexts(folderOf({ 'en.ftl': 'hello = Hello\nhello = Twice' }))).toThrow('en.ftl');
    expect(() => loadTexts(folderOf({ 'en.ftl': 'hello = Hello, { $name' }))).toThrow('en.ftl');
    expect(() => loadTexts(folderOf({ 'ru.ftl': 'hello = Привет' }))).toThrow('en.ftl');
  });
});

/** The names of all branches in a locale file. */
function branchesOf(language: string): string[] {
  return [...(locales.get(language)?.values() ?? [])].flatMap((shape) => shape.branches);
}
