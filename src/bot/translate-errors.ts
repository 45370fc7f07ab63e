import { type AppError, isAppError } from '../errors.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';

/**
 * Runs a handler; what it refuses becomes the person's sentence, and every tap is answered in the end. It ends
 * early for somebody who cannot be written to: nobody is there to be answered.
 * @throws what is no answer for a person
 */
export async function translateErrors(
  deps: Pick<BotDeps, 'db'>,
  conversation: Conversation,
  work: () => Promise<void>,
): Promise<void> {
  await reachPerson(deps.db, conversation.userId, async () => {
    try {
      await work();
    } catch (error) {
      if (!isAppError(error) || error.code === 'unexpected') throw error;
      await explain(conversation, error);
    }
    await conversation.answer();
  });
}

async function explain(conversation: Conversation, error: AppError): Promise<void> {
  const text = conversation.t(`error-${error.code}`, error.details);
  if (conversation.query === undefined) {
    await conversation.send({ text, keyboard: [] });
    return;
  }
  await conversation.answer(text);
  if (error.code === 'draft-expired')
    await conversation.show({ text: conversation.t('card-expired'), keyboard: [] });
}
