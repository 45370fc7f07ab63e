import type { BotCommand } from '@grammyjs/types';
import { isObject, type Parameters, readArray, readObject, readText } from '../parameters.ts';
import type { CommandScope } from '../profile.ts';
import { badRequest } from '../refusal.ts';
import type { Method, Store } from '../store.ts';

const MAX_COMMANDS = 100;
const MAX_DESCRIPTION_LENGTH = 256;
const SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const CHAT_SCOPES = ['chat', 'chat_administrators', 'chat_member'];

export const setMyCommands: Method = (parameters, store) => {
  const commands = readArray(parameters, 'commands', 'BotCommand') ?? [];
  if (commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  store.profile.setCommands(
    readScope(parameters, store),
    readLanguage(parameters),
    commands.map(readCommand),
  );
  return true;
};

export const deleteMyCommands: Method = (parameters, store) => {
  store.profile.setCommands(readScope(parameters, store), readLanguage(parameters), []);
  return true;
};

/** The list of exactly this scope and language, without looking for a wider one. */
export const getMyCommands: Method = (parameters, store) =>
  store.profile.commands(readScope(parameters, store), readLanguage(parameters));

/** '' means every language that has no list of its own. */
export function readLanguage(parameters: Parameters): string {
  const language = readText(parameters, 'language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

function readCommand(value: unknown): BotCommand {
  if (!isObject(value)) throw badRequest("can't parse BotCommand: expected an Object");
  const { command, description } = value;
  if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command))
    throw badRequest('BOT_COMMAND_INVALID');
  if (
    typeof description !== 'string' ||
    description.length < 1 ||
    description.length > MAX_DESCRIPTION_LENGTH
  ) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return { command, description };
}

function readScope(parameters: Parameters, store: Store): CommandScope {
  const scope = readObject(parameters, 'scope', 'BotCommandScope');
  if (!scope) return { type: 'default' };
  const type = String(scope.type);
  if (SCOPES.includes(type)) return { type };
  if (!CHAT_SCOPES.includes(type))
    throw badRequest("can't parse BotCommandScope: unsupported type specified");
  const nested = { values: scope, uploads: parameters.uploads };
  const chatId = store.chats.forBot(readText(nested, 'chat_id')).persona.id;
  const userId = type === 'chat_member' ? Number(scope.user_id) : undefined;
  return { type, chatId, ...(userId === undefined ? {} : { userId }) };
}
