import { applyEdit, readEditedMessage } from '../editing.ts';
import { readCaption } from '../formatted-text.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

export const editMessageCaption: Method = (parameters, store) => {
  const edited = readEditedMessage(parameters, store);
  const { photo, document, animation } = edited.message;
  if (!photo && !document) throw badRequest('there is no caption in the message to edit');
  return applyEdit(parameters, store, edited, {
    ...(photo ? { photo } : {}),
    ...(document ? { document } : {}),
    ...(animation ? { animation } : {}),
    ...readCaption(parameters),
  });
};
