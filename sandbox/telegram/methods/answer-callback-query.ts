import { readFlag, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

const MAX_TEXT_LENGTH = 200;

export const answerCallbackQuery: Method = (parameters, { callbackQueries }) => {
  const text = readText(parameters, 'text') ?? '';
  if (text.length > MAX_TEXT_LENGTH) throw badRequest('MESSAGE_TOO_LONG');
  const url = readText(parameters, 'url');
  callbackQueries.answer(readText(parameters, 'callback_query_id') ?? '', {
    text,
    showAlert: readFlag(parameters, 'show_alert'),
    ...(url ? { url } : {}),
  });
  return true;
};
