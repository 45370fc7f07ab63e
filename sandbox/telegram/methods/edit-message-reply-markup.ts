import { applyEdit, readEditedMessage } from '../editing.ts';
import type { Method } from '../store.ts';

export const editMessageReplyMarkup: Method = (parameters, store) => {
  const edited = readEditedMessage(parameters, store);
  const { reply_markup: _markup, edit_date: _date, ...content } = edited.message;
  return applyEdit(parameters, store, edited, content);
};
