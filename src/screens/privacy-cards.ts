/** What a person may ask about their data, and how it is deleted. */
import type { Stake } from '../privacy/request-deletion.ts';
import { COME_BACK_DAYS, KEPT_DATA, type Retention, spokenTime } from '../privacy/retention.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

/** Who is told, and for how long what is kept. */
export type Disclosure = Readonly<{
  retention: Retention;
  /** The names of the endpoints that pictures and words are sent to. */
  providers: readonly string[];
  /** Whether an advertising network hears of starts and purchases by its own click ids. */
  reportsClicks: boolean;
}>;

export function privacyCard(t: Translate, { retention, providers, reportsClicks }: Disclosure): Screen {
  return {
    text: lines(
      t('privacy-title'),
      '',
      t('privacy-kept'),
      ...KEPT_DATA.map((name) => `• ${t(`privacy-kept-${name}`, { time: timeText(t, retention[name]) })}`),
      `• ${t('privacy-until-deletion')}`,
      `• ${t('privacy-books')}`,
      '',
      t('privacy-who', { providers: escapeHtml(providers.join(', ')) }),
      reportsClicks && t('privacy-clicks'),
      '',
      t('privacy-rights', { days: COME_BACK_DAYS }),
    ),
    keyboard: [
      [button(t('button-data-file'), 'data', 'file')],
      [button(t('button-ask-delete'), 'data', 'ask')],
    ],
  };
}

function timeText(t: Translate, ms: number): string {
  const { number, unit } = spokenTime(ms);
  return t(`privacy-${unit}`, { number });
}

/** What goes and what stays, and what it costs, before the one tap. */
export function deletionCard(t: Translate, stake: Stake): Screen {
  const lost = stake.credits + stake.reserved;
  return {
    text: lines(
      t('deletion-title'),
      '',
      t('deletion-goes'),
      t('deletion-stays'),
      lost > 0 && t('deletion-credits', { credits: lost }),
      stake.payments > 0 && t('deletion-refunds'),
      stake.renews && t('deletion-subscription'),
      stake.atWork > 0 && t('deletion-work', { photoshoots: stake.atWork }),
      stake.openPayments > 0 && t('deletion-waits'),
      '',
      t('deletion-days', { days: COME_BACK_DAYS }),
    ),
    keyboard: [
      [button(t('button-delete-data'), 'data', 'delete', undefined, { style: 'danger' })],
      [button(t('button-keep-data'), 'data', 'keep')],
    ],
  };
}

/** @param dueAt when the data is deleted, unless its person comes back */
export function leavingCard(t: Translate, language: string, dueAt: Date): Screen {
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    dueAt,
  );
  return {
    text: t('leaving', { date }),
    keyboard: [[button(t('button-keep-data'), 'data', 'keep', undefined, { style: 'success' })]],
  };
}

export function cameBackCard(t: Translate): Screen {
  return { text: t('leaving-back'), keyboard: [] };
}
