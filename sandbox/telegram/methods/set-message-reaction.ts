import type { ReactionType } from '@grammyjs/types';
import { isObject, readArray, readInteger, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

/** Every emoji that the Bot API knows as a reaction. */
const REACTIONS = new Set(
  '❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'.split(
    ' ',
  ),
);

/** A bot may have one reaction on a message; none takes it back. */
export const setMessageReaction: Method = (parameters, { chats }) => {
  const chat = chats.forBot(readText(parameters, 'chat_id'));
  const id = readInteger(parameters, 'message_id') ?? 0;
  if (!chat.messages.has(id)) throw badRequest('message to react not found');
  const reaction = (readArray(parameters, 'reaction', 'ReactionType') ?? []).map(readReaction);
  if (reaction.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  chats.react(chat, id, reaction);
  return true;
};

function readReaction(value: unknown): ReactionType {
  const emoji = isObject(value) && value.type === 'emoji' ? String(value.emoji) : '';
  if (!REACTIONS.has(emoji)) throw badRequest('REACTION_INVALID');
  // The set above is the very list that the type enumerates.
  return { type: 'emoji', emoji } as ReactionType;
}
