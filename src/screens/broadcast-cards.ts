/** What many people are told: as they read it, and as the owner who writes it sees it. */
import type { Broadcast, BroadcastCounts } from '../owners/broadcasts/broadcast.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Keyboard, lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

/** Of a broadcast's text, so that every language's beginning fits into the owner's card. */
const LONGEST_QUOTE = 300;
/** Who has no text in their language reads this one. */
const FOR_ALL_OTHERS = 'en';

/** The text that a reader of this language gets; there is at least one. */
export function textFor(texts: Broadcast['texts'], language: string): string {
  const text = texts[language] ?? texts[FOR_ALL_OTHERS] ?? Object.values(texts)[0];
  if (text === undefined) throw new Error('a broadcast without a text');
  return text;
}

/** As it is read, with the key that ends it for this reader. */
export function newsCard(t: Translate, text: string): Screen {
  return { text: escapeHtml(text), keyboard: [[button(t('button-news-off'), 'news', 'off')]] };
}

export function broadcastCard(
  t: Translate,
  broadcast: Broadcast,
  counts: BroadcastCounts,
  languages: readonly string[],
): Screen {
  const { id, state, segment, language, texts } = broadcast;
  const isDraft = state === 'draft';
  return {
    text: lines(
      t('broadcast-title', { id: String(id), state: t(`broadcast-state-${state}`) }),
      '',
      t('broadcast-segment', {
        segment: t(`segment-${segment}`),
        language: segment === 'language' ? (language ?? '') : '',
      }),
      isDraft ? t('broadcast-readers', { readers: counts.waiting }) : t('broadcast-counts', { ...counts }),
      ...Object.entries(texts).map(
        ([code, text]) =>
          `<b>${escapeHtml(code)}</b>\n<blockquote>${escapeHtml(cut(text, LONGEST_QUOTE))}</blockquote>`,
      ),
      isDraft && Object.keys(texts).length === 0 && t('broadcast-no-text'),
    ),
    keyboard: keysOf(t, broadcast, counts, languages),
  };
}

function keysOf(
  t: Translate,
  { id, state, texts, segment, language }: Broadcast,
  counts: BroadcastCounts,
  languages: readonly string[],
): Keyboard {
  const toMenu = [button(t('button-admin-menu'), 'admin', 'menu')];
  const cancel = button(t('button-broadcast-cancel'), 'broadcast', id, 'cancel', { style: 'danger' });
  switch (state) {
    case 'draft': {
      const chosen = (is: boolean, text: string) => (is ? `• ${text}` : text);
      const segments = [
        ...(['all', 'buyers', 'inactive'] as const).map((name) =>
          button(chosen(segment === name, t(`segment-${name}`)), 'broadcast', id, `to:${name}`),
        ),
        ...languages.map((code) =>
          button(
            chosen(
              segment === 'language' && language === code,
              t('button-segment-language', { language: code }),
            ),
            'broadcast',
            id,
            `to:language:${code}`,
          ),
        ),
      ];
      const isWritten = Object.keys(texts).length > 0;
      return [
        ...inRows(segments, 2),
        languages.map((code) =>
          button(t('button-broadcast-text', { language: code }), 'broadcast', id, `text:${code}`),
        ),
        ...(isWritten ? [[button(t('button-broadcast-test'), 'broadcast', id, 'test')]] : []),
        ...(isWritten && counts.waiting > 0
          ? [
              [
                button(t('button-broadcast-start', { readers: counts.waiting }), 'broadcast', id, 'start', {
                  style: 'success',
                }),
              ],
            ]
          : []),
        [cancel],
        toMenu,
      ];
    }
    case 'sending':
      return [[button(t('button-broadcast-pause'), 'broadcast', id, 'pause'), cancel], toMenu];
    case 'paused':
      return [[button(t('button-broadcast-resume'), 'broadcast', id, 'resume'), cancel], toMenu];
    case 'done':
    case 'cancelled':
      return [toMenu];
    default: {
      const never: never = state;
      throw new Error(`unknown state ${String(never)}`);
    }
  }
}
