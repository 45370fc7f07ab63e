import { telegramChatOf } from '../chats.ts';
import { readText } from '../parameters.ts';
import type { Method } from '../store.ts';

/** How many reactions a message may have; what Telegram answers for private chats. */
const MAX_REACTIONS = 11;

export const getChat: Method = (parameters, { chats }) => {
  const { persona } = chats.forBot(readText(parameters, 'chat_id'));
  return {
    ...telegramChatOf(persona),
    ...(persona.username === undefined ? {} : { active_usernames: [persona.username] }),
    accent_color_id: persona.id % 7,
    max_reaction_count: MAX_REACTIONS,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
  };
};
