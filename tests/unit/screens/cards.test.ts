/** Every card in every language, with the longest of everything that may stand in it. */

import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseHtml } from '../../../sandbox/telegram/html.ts';
import type { Likeness } from '../../../src/photoshoots/likeness.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import { houseStyleNumber } from '../../../src/photoshoots/styles/style-numbers.ts';
import { catalogueCard } from '../../../src/screens/catalogue-card.ts';
import { draftCard } from '../../../src/screens/draft-card.ts';
import { pastCard } from '../../../src/screens/menu-cards.ts';
import { resultCard } from '../../../src/screens/result-card.ts';
import type { Screen } from '../../../src/screens/screen.ts';
import { statusCard } from '../../../src/screens/status-card.ts';
import { keyWidth, roomInRow } from '../../support/key-room.ts';
import { CARDS, draft, pictures, presets, stages, style, texts } from './card-examples.ts';

const SCREENS = join(import.meta.dirname, '../../../src/screens');

const cards = texts.languages.flatMap((language) =>
  CARDS.flatMap(({ name, longest, shown }) =>
    Object.entries(shown(texts.in(language), language)).map(([example, card]) => ({
      language,
      name: `${name} (${example})`,
      longest,
      card,
    })),
  ),
);
const buttonsOf = (card: Screen) => card.keyboard.flat();
/** What a button does: its data, the address it opens, or what it copies. */
function actionOf(button: Screen['keyboard'][number][number]): string {
  if ('callback_data' in button) return button.callback_data;
  if ('url' in button) return button.url;
  if ('web_app' in button) return button.web_app.url;
  return 'copy_text' in button ? button.copy_text.text : '';
}
/** In the examples: the names of people, products and styles at their longest, and ids as large as they may become. */
const OTHERS_WORDS = /<&>|&{2}|👩🏽‍🎨|W{4}|9007199254740\d{3}/;
const visible = (text: string) => [...new Intl.Segmenter().segment(text)].length;

describe('a card', () => {
  test('has examples, whichever file of the screens it stands in', async () => {
    const files = globSync('**/*.ts', { cwd: SCREENS });
    const modules: Record<string, unknown>[] = await Promise.all(
      files.map((file) => import(pathToFileURL(join(SCREENS, file)).href)),
    );
    const exported = modules.flatMap((module) => Object.keys(module)).filter((name) => name.endsWith('Card'));
    expect(exported.length).toBeGreaterThan(0);
    expect(CARDS.map(({ name }) => name).sort()).toEqual(exported.sort());
  });

  test.each(cards)(
    '$language $name is HTML that Telegram takes, and short enough for where it stands',
    ({ card, longest }) => {
      const { text } = parseHtml(card.text);
      expect(text.trim()).not.toBe('');
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(text).not.toMatch(/[{}]|undefined|NaN|null/);
    },
  );

  test.each(cards)('$language $name has buttons that fit a phone and carry their data', ({ card }) => {
    for (const button of buttonsOf(card)) {
      expect(visible(button.text), button.text).toBeLessThanOrEqual(40);
      expect(button.text.trim()).not.toBe('');
      expect(actionOf(button)).not.toBe('');
      const data = 'callback_data' in button ? button.callback_data : '';
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    }
    for (const row of card.keyboard) {
      expect(row.length).toBeGreaterThan(0);
      expect(row.length).toBeLessThanOrEqual(8);
    }
    expect(buttonsOf(card).length).toBeLessThanOrEqual(100);
  });

  test.each(cards)(
    '$language $name has keys whose words can be read whole at 320 pixels',
    async ({ card }) => {
      const cut: string[] = [];
      for (const row of card.keyboard) {
        for (const { text } of row) {
          // What people and models call things may be long, and who called them so knows the rest.
          if (OTHERS_WORDS.test(text)) continue;
          const beyond = (await keyWidth(text)) - roomInRow(row.length);
          if (beyond > 0) cut.push(`${text}: ${Math.ceil(beyond)} pixels too wide`);
        }
      }
      expect(cut).toEqual([]);
    },
  );

  test.each(cards)('$language $name has no two buttons that do the same', ({ card }) => {
    const actions = buttonsOf(card).map(actionOf);
    expect(actions).toEqual([...new Set(actions)]);
  });
});

