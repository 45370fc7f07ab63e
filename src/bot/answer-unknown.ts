import type { Conversation } from './conversation.ts';

/** The answer to what the bot has no use for, such as a command that there is not. */
export async function answerUnknown(
  conversation: Conversation,
  kind: 'message' | 'file' = 'message',
): Promise<void> {
  await conversation.send({
    text: conversation.t(kind === 'file' ? 'unknown-file' : 'unknown-message'),
    keyboard: [],
  });
}
