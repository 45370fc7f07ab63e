/** Every command of the bot. A new one is a line here, a handler in a feature and a text in each language. */
import { may, type Right, type Role } from '../owners/rights.ts';

/** Everyone, or those who have a right (owners/rights). */
export type Audience = 'everyone' | Right;

/**
 * In the order of the menu; owners and support find theirs below everybody's. `Features` has a handler for each, so one
 * without does not compile, and whoever answers a command reads here who may give it.
 */
export const COMMANDS = {
  start: 'everyone',
  help: 'everyone',
  styles: 'everyone',
  history: 'everyone',
  buy: 'everyone',
  invite: 'everyone',
  promo: 'everyone',
  balance: 'everyone',
  cancel: 'everyone',
  settings: 'everyone',
  language: 'everyone',
  support: 'everyone',
  paysupport: 'everyone',
  terms: 'everyone',
  privacy: 'everyone',
  mydata: 'everyone',
  deletedata: 'everyone',
  admin: 'see-menu',
  dashboard: 'sign-in',
  user: 'see-person',
  tickets: 'see-tickets',
  payments: 'see-money',
  held: 'see-money',
  orders: 'see-money',
  failed: 'see-failures',
  gift: 'gift',
  pause: 'pause',
  resume: 'resume',
  broadcast: 'broadcast',
  team: 'see-team',
  support_add: 'grant-support',
  support_remove: 'withdraw-support',
  admin_stats: 'see-figures',
  performance: 'see-figures',
  cache: 'see-figures',
  health: 'see-failures',
  alerts: 'see-failures',
  limits: 'set-limit',
  promo_new: 'create-promo',
  promo_list: 'create-promo',
  link: 'create-link',
  sources: 'see-figures',
  conversions: 'see-figures',
} as const satisfies Record<string, Audience>;

export type Command = keyof typeof COMMANDS;

// Object.keys forgets which keys there are.
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly Command[];

/** Everybody's commands, or those that a role has beside them. */
export function commandsFor(whom: 'everyone' | Role): readonly Command[] {
  return COMMAND_NAMES.filter((name) => {
    const audience: Audience = COMMANDS[name];
    if (audience === 'everyone') return whom === 'everyone';
    return whom !== 'everyone' && may(whom, audience);
  });
}

/** The text that describes a command in the menu; a text's name has a dash where a command has an underscore. */
export function commandTextId(name: Command): string {
  return `command-${name.replaceAll('_', '-')}`;
}
