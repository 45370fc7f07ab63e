import type { BotCommand, InlineKeyboardButton, Message, PhotoSize, ReactionType } from '@grammyjs/types';

/**
 * The shapes that travel between this page and the sandbox's client API. Messages are the Bot API's own, so
 * that what the bot was answered and what the person sees cannot drift apart.
 */
export type { BotCommand, InlineKeyboardButton, Message, PhotoSize, ReactionType };

export type Persona = {
  id: number;
  first_name: string;
  username?: string;
  language_code: string;
  role: string;
};

export type ChatSnapshot = {
  /** Oldest first. */
  messages: Message[];
  commands: BotCommand[];
  botName: string;
  /** What the bot says of itself in an empty chat. */
  description: string;
  blocked: boolean;
  /** Sandbox Stars that the persona can spend. */
  stars: number;
  /** By message id. */
  reactions: Record<string, ReactionType[]>;
};

export type ChatEvent =
  | { kind: 'message'; message: Message }
  | { kind: 'deleted'; messageId: number }
  | { kind: 'action'; action: string }
  | { kind: 'callback-answer'; text: string; alert: boolean }
  | { kind: 'commands'; commands: BotCommand[] }
  | { kind: 'reaction'; messageId: number; reactions: ReactionType[] };

export type OutgoingFiles = { files: File[]; as: 'photo' | 'document'; caption: string };

/** What came of pressing Pay: `unanswered` when the bot did not agree within Telegram's ten seconds. */
export type PaymentOutcome =
  | { status: 'paid' }
  | { status: 'refused'; error_message: string }
  | { status: 'unanswered' };

/** An invoice is paid by its message or by its address. */
export type InvoiceKey = { message_id: number } | { link: string };
export type Invoice = NonNullable<Message['invoice']>;