test('an entry of the history says how long ago it was made, and after a day which day', () => {
  const at = new Date(Date.UTC(2026, 10, 26, 12));
  const entry = { photoshootId: 1, productName: 'Mug', finishedAt: at, styles: [], page: 1 };
  const said = (language: string, seconds: number) =>
    pastCard(texts.in(language), language, entry, new Date(at.getTime() + seconds * 1000)).text;
  expect(said('ru', 5)).toContain('1 минуту назад');
  expect(said('en', 59 * 60)).toContain('59 minutes ago');
  expect(said('ru', 5 * 3600)).toContain('5 часов назад');
  expect(said('en', 48 * 3600)).toContain('November 26, 2026');
});

describe.each(texts.languages)('in %s', (language) => {
  const t = texts.in(language);
  const lastKey = (card: Screen) => card.keyboard.at(-1)?.at(-1);
  const labels = (card: Screen) => buttonsOf(card).map((button) => button.text);

  test('the price stands on Create, also before a style is chosen', () => {
    const titles = ['Oak', 'Marble'];
    const chosen = titles.map((title, index) => style(index + 1, true, title));
    const none = chosen.map((one) => ({ ...one, chosen: false }));
    expect(labels(draftCard(t, draft(), chosen, 1))).toContain(
      t('button-create', { pictures: 2, credits: 2 }),
    );
    expect(labels(draftCard(t, draft({ pictureCount: 3 }), chosen, 1))).toContain(
      t('button-create', { pictures: 3, credits: 3 }),
    );
    // Nothing is chosen: one tap makes the first, or all, and says what that costs.
    expect(lastKey(draftCard(t, draft(), none, 1))).toMatchObject({
      text: t('button-create-all', { pictures: 2, credits: 2 }),
      callback_data: `place:${draft().id}:first:2:2`,
    });
    expect(lastKey(draftCard(t, draft({ pictureCount: 1 }), none, 1))).toMatchObject({
      text: t('button-create-first', { pictures: 1, credits: 1 }),
      callback_data: `place:${draft().id}:first:1:1`,
    });
  });

  test('nothing jumps: whatever is chosen, the card has the same keys in the same rows', () => {
    const rows = (chosen: readonly number[], pictureCount: number | null) =>
      draftCard(
        t,
        draft({ pictureCount }),
        [1, 2, 3, 4, 5, houseStyleNumber(0)].map((number) => style(number, chosen.includes(number))),
        1,
      ).keyboard.map((row) => row.length);
    const before = rows([], null);
    for (const chosen of [[1], [1, 2], [1, 2, 3, 4], [houseStyleNumber(0)], [5]])
      for (const count of [null, 1, 4]) expect(rows(chosen, count)).toEqual(before);
  });

  test('the catalogue has every house style, saved ones first, and a tick on what is chosen', () => {
    const shown = labels(
      catalogueCard(t, draft(), [style(houseStyleNumber(1), true)], presets.slice(0, 1), HOUSE_STYLES),
    );
    const numbers = HOUSE_STYLES.map((_, index) => String(index + 1));
    expect(shown.slice(1, -1)).toEqual(
      numbers.map((title, index) => (index === 1 ? t('button-chosen', { title }) : title)),
    );
  });

  test('what is left of the time is told in steps of five seconds, and not when nobody knows', () => {
    const making = (remainingMs: number | null) =>
      statusCard(t, 1, { stage: 'making', ready: 0, total: 2, remainingMs }).text;
    expect(making(7_001)).toContain(t('status-remaining', { seconds: 10 }));
    expect(making(10_000)).toContain(t('status-remaining', { seconds: 10 }));
    expect(making(null)).toBe(t('status-making', { ready: 0, total: 2 }));
  });

  test('what takes longer than usual says so, and no count stands', () => {
    const longer = (total: number) =>
      statusCard(t, 1, { stage: 'making', ready: 0, total, remainingMs: -1 }).text;
    expect(longer(4)).toBe(`${t('status-making', { ready: 0, total: 4 })}\n${t('status-longer')}`);
    expect(longer(1)).toBe(`${t('status-making-one')}\n${t('status-longer')}`);
  });

  test('it can be stopped while it waits or is made, and not while it is sent', () => {
    const cancellable = stages
      .filter((stage) => labels(statusCard(t, 1, stage)).includes(t('button-cancel')))
      .map(({ stage }) => stage);
    expect([...new Set(cancellable)]).toEqual(['queued', 'preparing', 'making', 'provider-busy']);
  });

  test('what is known of a picture’s truth is said, and what was not measured is passed over', () => {
    const said = (verdicts: readonly (readonly [Likeness | null, number])[]) =>
      resultCard(t, {
        photoshootId: 7,
        size: 'usual',
        state: 'completed',
        productName: 'Mug',
        pictures: verdicts.map(([likeness, nextCredits], index) => ({
          id: index + 1,
          position: index + 1,
          style: 'Oak',
          credits: 1,
          creditsSaved: 0,
          reshaped: null,
          delivered: true,
          likeness,
          nextCredits,
        })),
        failureCode: null,
        repaid: 0,
        creditsLeft: 1,
        isCutOut: false,
        originalsArePng: true,
        correction: null,
        paidByBefore: 0,
      }).text;
    const label = { kind: 'not-read' } as const;
    const same: Likeness = { kind: 'same', label };
    const drifted: Likeness = { kind: 'drifted', drifts: ['doubled', 'colour'], label };
    const unknown: Likeness = { kind: 'not-measured', reason: 'few-matches', label };
    expect(said([[same, 1]])).toContain(t('truth-same-not-read'));
    expect(said([[{ ...same, label: { kind: 'as-in-photo' } }, 1]])).toContain(t('truth-same-as-in-photo'));
    expect(said([[{ ...unknown, label: { kind: 'as-in-photo' } }, 1]])).toContain(t('truth-label-alone'));
    const misread = { kind: 'differs', photo: 'NORDEN & CO', picture: 'N<RDEN' } as const;
    const read = t('truth-label', { photo: 'NORDEN &amp; CO', picture: 'N&lt;RDEN' });
    expect(said([[{ kind: 'drifted', drifts: ['label'], label: misread }, 0]])).toContain(
      t('truth-drifted', { reasons: read }),
    );
    const reasons = `${t('truth-doubled')}, ${t('truth-colour')}`;
    const ours = said([[drifted, 0]]);
    expect(ours).toContain(t('truth-drifted', { reasons }));
    expect(ours).toContain(t('truth-free'));
    expect(said([[drifted, 1]])).not.toContain(t('truth-free'));
    const several = said([
      [same, 1],
      [unknown, 1],
      [drifted, 1],
      [same, 1],
    ]);
    expect(several).toContain(t('truth-same-not-read-of', { pictures: '1, 4' }));
    expect(several).toContain(t('truth-drifted-of', { position: 3, reasons }));
    expect(said([[unknown, 1]])).toBe(said([[null, 1]]));
  });

  test('one picture is not right at once, of several it is asked which, and each is named', () => {
    const of = (delivered: number) =>
      resultCard(t, {
        photoshootId: 7,
        size: 'usual',
        state: 'completed',
        productName: 'Mug',
        pictures: pictures.map((picture, index) => ({
          ...picture,
          delivered: index < delivered,
          likeness: null,
        })),
        failureCode: null,
        repaid: 0,
        creditsLeft: 1,
        isCutOut: false,
        originalsArePng: true,
        correction: null,
        paidByBefore: 0,
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
});
