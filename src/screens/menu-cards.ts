/** The screens of the menu: each replaces the one before it in the same message. */
import type { Balance } from '../billing/ledger/read-balance.ts';
import type { GiveBackQuota } from '../photoshoots/give-back.ts';
import type { HistoryEntry } from '../photoshoots/history.ts';
import { creditsOf } from '../photoshoots/picture-price.ts';
import type { HouseStyle } from '../photoshoots/styles/house-styles.ts';
import type { Preset } from '../photoshoots/styles/presets.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Texts, Translate } from '../texts/texts.ts';
import { giveBackRule } from './not-right-cards.ts';
import { presetKey } from './preset-cards.ts';
import { button, lines, type Screen, shorten } from './screen.ts';

export const MENU_SCREENS = ['start', 'help', 'styles', 'balance', 'settings', 'language'] as const;
export type MenuScreen = (typeof MENU_SCREENS)[number];

/** @param hasPaid nobody is told that what they have bought is free */
export function startCard(t: Translate, name: string, balance: Balance, hasPaid: boolean): Screen {
  const pictures = Math.floor(Math.max(0, balance.credits) / creditsOf('usual'));
  return {
    text: lines(
      t('start', { name: escapeHtml(name) }),
      '',
      t(pictures > 0 && !hasPaid ? 'start-free' : 'start-pictures', { pictures }),
      '',
      t('start-sample'),
    ),
    keyboard: [
      [button(t('menu-buy'), 'shop', 1), button(t('menu-balance'), 'menu', 'balance')],
      [button(t('menu-history'), 'history', 1), button(t('menu-styles'), 'menu', 'styles')],
      [button(t('menu-help'), 'menu', 'help'), button(t('menu-settings'), 'menu', 'settings')],
    ],
  };
}

export function helpCard(t: Translate, quota: GiveBackQuota): Screen {
  return { text: lines(t('help'), '', giveBackRule(t, quota)), keyboard: [back(t, 'start')] };
}

export function balanceCard(t: Translate, balance: Balance): Screen {
  return {
    text: lines(
      // Below zero after a chargeback only; “−3 credits” would not tell what happened.
      balance.credits < 0
        ? t('balance-debt', { debt: -balance.credits })
        : t('balance', { credits: balance.credits }),
      balance.reserved > 0 && t('balance-reserved', { reserved: balance.reserved }),
    ),
    keyboard: [[button(t('menu-buy'), 'shop', 1)], back(t, 'start')],
  };
}

export function stylesCard(t: Translate, presets: readonly Preset[], offered: readonly HouseStyle[]): Screen {
  const list = offered.map((style) => `• ${t(`style-${style.key}`)}`).join('\n');
  return {
    text: lines(
      t('styles-title'),
      '',
      list,
      presets.length > 0 && lines('', t('styles-saved'), t('styles-saved-hint')),
    ),
    keyboard: [
      ...presets.map((preset) => [button(presetKey(t, preset), 'preset', preset.id)]),
      back(t, 'start'),
    ],
  };
}

export function settingsCard(t: Translate, { newsMuted }: { newsMuted: boolean }): Screen {
  return {
    text: lines(
      t('settings-title', { language: t('language-name') }),
      t(newsMuted ? 'settings-news-off' : 'settings-news-on'),
    ),
    keyboard: [
      [button(t('button-language'), 'menu', 'language')],
      [newsMuted ? button(t('button-news-on'), 'news', 'on') : button(t('button-news-off'), 'news', 'mute')],
      back(t, 'start'),
    ],
  };
}

export function languageCard(t: Translate, texts: Texts): Screen {
  return {
    text: t('language-title'),
    keyboard: [
      ...texts.languages.map((language) => [
        button(texts.in(language)('language-name'), 'language', language),
      ]),
      back(t, 'settings'),
    ],
  };
}

export const HISTORY_PAGE_SIZE = 6;
/** Leaves room in a button for the day and the number of pictures. */
const LONGEST_NAME = 17;

export function historyCard(
  t: Translate,
  language: string,
  history: { entries: readonly HistoryEntry[]; total: number; page: number },
): Screen {
  if (history.total === 0) return { text: t('history-empty'), keyboard: [back(t, 'start')] };
  const pages = Math.ceil(history.total / HISTORY_PAGE_SIZE);
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const entries = history.entries.map((entry) =>
    button(
      t('history-entry', {
        date: day.format(entry.finishedAt),
        name: shorten(entry.productName || t('result-product'), LONGEST_NAME),
        pictures: entry.pictures,
      }),
      'past',
      entry.photoshootId,
      history.page,
    ),
  );
  const turns = [
    ...(history.page > 1 ? [button(t('button-newer'), 'history', history.page - 1)] : []),
    ...(history.page < pages ? [button(t('button-older'), 'history', history.page + 1)] : []),
  ];
  return {
    text: lines(t('history-title'), pages > 1 && t('history-page', { page: history.page, pages })),
    keyboard: [...entries.map((entry) => [entry]), ...(turns.length > 0 ? [turns] : []), back(t, 'start')],
  };
}

/**
 * One entry of the history, below its first picture: when it was made, in which styles, and a way to have it again.
 * @param page the page of the list that “back” leads to
 */
export function pastCard(
  t: Translate,
  language: string,
  entry: {
    photoshootId: number;
    productName: string | null;
    finishedAt: Date;
    styles: readonly string[];
    page: number;
  },
  now: Date,
): Screen {
  const { photoshootId, productName, finishedAt, styles, page } = entry;
  return {
    text: lines(
      t('past-title', { name: escapeHtml(shorten(productName || t('result-product'), LONGEST_NAME)) }),
      t('past-time', { time: timeOf(language, finishedAt, now) }),
      ...styles.map((style) => t('past-style', { style: escapeHtml(style) })),
    ),
    keyboard: [
      [button(t('button-show'), 'show', photoshootId, undefined, { style: 'primary' })],
      [button(t('button-back'), 'history', page)],
    ],
  };
}

/** Minutes and hours ago, later the day: nobody knows where a seller's clocks stand. */
function timeOf(language: string, at: Date, now: Date): string {
  const ago = new Intl.RelativeTimeFormat(language);
  const minutes = Math.max(1, Math.floor((now.getTime() - at.getTime()) / 60_000));
  if (minutes < 60) return ago.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return ago.format(-hours, 'hour');
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

function back(t: Translate, screen: MenuScreen) {
  return [button(t('button-back'), 'menu', screen)];
}
