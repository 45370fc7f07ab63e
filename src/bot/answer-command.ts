import { answerUnknown } from './answer-unknown.ts';
import { COMMANDS, type Command } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import type { CommandHandler } from './feature.ts';

/**
 * The commands of admins do not exist for everybody else: the answer is that of a command that there is not, for
 * silence would give them away; and a line in the log.
 */
export async function answerCommand(
  { adminIds }: Pick<BotDeps, 'adminIds'>,
  handlers: Readonly<Record<Command, CommandHandler>>,
  name: Command,
  conversation: Conversation,
): Promise<void> {
  if (COMMANDS[name] === 'admins' && !adminIds.includes(conversation.userId)) {
    conversation.log.warn(
      { userId: conversation.userId, command: name },
      'an admin command from somebody who is no admin',
    );
    await answerUnknown(conversation);
    return;
  }
  await handlers[name](conversation);
}
