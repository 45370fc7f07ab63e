/** Every card in every language, with the longest of everything that may stand in it. */
import { describe, expect, test } from 'vitest';
import { parseHtml } from '../../../sandbox/telegram/html.ts';
import type { Draft, Style } from '../../../src/photoshoots/photoshoot.ts';
import { PHOTOSHOOT_STATES } from '../../../src/photoshoots/photoshoot.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import type { Preset } from '../../../src/photoshoots/styles/presets.ts';
import { houseStyleNumber } from '../../../src/photoshoots/styles/style-numbers.ts';
import { catalogueCard, describeCard, draftCard, receivedCard } from '../../../src/screens/draft-card.ts';
import {
  balanceCard,
  HISTORY_PAGE_SIZE,
  helpCard,
  historyCard,
  languageCard,
  settingsCard,
  startCard,
  stylesCard,
} from '../../../src/screens/menu-cards.ts';
import { givenBackCard, problemCard, resultCard, shownCard } from '../../../src/screens/result-card.ts';
import type { Screen } from '../../../src/screens/screen.ts';
import { type Stage, statusCard } from '../../../src/screens/status-card.ts';
import { loadTexts, type Translate } from '../../../src/texts/texts.ts';

const texts = loadTexts();
/** Ids as large as they may become. */
const ID = 9_007_199_254_740_991;
const LONGEST_NAME = `${'<&>'.repeat(26)}Ж!`;
const LONGEST_TITLE = '👩🏽‍🎨'.repeat(4) + 'Очень длинное название стиля, 40 знаков'.slice(0, 36);

const draft = (about: Partial<Draft> = {}): Draft => ({
  id: ID,
  userId: ID,
  chatId: ID,
  caption: null,
  cardMessageId: 1,
  ratio: '3:4',
  product: { isProduct: false, name: LONGEST_NAME, kind: 'mug', recommendedRatio: '3:4' },
  state: 'draft',
  expiresAt: new Date(),
  pictureCount: null,
  ...about,
});
const style = (number: number, chosen: boolean, title = LONGEST_TITLE): Style => ({
  photoshootId: ID,
  number,
  origin: number <= 4 ? 'proposed' : 'house',
  title,
  prompt: 'x'.repeat(600),
  chosen,
});
const presets: Preset[] = Array.from({ length: 12 }, (_, index) => ({
  id: 2 ** 31 - 2000 + index,
  userId: ID,
  title: `${LONGEST_TITLE} ${index}`,
  prompt: 'x'.repeat(600),
  createdAt: new Date(),
}));
const pictures = [1, 2, 3, 4].map((position) => ({
  id: ID - position,
  position,
  style: `Oak & stone ${position}`,
}));
const stages: Stage[] = [
  { stage: 'queued', place: 1 },
  { stage: 'queued', place: 1000 },
  { stage: 'preparing' },
  { stage: 'making', done: 3, total: 4, remainingMs: 119_000 },
  { stage: 'converting' },
  { stage: 'sending' },
  { stage: 'provider-busy' },
  { stage: 'stopping' },
];
const states = ['completed', 'cancelled', 'failed'] as const;

function everyCard(language: string): [name: string, card: Screen][] {
  const t: Translate = texts.in(language);
  const four = [1, 2, 3, 4].map((number) => style(number, number <= 2));
  const house = style(houseStyleNumber(0), true);
  const entries = Array.from({ length: HISTORY_PAGE_SIZE }, (_, index) => ({
    photoshootId: ID - index,
    productName: LONGEST_NAME,
    finishedAt: new Date(Date.UTC(2026, 8, 28)),
    pictures: 4,
  }));
  const result = (state: (typeof states)[number], delivered: number) =>
    resultCard(t, {
      photoshootId: ID,
      state,
      productName: LONGEST_NAME,
      pictures: pictures.map((picture, index) => ({ ...picture, delivered: index < delivered })),
      failureCode: delivered === 4 ? null : 'provider-refused',
      creditsLeft: 1000,
    });
  return [
    ['received', receivedCard(t, 5, 5)],
    ['draft', draftCard(t, draft(), [...four, house])],
    [
      'draft without a choice',
      draftCard(
        t,
        draft(),
        four.map((one) => ({ ...one, chosen: false })),
      ),
    ],
    ['draft in another format', draftCard(t, draft({ ratio: '16:9', pictureCount: 4 }), four)],
    ['draft before it is known', draftCard(t, draft({ product: null }), [])],
    ['catalogue', catalogueCard(t, draft(), [house], presets)],
    ['describe', describeCard(t, ID)],
    ...stages.map((stage): [string, Screen] => [`status ${stage.stage}`, statusCard(t, ID, stage)]),
    ...states.map((state): [string, Screen] => [
      `result ${state}`,
      result(state, state === 'failed' ? 0 : 2),
    ]),
    ['result complete', result('completed', 4)],
    ['shown again', shownCard(t, { photoshootId: ID, productName: null, ordered: 4, delivered: pictures })],
    ['which is not right', problemCard(t, pictures)],
    ['given back', givenBackCard(t, ID)],
    ['start', startCard(t, 'W'.repeat(64), { credits: 1000, held: 0 })],
    ['start with nothing', startCard(t, '<b>', { credits: 0, held: 4 })],
    ['help', helpCard(t)],
    ['balance', balanceCard(t, { credits: 1000, held: 4 })],
    ['styles', stylesCard(t, presets)],
    ['settings', settingsCard(t)],
    ['language', languageCard(t, texts)],
    ['history', historyCard(t, language, { entries, total: 100, page: 2 })],
    ['empty history', historyCard(t, language, { entries: [], total: 0, page: 1 })],
  ];
}

