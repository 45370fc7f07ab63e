import type { BotCommand, MenuButton } from '@grammyjs/types';
import type { Chats } from './chats.ts';
import type { Chat, State } from './state.ts';

/** A command list's place: scope, for one chat its id, and a language ('' for every other one). */
export type CommandScope = { type: string; chatId?: number; userId?: number };
export type TextKind = 'names' | 'descriptions' | 'shortDescriptions';

export type Profile = ReturnType<typeof createProfile>;

/** How the bot presents itself: name, descriptions, commands by scope and language, menu buttons. */
export function createProfile(deps: { state: State; chats: Chats; botName: string; changed: () => void }) {
  const { state, chats, changed } = deps;
  const { profile } = state;

  /** What a person sees: the narrowest scope wins, and within it the person's language. */
  function commandsFor(chat: Chat): BotCommand[] {
    const { id, language_code: language } = chat.persona;
    const scopes: CommandScope[] = [
      { type: 'chat', chatId: id },
      { type: 'all_private_chats' },
      { type: 'default' },
    ];
    for (const scope of scopes) {
      const found =
        profile.commands.get(scopeKey(scope, language)) ?? profile.commands.get(scopeKey(scope, ''));
      if (found) return found;
    }
    return [];
  }

  function tellChats(before: Map<Chat, string>): void {
    for (const [chat, commands] of before) {
      const now = commandsFor(chat);
      if (JSON.stringify(now) !== commands) chats.emit(chat, { kind: 'commands', commands: now });
    }
  }

  return {
    commandsFor,
    commands: (scope: CommandScope, language: string) =>
      profile.commands.get(scopeKey(scope, language)) ?? [],

    /** An empty list takes the scope's commands away. */
    setCommands(scope: CommandScope, language: string, commands: BotCommand[]): void {
      const before = new Map(chats.all().map((chat) => [chat, JSON.stringify(commandsFor(chat))]));
      if (commands.length === 0) profile.commands.delete(scopeKey(scope, language));
      else profile.commands.set(scopeKey(scope, language), commands);
      changed();
      tellChats(before);
    },

    /** The text for exactly this language; the name has one for every other language as well. */
    text(kind: TextKind, language: string): string {
      return profile[kind].get(language) ?? profile[kind].get('') ?? (kind === 'names' ? deps.botName : '');
    },
    setText(kind: TextKind, language: string, text: string): void {
      if (text === '') profile[kind].delete(language);
      else profile[kind].set(language, text);
      changed();
    },

    menuButton: (chatId: number | undefined): MenuButton =>
      profile.menuButtons.get(String(chatId)) ?? profile.menuButtons.get('') ?? { type: 'commands' },
    setMenuButton(chatId: number | undefined, button: MenuButton): void {
      profile.menuButtons.set(String(chatId ?? ''), button);
      changed();
    },
  };
}

function scopeKey(scope: CommandScope, language: string): string {
  return [scope.type, scope.chatId ?? '', scope.userId ?? '', language].join(' ');
}
