import type { MenuButton } from '@grammyjs/types';
import { isObject, readObject, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

export const setChatMenuButton: Method = (parameters, { chats, profile }) => {
  const button = readObject(parameters, 'menu_button', 'MenuButton') ?? { type: 'default' };
  profile.setMenuButton(chatIdOf(readText(parameters, 'chat_id'), chats), readButton(button));
  return true;
};

export const getChatMenuButton: Method = (parameters, { chats, profile }) =>
  profile.menuButton(chatIdOf(readText(parameters, 'chat_id'), chats));

function chatIdOf(
  chatId: string | undefined,
  chats: { forBot(id: string): { persona: { id: number } } },
): number | undefined {
  return chatId === undefined ? undefined : chats.forBot(chatId).persona.id;
}

function readButton({ type, text, web_app: app }: Readonly<Record<string, unknown>>): MenuButton {
  if (type === 'commands' || type === 'default') return { type };
  const valid =
    type === 'web_app' && typeof text === 'string' && isObject(app) && typeof app.url === 'string';
  if (!valid) throw badRequest("can't parse MenuButton: unsupported type specified");
  return { type, text, web_app: { url: String(app.url) } };
}
