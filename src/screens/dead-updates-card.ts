/** What was given up, for owners: a line each, and a key that has it tried again. */
import type { Page } from '../owners/page.ts';
import type { DeadUpdate } from '../support/dead-updates.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { pageKeys } from './list-keys.ts';
import { button, lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

/** Of what was said: enough to know what it was about. */
const LONGEST_QUOTE = 120;

export function deadUpdatesCard(
  t: Translate,
  { list, total }: { list: Page<DeadUpdate>; total: number },
): Screen {
  if (list.entries.length === 0) return { text: t('failed-none'), keyboard: pageKeys(t, 'failed', list) };
  return {
    text: lines(
      t('failed-title', { count: total }),
      '',
      ...list.entries.map((update) => deadUpdateLine(t, update)),
      '',
      t('failed-hint'),
    ),
    keyboard: [
      ...list.entries.map(({ updateId }) => [
        button(t('button-retry', { update: String(updateId) }), 'retry', updateId),
      ]),
      ...pageKeys(t, 'failed', list),
    ],
  };
}

function deadUpdateLine(t: Translate, update: DeadUpdate): string {
  const line = t('failed-line', {
    update: String(update.updateId),
    date: update.receivedAt.toISOString().slice(0, 16).replace('T', ' '),
    kind: update.kind,
    user: String(update.chatId),
    fault: escapeHtml(update.fault),
    times: update.failures + update.deaths,
  });
  return update.said === null
    ? line
    : `${line}\n<blockquote>${escapeHtml(cut(update.said, LONGEST_QUOTE))}</blockquote>`;
}