const cards = texts.languages.flatMap((language) =>
  everyCard(language).map(([name, card]) => ({ language, name, card })),
);
const buttonsOf = (card: Screen) => card.keyboard.flat();
const visible = (text: string) => [...new Intl.Segmenter().segment(text)].length;

describe('a card', () => {
  test.each(cards)(
    '$language $name is HTML that Telegram takes, and short enough for a caption',
    ({ card }) => {
      const { text } = parseHtml(card.text);
      expect(text.trim()).not.toBe('');
      expect(text.length).toBeLessThanOrEqual(1024);
      expect(text).not.toMatch(/[{}]|undefined|NaN|null/);
    },
  );

  test.each(cards)('$language $name has buttons that fit a phone and carry their data', ({ card }) => {
    for (const button of buttonsOf(card)) {
      expect(visible(button.text), button.text).toBeLessThanOrEqual(40);
      expect(button.text.trim()).not.toBe('');
      const data = 'callback_data' in button ? button.callback_data : '';
      expect(Buffer.byteLength(data)).toBeGreaterThan(0);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    }
    for (const row of card.keyboard) {
      expect(row.length).toBeGreaterThan(0);
      expect(row.length).toBeLessThanOrEqual(8);
    }
    expect(buttonsOf(card).length).toBeLessThanOrEqual(100);
  });

  test.each(cards)('$language $name has no two buttons that do the same', ({ card }) => {
    const data = buttonsOf(card).map((button) => ('callback_data' in button ? button.callback_data : ''));
    expect(data).toEqual([...new Set(data)]);
  });
});

describe.each(texts.languages)('in %s', (language) => {
  const t = texts.in(language);
  const labels = (card: Screen) => buttonsOf(card).map((button) => button.text);

  test('the price stands on Create, and none before a style is chosen', () => {
    const titles = ['Oak', 'Marble'];
    const chosen = titles.map((title, index) => style(index + 1, true, title));
    const none = chosen.map((one) => ({ ...one, chosen: false }));
    expect(labels(draftCard(t, draft(), chosen))).toContain(t('button-create', { pictures: 2, credits: 2 }));
    expect(labels(draftCard(t, draft({ pictureCount: 3 }), chosen))).toContain(
      t('button-create', { pictures: 3, credits: 3 }),
    );
    // What was asked for before the last style was taken back is no promise.
    expect(labels(draftCard(t, draft({ pictureCount: 3 }), none))).toContain(t('button-create-none'));
  });

  test('the catalogue has every house style, saved ones first, and a tick on what is chosen', () => {
    const shown = labels(catalogueCard(t, draft(), [style(houseStyleNumber(1), true)], presets.slice(0, 1)));
    const house = HOUSE_STYLES.map(({ key }) => t(`style-${key}`));
    expect(shown.slice(1, -1)).toEqual(
      house.map((title, index) => (index === 1 ? t('button-chosen', { title }) : title)),
    );
  });

  test('what is left of the time is told in steps of five seconds, and not when nobody knows', () => {
    const making = (remainingMs: number | null) =>
      statusCard(t, 1, { stage: 'making', done: 0, total: 2, remainingMs }).text;
    expect(making(7_001)).toContain(t('status-remaining', { seconds: 10 }));
    expect(making(10_000)).toContain(t('status-remaining', { seconds: 10 }));
    expect(making(null)).toBe(t('status-making', { done: 1, total: 2 }));
  });

  test('a picture in the making is never beyond the last', () => {
    const { text } = statusCard(t, 1, { stage: 'making', done: 2, total: 2, remainingMs: null });
    expect(text).toBe(t('status-making', { done: 2, total: 2 }));
  });

  test('it can be stopped while it waits or is made, and not while it is sent', () => {
    const cancellable = stages
      .filter((stage) => labels(statusCard(t, 1, stage)).includes(t('button-cancel')))
      .map(({ stage }) => stage);
    expect([...new Set(cancellable)]).toEqual(['queued', 'preparing', 'making', 'provider-busy']);
  });

  test('one picture is not right at once, of several it is asked which, and each is named', () => {
    const of = (delivered: number) =>
      resultCard(t, {
        photoshootId: 7,
        state: 'completed',
        productName: 'Mug',
        pictures: pictures.map((picture, index) => ({ ...picture, delivered: index < delivered })),
        failureCode: null,
        creditsLeft: 1,
      });
    const data = (card: Screen) =>
      buttonsOf(card).flatMap((button) => ('callback_data' in button ? button.callback_data : []));
    expect(data(of(1))).toContain(`notright:${pictures[0]?.id}`);
    expect(data(of(2))).toContain('problem:7');
    // An album shows no style until a picture is opened.
    expect(of(2).text).toContain('1.\u00a0Oak &amp; stone 1 · 2.\u00a0Oak &amp; stone 2');
    expect(of(1).text).not.toContain('Oak');
    // Nothing arrived: nothing to fetch, to save or to complain about.
    expect(data(of(0))).toEqual(['again:7', 'restyle:7']);
  });

  test('every state of a photoshoot has a name for the owner', () => {
    for (const state of PHOTOSHOOT_STATES) expect(t(`admin-state-${state}`, { count: 1 })).toContain('1');
  });
});
