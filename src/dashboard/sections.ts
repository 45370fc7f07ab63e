/** Where one can go, in the order of the menu. */
import type { Right } from '../owners/rights.ts';
import type { Html } from './html.ts';
import { ICONS } from './icons.ts';

export type SectionName =
  | 'overview'
  | 'payments'
  | 'orders'
  | 'people'
  | 'find'
  | 'tickets'
  | 'pictures'
  | 'styles'
  | 'channels'
  | 'prices'
  | 'sources'
  | 'cohorts'
  | 'broadcasts'
  | 'audit'
  | 'health'
  | 'alerts'
  | 'limits';

export type Section = {
  name: SectionName;
  /** Below `/admin`. */
  path: string;
  right: Right;
  icon: Html;
  /** Whether it is always at hand on a phone, too. */
  tab: boolean;
};

export const SECTIONS: readonly Section[] = [
  { name: 'overview', path: '', right: 'see-figures', icon: ICONS.overview, tab: true },
  { name: 'payments', path: '/payments', right: 'see-money', icon: ICONS.payments, tab: true },
  { name: 'orders', path: '/orders', right: 'see-money', icon: ICONS.orders, tab: false },
  { name: 'people', path: '/people', right: 'see-people', icon: ICONS.people, tab: true },
  { name: 'find', path: '/find', right: 'see-person', icon: ICONS.find, tab: true },
  { name: 'tickets', path: '/tickets', right: 'see-tickets', icon: ICONS.tickets, tab: true },
  { name: 'pictures', path: '/pictures', right: 'see-pictures', icon: ICONS.pictures, tab: false },
  { name: 'styles', path: '/styles', right: 'arrange-styles', icon: ICONS.styles, tab: false },
  { name: 'channels', path: '/channels', right: 'see-pictures', icon: ICONS.channels, tab: false },
  { name: 'prices', path: '/prices', right: 'create-promo', icon: ICONS.prices, tab: false },
  { name: 'sources', path: '/sources', right: 'see-figures', icon: ICONS.sources, tab: false },
  { name: 'cohorts', path: '/cohorts', right: 'see-figures', icon: ICONS.cohorts, tab: false },
  { name: 'broadcasts', path: '/broadcasts', right: 'broadcast', icon: ICONS.broadcasts, tab: false },
  { name: 'audit', path: '/audit', right: 'see-acts', icon: ICONS.audit, tab: false },
  { name: 'health', path: '/health', right: 'see-failures', icon: ICONS.health, tab: false },
  { name: 'alerts', path: '/alerts', right: 'see-failures', icon: ICONS.alerts, tab: false },
  { name: 'limits', path: '/limits', right: 'set-limit', icon: ICONS.limits, tab: false },
];

/** Those that somebody may see; one person is found among all, by whoever may see them. */
export function sectionsFor(allowed: (right: Right) => boolean): readonly Section[] {
  return SECTIONS.filter(({ name, right }) => allowed(right) && !(name === 'find' && allowed('see-people')));
}
