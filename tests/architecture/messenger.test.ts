/** What is said to people leaves by one door each, so that its rules cannot be forgotten. */
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { readProductFiles } from './source-files.ts';

const product = [...readProductFiles()].filter(([path]) => path.startsWith('src/'));
/** The files of the product whose text has such a word. */
const filesWith = (word: RegExp) => product.filter(([, text]) => word.test(text)).map(([path]) => path);

test('a message is sent in one file', () => {
  expect(filesWith(/'sendMessage'/)).toEqual(['src/messenger/send-screen.ts']);
});

test('what a person’s block means is decided in one file', () => {
  const above = filesWith(/\bisBlocked\b/).filter((path) => !path.startsWith('src/telegram/'));
  // Telegram refuses an admin's commands in the same words, which is nothing that was said to somebody.
  expect(above).toEqual(['src/bot/publish-commands.ts', 'src/messenger/reach-person.ts']);
});

test('the language of somebody who has none is chosen in one file outside the texts and the customers', () => {
  const above = filesWith(/\?\? FALLBACK_LANGUAGE/).filter((path) => !/^src\/(texts|customers)\//.test(path));
  expect(above).toEqual(['src/messenger/language-of.ts']);
});

test('a screen is data turned into words and keys: nothing that it takes from elsewhere reads a database or sends', () => {
  const taken = product
    .filter(([path]) => path.startsWith('src/screens/'))
    .flatMap(([path, text]) => parseSync(path, text).module.staticImports)
    .filter(({ moduleRequest }) => moduleRequest.value.startsWith('../'))
    .flatMap(({ entries }) => entries.filter(({ isType }) => !isType).map((entry) => entry.localName.value))
    // The others are constants, such as MAX_PICTURES.
    .filter((name) => name !== name.toUpperCase());
  const pure = [
    'addDays',
    'amountLeft',
    'barChart',
    'costOf',
    'countDays',
    'countPictures',
    'creditsOf',
    'creditsOfParts',
    'dailyChart',
    'decimalAmount',
    'escapeHtml',
    'funnelChart',
    'houseStyleNumber',
    'isDivisible',
    'noteOf',
    'offerOf',
    'presetNumber',
    'spokenTime',
    'standingCredits',
    'unusedCredits',
    'worthOf',
  ];
  expect([...new Set(taken)].sort()).toEqual(pure);
});
