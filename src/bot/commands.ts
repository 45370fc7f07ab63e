/** Every command of the bot. A new one is a line here, a handler in a feature and a text in each language. */

export type Audience = 'everyone' | 'admins';

/**
 * In the order of the menu; admins find theirs below everybody's. `Features` has a handler for each, so one
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
  admin_stats: 'admins',
  payments: 'admins',
  held: 'admins',
  tickets: 'admins',
  failed: 'admins',
  gift: 'admins',
  promo_new: 'admins',
  promo_list: 'admins',
  link: 'admins',
  sources: 'admins',
  conversions: 'admins',
} as const satisfies Record<string, Audience>;

export type Command = keyof typeof COMMANDS;

// Object.keys forgets which keys there are.
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly Command[];

export function commandsFor(audience: Audience): readonly Command[] {
  return COMMAND_NAMES.filter((name) => COMMANDS[name] === audience);
}

/** The text that describes a command in the menu; a text's name has a dash where a command has an underscore. */
export function commandTextId(name: Command): string {
  return `command-${name.replaceAll('_', '-')}`;
}
