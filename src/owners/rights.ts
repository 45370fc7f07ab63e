/** Who may do what: the one table. Commands and taps name a right of it, and nothing else decides. */
import type { GRANTED_ROLES, OwnerAct } from '../database/schema/index.ts';

/** `owner`: those in `ADMIN_IDS`; `support`: granted in the chat. */
export type Role = 'owner' | (typeof GRANTED_ROLES)[number];

/** What is only looked at. */
type Sight =
  | 'see-menu'
  | 'see-figures'
  | 'see-person'
  | 'see-people'
  | 'see-pictures'
  | 'see-acts'
  | 'see-tickets'
  | 'see-money'
  | 'see-failures'
  | 'see-team';
export type Right = Sight | OwnerAct;

const BOTH: readonly Role[] = ['owner', 'support'];
const OWNERS: readonly Role[] = ['owner'];

/** Support answers tickets and looks at one person; it touches no money, and nothing that concerns everybody. */
export const RIGHTS: Readonly<Record<Right, readonly Role[]>> = {
  'see-menu': BOTH,
  'sign-in': BOTH,
  'see-person': BOTH,
  'see-tickets': BOTH,
  'answer-ticket': BOTH,
  'resolve-ticket': BOTH,
  'see-figures': OWNERS,
  'see-people': OWNERS,
  'see-pictures': OWNERS,
  'see-acts': OWNERS,
  'see-money': OWNERS,
  'see-failures': OWNERS,
  'see-team': OWNERS,
  gift: OWNERS,
  correct: OWNERS,
  refund: OWNERS,
  'refund-part': OWNERS,
  settle: OWNERS,
  ban: OWNERS,
  unban: OWNERS,
  message: OWNERS,
  'retry-update': OWNERS,
  'create-promo': OWNERS,
  'create-link': OWNERS,
  'grant-support': OWNERS,
  'withdraw-support': OWNERS,
  pause: OWNERS,
  resume: OWNERS,
  'stop-free-credits': OWNERS,
  'allow-free-credits': OWNERS,
  'set-thresholds': OWNERS,
  'set-limit': OWNERS,
  'arrange-styles': OWNERS,
  'clear-caches': OWNERS,
  'warm-caches': OWNERS,
  'clean-up': OWNERS,
  'begin-weekly-digest': OWNERS,
  'end-weekly-digest': OWNERS,
  broadcast: OWNERS,
};

export function may(role: Role | null, right: Right): boolean {
  return role !== null && RIGHTS[right].includes(role);
}

/** Null for nearly everybody. */
export function roleOf(
  adminIds: readonly number[],
  person: { id: number; role: (typeof GRANTED_ROLES)[number] | null },
): Role | null {
  return adminIds.includes(person.id) ? 'owner' : person.role;
}
