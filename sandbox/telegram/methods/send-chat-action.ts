import { readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

export const sendChatAction: Method = (parameters, { chats }) => {
  const chat = chats.forSending(readText(parameters, 'chat_id'));
  const action = readText(parameters, 'action') ?? '';
  if (!ACTIONS.includes(action)) throw badRequest('wrong parameter action in request');
  chats.emit(chat, { kind: 'action', action });
  return true;
};
