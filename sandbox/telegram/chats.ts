import type { BotCommand, Message, ReactionType, Chat as TelegramChat, User } from '@grammyjs/types';
import { badRequest, NotPossible, Refusal } from './refusal.ts';
import { type Chat, type ChatMessage, emptyChat, type Persona, type State, userOf } from './state.ts';

/** What the person's messenger is told the moment it happens. */
export type ChatEvent =
  | { kind: 'message'; message: Message }
  | { kind: 'deleted'; message_id: number }
  | { kind: 'action'; action: string }
  | { kind: 'callback-answer'; callback_query_id: string; text: string; show_alert: boolean; url?: string }
  | { kind: 'commands'; commands: BotCommand[] }
  | { kind: 'reaction'; message_id: number; reaction: ReactionType[] };

/** The part of a message that its sender decides. */
export type Content = Omit<Message, 'message_id' | 'date' | 'chat' | 'from'>;
export type NewPersona = {
  id?: number;
  firstName: string;
  languageCode: string;
  username?: string;
  role?: Persona['role'];
};

export type Chats = ReturnType<typeof createChats>;

/** The private chats of the bot: their messages, and whoever watches them. */
export function createChats(state: State, bot: User, changed: () => void) {
  const watchers = new Map<number, Set<(event: ChatEvent) => void>>();

  function emit(chat: Chat, event: ChatEvent): void {
    for (const watcher of [...(watchers.get(chat.persona.id) ?? [])]) watcher(event);
  }

  function put(chat: Chat, message: ChatMessage): ChatMessage {
    chat.messages.set(message.message_id, message);
    changed();
    if (message.message_id > chat.clearedUpTo) emit(chat, { kind: 'message', message });
    return message;
  }

  /** The chat that a bot's `chat_id` means. @throws Refusal when there is none or it never began. */
  function forBot(chatId: number | string | undefined): Chat {
    if (chatId === undefined || chatId === '') throw badRequest('chat_id is empty');
    const chat = state.chats.get(Number(chatId));
    if (!chat?.started) throw badRequest('chat not found');
    return chat;
  }

  /** What the person sees, oldest first. */
  function visible(chat: Chat): ChatMessage[] {
    return [...chat.messages.values()].filter((message) => message.message_id > chat.clearedUpTo);
  }

  return {
    all: () => [...state.chats.values()],
    forBot,
    visible,
    emit,

    /** @throws NotPossible when nobody has this id. */
    of(personaId: number): Chat {
      const chat = state.chats.get(personaId);
      if (!chat) throw new NotPossible(`Nobody in the sandbox has the id ${personaId}`);
      return chat;
    },

    /** As `forBot`, for calls that reach the person. @throws Refusal also when the person blocked the bot. */
    forSending(chatId: number | string | undefined): Chat {
      const chat = forBot(chatId);
      if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
      return chat;
    },

    addPersona(newcomer: NewPersona): Persona {
      const id = newcomer.id ?? state.nextPersonaId++;
      const persona: Persona = {
        id,
        first_name: newcomer.firstName,
        language_code: newcomer.languageCode,
        role: newcomer.role ?? 'seller',
        ...(newcomer.username === undefined ? {} : { username: newcomer.username }),
      };
      if (state.chats.has(id)) throw new NotPossible(`The id ${id} is taken`);
      state.chats.set(id, emptyChat(persona));
      changed();
      return persona;
    },

    post(chat: Chat, from: 'bot' | 'person', content: Content): ChatMessage {
      return put(chat, {
        message_id: state.nextMessageId++,
        from: from === 'bot' ? bot : userOf(chat.persona),
        chat: telegramChatOf(chat.persona),
        date: nowInSeconds(),
        ...content,
      });
    },

    /** Puts the new version of a message in the old one's place. */
    replace(chat: Chat, message: ChatMessage): ChatMessage {
      return put(chat, { ...message, edit_date: nowInSeconds() });
    },

    remove(chat: Chat, messageId: number): void {
      if (!chat.messages.delete(messageId)) return;
      chat.reactions.delete(messageId);
      state.invoices.delete(invoiceKey(messageId));
      changed();
      emit(chat, { kind: 'deleted', message_id: messageId });
    },

    /** The bot's reactions to a message; none takes them back. */
    react(chat: Chat, messageId: number, reaction: ReactionType[]): void {
      if (reaction.length === 0) chat.reactions.delete(messageId);
      else chat.reactions.set(messageId, reaction);
      changed();
      emit(chat, { kind: 'reaction', message_id: messageId, reaction });
    },

    clear(chat: Chat): void {
      const gone = visible(chat);
      chat.clearedUpTo = gone.at(-1)?.message_id ?? chat.clearedUpTo;
      changed();
      for (const { message_id } of gone) emit(chat, { kind: 'deleted', message_id });
    },

    /** Calls `watcher` with everything that happens in the chat until the returned function is called. */
    watch(chat: Chat, watcher: (event: ChatEvent) => void): () => void {
      const set = watchers.get(chat.persona.id) ?? new Set();
      watchers.set(chat.persona.id, set.add(watcher));
      return () => void set.delete(watcher);
    },
  };
}

/** Under which an invoice message's payload and price are kept. */
export function invoiceKey(messageId: number): string {
  return `message:${messageId}`;
}

export function telegramChatOf(persona: Persona): TelegramChat.PrivateChat {
  const { id, first_name, username } = persona;
  return { id, type: 'private', first_name, ...(username === undefined ? {} : { username }) };
}

export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
