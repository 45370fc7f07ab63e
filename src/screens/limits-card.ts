/** The limits on people and addresses, as owners see and change them. */
import { LIMIT_BOUNDS, type LimitsState } from '../owners/change-limits.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

/** For how long a key sets a limit. */
export const KEY_MINUTES = 60;
/** What each is told by on a key, where its words have no room. */
const MARKS: Readonly<Record<LimitsState['limits'][number]['name'], string>> = {
  messages: '💬',
  photoshoots: '📸',
  recognitions: '👀',
  requests: '🌐',
};
const MOST_SHOWN = 5;

/** What is in force and until when, who waits, and keys that halve or double each limit for an hour. */
export function limitsCard(
  t: Translate,
  language: string,
  { limits, waiting }: LimitsState,
  timeZone: string,
): Screen {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone });
  return {
    text: lines(
      t('limits-title'),
      '',
      ...limits.map(({ name, most, windowMs, usual, until }) => {
        const what = { mark: MARKS[name], what: t(`limit-${name}`), most, window: spokenSpan(t, windowMs) };
        return until === null
          ? t('limits-line', what)
          : t('limits-line-set', { ...what, usual, until: moment.format(until) });
      }),
      '',
      waiting.length === 0 ? t('limits-nobody-waits') : t('limits-waiting', { count: waiting.length }),
      ...waiting.slice(0, MOST_SHOWN).map(({ limit, subject, retryAfterMs }) =>
        t('limits-waiter', {
          who: escapeHtml(subject),
          what: t(`limit-${limit}`),
          wait: spokenSpan(t, retryAfterMs),
        }),
      ),
      '',
      t('limits-hint'),
    ),
    keyboard: [
      ...limits.flatMap(({ name, most, usual, until }) => {
        const key = (text: string, to: number | 'usual') => button(text, 'limit', name, to);
        const mark = MARKS[name];
        const [half, twice] = [Math.max(1, Math.floor(most / 2)), Math.min(most * 2, LIMIT_BOUNDS.most)];
        return [
          [
            ...(half < most ? [key(t('button-limit-lower', { mark, most: half }), half)] : []),
            key(t('button-limit-raise', { mark, most: twice }), twice),
          ],
          ...(until === null ? [] : [[key(t('button-limit-usual', { mark, most: usual }), 'usual')]]),
        ];
      }),
      [button(t('button-refresh'), 'admin', 'limits')],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

/** A stretch of time in the largest unit of which there is a whole one. */
export function spokenSpan(t: Translate, ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return t('limits-seconds', { number: seconds });
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90
    ? t('limits-minutes', { number: minutes })
    : t('limits-hours', { number: Math.ceil(minutes / 60) });
}
