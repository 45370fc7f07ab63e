import { COMMANDS, type Command } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import type { CommandHandler } from './feature.ts';

/** The commands of admins do not exist for everybody else: no answer, no hint; a line in the log. */
export async function answerCommand(
  { adminIds }: Pick<BotDeps, 'adminIds'>,
  handlers: Readonly<Record<Command, CommandHandler>>,
  name: Command,
  talk: Conversation,
): Promise<void> {
  if (COMMANDS[name] === 'admins' && !adminIds.includes(talk.userId)) {
    talk.log.warn({ userId: talk.userId, command: name }, 'an admin command from somebody who is no admin');
    return;
  }
  await handlers[name](talk);
}
