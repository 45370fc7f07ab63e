/** What is said once above a page, after something was done: the address carries a name, and never words. */
import { type Content, html } from './html.ts';
import type { Visit } from './visit.ts';

type Notice = { text: string; isWarning?: true };

const NOTICES = {
  'gift-done': { text: 'dash-done-gift' },
  'correct-done': { text: 'dash-done-correct' },
  'ban-done': { text: 'dash-done-ban' },
  'message-done': { text: 'dash-done-message' },
  'refund-part-done': { text: 'dash-done-refund-part' },
  'person-untold': { text: 'dash-done-untold', isWarning: true },
  'message-unsent': { text: 'dash-done-unsent', isWarning: true },
  'unban-done': { text: 'dash-done-unban' },
  refunded: { text: 'dash-done-refunded' },
  'refund-refused': { text: 'dash-done-refund-refused', isWarning: true },
  'refund-unknown': { text: 'dash-done-refund-unknown', isWarning: true },
  'charge-settled': { text: 'dash-done-settled' },
  'charge-before': { text: 'dash-done-settled-before' },
  'charge-held': { text: 'dash-done-settled-held', isWarning: true },
  'charge-failed': { text: 'dash-done-settled-failed', isWarning: true },
  answered: { text: 'dash-done-answered' },
  unanswered: { text: 'dash-done-unanswered', isWarning: true },
  resolved: { text: 'dash-done-resolved' },
  'promo-created': { text: 'dash-done-promo' },
  'promo-exists': { text: 'dash-done-promo-exists', isWarning: true },
  'broadcast-written': { text: 'dash-done-broadcast-written' },
  'broadcast-tried': { text: 'dash-done-broadcast-tried' },
  'broadcast-untried': { text: 'dash-done-broadcast-untried', isWarning: true },
  'styles-arranged': { text: 'dash-done-styles' },
  'thresholds-set': { text: 'dash-done-thresholds' },
  'limit-set': { text: 'dash-done-limit' },
  retried: { text: 'dash-done-retried' },
  'retry-gone': { text: 'dash-done-retry-gone', isWarning: true },
} as const satisfies Record<string, Notice>;

export type NoticeName = keyof typeof NOTICES;

/** The notice that the address names; nothing for no such name. */
export function noticeIn({ visitor, query }: Pick<Visit, 'visitor' | 'query'>): Content {
  const [, notice] = Object.entries<Notice>(NOTICES).find(([name]) => name === query.done) ?? [];
  if (notice === undefined) return null;
  return html`<p class="notice${notice.isWarning === true && ' warn'}" role="status">${visitor.t(notice.text)}</p>`;
}

/** The address of a page that says so. @param path below `/admin` */
export function withNotice(path: string, name: NoticeName): string {
  return `${path}?done=${name}`;
}
