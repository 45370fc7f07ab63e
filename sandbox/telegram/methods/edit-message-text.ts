import { applyEdit, readEditedMessage } from '../editing.ts';
import { readMessageText, textFields } from '../formatted-text.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

export const editMessageText: Method = (parameters, store) => {
  const edited = readEditedMessage(parameters, store);
  if (edited.message.text === undefined) throw badRequest('there is no text in the message to edit');
  return applyEdit(parameters, store, edited, textFields(readMessageText(parameters)));
};
