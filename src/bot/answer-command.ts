import { may } from '../owners/rights.ts';
import { answerUnknown } from './answer-unknown.ts';
import { type Audience, COMMANDS, type Command } from './commands.ts';
import type { Conversation } from './conversation.ts';
import type { CommandHandler } from './feature.ts';

/**
 * The commands of owners and support do not exist for everybody else: the answer is that of a command that there is
 * not, for silence would give them away; and a line in the log.
 */
export async function answerCommand(
  handlers: Readonly<Record<Command, CommandHandler>>,
  name: Command,
  conversation: Conversation,
): Promise<void> {
  const audience: Audience = COMMANDS[name];
  if (audience !== 'everyone' && !may(conversation.role, audience)) {
    conversation.log.warn(
      { userId: conversation.userId, command: name },
      'a command from somebody who may not give it',
    );
    await answerUnknown(conversation);
    return;
  }
  await handlers[name](conversation);
}
