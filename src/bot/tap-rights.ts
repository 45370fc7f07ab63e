/** Whose buttons they are: everybody's, or of those who have a right. Whoever answers a tap reads it here. */

import type { Right } from '../owners/rights.ts';
import type { Verb } from '../screens/callback-data.ts';
import { LISTS } from '../screens/list-keys.ts';
import type { Tap } from './feature.ts';

/** Where one verb leads to several things, the tap says which; null for a thing that there is not. */
export type TapRight = 'everyone' | Right | ((tap: Tap) => Right | null);

const PAGES = {
  menu: 'see-menu',
  figures: 'see-figures',
  process: 'see-figures',
  health: 'see-failures',
  alerts: 'see-failures',
  limits: 'set-limit',
  cohorts: 'see-figures',
  brakes: 'pause',
  digests: 'see-figures',
  team: 'see-team',
  broadcast: 'broadcast',
  dashboard: 'sign-in',
} as const;
export type AdminPage = keyof typeof PAGES;
const REQUESTS = { gift: 'gift', correct: 'correct', ban: 'ban', message: 'message' } as const;
const BRAKES = {
  resume: 'resume',
  stop: 'stop-free-credits',
  allow: 'allow-free-credits',
} as const;
const CACHES = {
  show: 'see-figures',
  clear: 'clear-caches',
  warm: 'warm-caches',
  tidy: 'clean-up',
} as const;
const DIGESTS = { begin: 'begin-weekly-digest', end: 'end-weekly-digest' } as const;

export const TAP_RIGHTS: Readonly<Record<Verb, TapRight>> = {
  product: 'everyone',
  attach: 'everyone',
  card: 'everyone',
  style: 'everyone',
  catalogue: 'everyone',
  surprise: 'everyone',
  ideas: 'everyone',
  describe: 'everyone',
  name: 'everyone',
  ratio: 'everyone',
  size: 'everyone',
  count: 'everyone',
  split: 'everyone',
  series: 'everyone',
  keepphoto: 'everyone',
  place: 'everyone',
  cancel: 'everyone',
  originals: 'everyone',
  again: 'everyone',
  restyle: 'everyone',
  change: 'everyone',
  target: 'everyone',
  likes: 'everyone',
  more: 'everyone',
  undo: 'everyone',
  save: 'everyone',
  pack: 'everyone',
  channel: 'everyone',
  sku: 'everyone',
  makepack: 'everyone',
  cutout: 'everyone',
  listing: 'everyone',
  problem: 'everyone',
  notright: 'everyone',
  redo: 'everyone',
  giveback: 'everyone',
  reason: 'everyone',
  history: 'everyone',
  show: 'everyone',
  past: 'everyone',
  menu: 'everyone',
  language: 'everyone',
  preset: 'everyone',
  rename: 'everyone',
  forget: 'everyone',
  shop: 'everyone',
  buy: 'everyone',
  subscribe: 'everyone',
  unsubscribe: 'everyone',
  resubscribe: 'everyone',
  support: 'everyone',
  news: 'everyone',
  data: 'everyone',
  refund: ({ argument }) => (argument === 'part' ? 'refund-part' : 'refund'),
  settle: 'settle',
  retry: 'retry-update',
  figures: 'see-figures',
  charts: 'see-figures',
  ticket: ({ argument }) => (argument === 'resolve' ? 'resolve-ticket' : 'answer-ticket'),
  admin: ({ id }) => of(PAGES, id),
  list: ({ id }) => of(LISTS, id),
  person: ({ argument }) => (argument === 'unban' ? 'unban' : 'see-person'),
  ask: ({ argument }) => of(REQUESTS, argument),
  // Only who has begun a request may end it; what may be begun is asked above.
  act: 'message',
  team: 'withdraw-support',
  broadcast: 'broadcast',
  limit: 'set-limit',
  brake: ({ id }) => of(BRAKES, id),
  digest: ({ id }) => of(DIGESTS, id),
  cache: ({ id }) => of(CACHES, id),
};

function of<Name extends string>(rights: Readonly<Record<Name, Right>>, name: string | null): Right | null {
  const known = Object.entries<Right>(rights).find(([key]) => key === name);
  return known?.[1] ?? null;
}

/** The right that a tap needs; null where there is no such thing. */
export function rightOfTap(verb: Verb, tap: Tap): 'everyone' | Right | null {
  const right = TAP_RIGHTS[verb];
  return typeof right === 'function' ? right(tap) : right;
}
