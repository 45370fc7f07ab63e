/** One word for one thing, in each language: docs/glossary.md has the words, here are those that are not to be used. */
import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../../src/texts/texts.ts';
import { readLocales, type TextShape } from './locale-files.ts';

const texts = loadTexts();
const locales = readLocales();

/** What sellers have: a photo is sent, a picture is made, a credit is what it costs. */
type Words = Readonly<{
  /** Words for a photo, a picture or a credit that are another word for it. */
  forbidden: RegExp;
  /** A number of pictures. */
  countedPictures: RegExp;
  /** A number of photos. */
  countedPhotos: RegExp;
}>;

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    forbidden: /\b(pics?|images?|shots?|tokens?|coins?|points?|generations?|renders?|balance points)\b/i,
    countedPictures: /\b7 (free |more |styled )*pictures?\b/i,
    countedPhotos: /\b7 photos?\b/i,
  },
  ru: {
    forbidden: /картин|изображени|генераци|токен|(?<!\p{L})балл|монет|фотк|\bшт\.|рендер/iu,
    countedPictures: /(?<!\d)7 (\p{L}+ )?снимк/iu,
    countedPhotos: /(?<!\d)7 фото(?!сесси)/iu,
  },
};

/** Arguments that count credits, and those that count pictures. */
const CREDITS = [
  'credits',
  'added',
  'available',
  'missing',
  'earned',
  'left',
  'used',
  'debt',
  'reserved',
  'given',
];
const PICTURES = ['pictures', 'delivered', 'released', 'ready', 'total'];
/** Texts whose figure is no price and no balance, whatever its argument is called. */
const OTHER_FIGURES = /^(figures-|person-|pack-|admin-|morning-digest|history-entry)/;

const everyText = [...locales].flatMap(([language, shapes]) =>
  [...shapes].map(([id, shape]) => ({ language, id, shape })),
);

/** The text with 7 for the numbers of this kind, and with 3 for every other number. */
function withSeven(language: string, id: string, shape: TextShape, kind: readonly string[]): string {
  const counts = [...locales.values()].flatMap((shapes) => shapes.get(id)?.counts ?? []);
  const args = shape.args.map((name) => {
    if (kind.includes(name)) return [name, 7];
    return [name, counts.includes(name) ? 3 : '…'];
  });
  return texts.in(language)(id, Object.fromEntries(args));
}

test('every locale has its list', () => {
  expect(Object.keys(WORDS).sort()).toEqual([...texts.languages].sort());
});

describe.each(texts.languages)('in %s', (language) => {
  const words = WORDS[language];
  if (words === undefined) throw new Error(`no words are listed for ${language}`);
  const own = everyText.filter((text) => text.language === language);

  test.each(own)('$id has no other word for a photo, a picture or a credit', ({ id, shape }) => {
    for (const kind of [CREDITS, PICTURES])
      expect(withSeven(language, id, shape, kind)).not.toMatch(words.forbidden);
  });

  const priced = own.filter(
    ({ id, shape }) => !OTHER_FIGURES.test(id) && shape.args.some((name) => CREDITS.includes(name)),
  );
  test.each(priced)('what $id counts are credits, not pictures', ({ id, shape }) => {
    expect(withSeven(language, id, shape, CREDITS)).not.toMatch(words.countedPictures);
  });

  const made = own.filter(({ shape }) => shape.args.some((name) => PICTURES.includes(name)));
  test.each(made)('what $id counts are pictures, not photos', ({ id, shape }) => {
    expect(withSeven(language, id, shape, PICTURES)).not.toMatch(words.countedPhotos);
  });
});
