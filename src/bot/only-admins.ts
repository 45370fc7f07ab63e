/** Commands for owners. For everybody else they do not exist: no answer, no hint; a line in the log. */
import type { BotDeps } from './deps.ts';
import type { CommandHandler } from './feature.ts';

export function onlyAdmins<C extends string>(
  { adminIds, log }: Pick<BotDeps, 'adminIds' | 'log'>,
  commands: Record<C, CommandHandler>,
): Record<C, CommandHandler> {
  const guarded = (handle: CommandHandler): CommandHandler => {
    return async (talk) => {
      if (adminIds.includes(talk.userId)) return handle(talk);
      log.warn({ userId: talk.userId }, 'an admin command from somebody who is no admin');
    };
  };
  const entries = Object.entries<CommandHandler>(commands);
  // Object.fromEntries forgets which keys there were.
  return Object.fromEntries(entries.map(([name, handle]) => [name, guarded(handle)])) as typeof commands;
}
