import { type AppError, isAppError } from '../errors.ts';
import { isBlocked } from '../telegram/errors.ts';
import type { Conversation } from './conversation.ts';

/**
 * Runs a handler; what it refuses becomes the person's sentence, and every tap is answered in the end.
 * @throws what is no answer for a person
 */
export async function translateErrors(talk: Conversation, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isBlocked(error)) return;
    if (!isAppError(error) || error.code === 'unexpected') throw error;
    await explain(talk, error);
  }
  await talk.answer();
}

async function explain(talk: Conversation, error: AppError): Promise<void> {
  const text = talk.t(`error-${error.code}`, error.details);
  if (talk.query === undefined) {
    await talk.send({ text, keyboard: [] });
    return;
  }
  await talk.answer(text, 'alert');
  if (error.code === 'draft-expired') await talk.show({ text: talk.t('card-expired'), keyboard: [] });
}
