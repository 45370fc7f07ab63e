import type {
  BotCommand,
  MenuButton,
  Message,
  ReactionType,
  StarTransaction,
  Chat as TelegramChat,
  Update,
  User,
} from '@grammyjs/types';

/** Someone who talks to the bot. Ids have more than 32 bits on purpose: Telegram's have up to 52. */
export type Persona = {
  id: number;
  first_name: string;
  username?: string;
  language_code: string;
  role: 'seller' | 'admin';
  is_premium?: true;
};

/** A message of a private chat: its sender is always known. */
export type ChatMessage = Message & { chat: TelegramChat.PrivateChat; from: User };

export type Chat = {
  readonly persona: Persona;
  /** False until the person wrote for the first time; a bot cannot begin a conversation. */
  started: boolean;
  blocked: boolean;
  /** Sandbox Stars that the person has left to spend. */
  stars: number;
  /** By id, oldest first. A Message is never changed in place: updates that hold it keep what they held. */
  readonly messages: Map<number, ChatMessage>;
  /** The person cleared the history: messages up to this id are there for the bot alone. */
  clearedUpTo: number;
  readonly reactions: Map<number, ReactionType[]>;
};

export type FileKind = 'Photo' | 'Document' | 'Sticker' | 'Animation' | 'Thumbnail';
export type StoredFile = {
  fileId: string;
  uniqueId: string;
  kind: FileKind;
  size: number;
  /** Below /file/bot<token>/. */
  path: string;
  mimeType: string;
  filename?: string;
  width?: number;
  height?: number;
  thumbnailId?: string;
  /** A photo's sizes, smallest first, this one among them. */
  sizeIds?: readonly string[];
};

/** An update that the bot has not confirmed. Updates of one lane are delivered to a webhook one after another. */
export type QueuedUpdate = {
  update: Update;
  lane: string;
  expiresAt: number;
  /** Put in by hand: it is handed out once even when its id was confirmed long ago. */
  injected?: boolean;
};

export type Webhook = {
  url: string;
  secretToken?: string;
  maxConnections: number;
  lastError?: { date: number; message: string };
};

export type InvoiceRecord = {
  title: string;
  description: string;
  payload: string;
  currency: string;
  total: number;
  startParameter: string;
  /** Seconds; only for links. */
  subscriptionPeriod?: number;
};

export type Charge = {
  id: string;
  personaId: number;
  invoice: InvoiceRecord;
  refunded: boolean;
  subscriptionCanceled?: boolean;
  /** Of a subscription: the end of the period that this charge paid, in seconds since 1970. */
  paidUntil?: number;
};

/** By scope and language, in the notation of `scopeKey`; texts by language, '' for every other one. */
type ProfileState = {
  commands: Map<string, BotCommand[]>;
  names: Map<string, string>;
  descriptions: Map<string, string>;
  shortDescriptions: Map<string, string>;
  menuButtons: Map<string, MenuButton>;
};

/** Everything that a restart must find again. Plain data and Maps: see snapshot.ts. */
export type State = {
  nextUpdateId: number;
  nextMessageId: number;
  nextPersonaId: number;
  nextFileNumber: number;
  chats: Map<number, Chat>;
  files: Map<string, StoredFile>;
  fileIdsByPath: Map<string, string>;
  updates: QueuedUpdate[];
  /** The kinds that the bot asked for; null: all but those that must be asked for by name. */
  allowedUpdates: string[] | null;
  webhook: Webhook | null;
  profile: ProfileState;
  /** By `invoiceKey` of their message, or by link. */
  invoices: Map<string, InvoiceRecord>;
  charges: Map<string, Charge>;
  /** Telegram Stars of the bot, oldest first. */
  transactions: StarTransaction[];
  /** Taps that still wait for an answer: id → who tapped, and when (ms). */
  callbackQueries: Map<string, { personaId: number; askedAt: number }>;
};

const FIRST_STARS = 5000;
const FIRST_NEW_PERSONA_ID = 7_100_001_001;

export const MARINA_ID = 7_100_000_001;
export const EMMA_ID = 7_100_000_002;
/** The sandbox's owner of the bot: what ADMIN_IDS would name. */
export const ADMIN_ID = 7_100_000_003;

const PERSONAS: readonly Persona[] = [
  { id: MARINA_ID, first_name: 'Марина', username: 'marina_shop', language_code: 'ru', role: 'seller' },
  {
    id: EMMA_ID,
    first_name: 'Emma',
    username: 'emma_sells',
    language_code: 'en',
    role: 'seller',
    is_premium: true,
  },
  { id: ADMIN_ID, first_name: 'Alex', username: 'alex_owner', language_code: 'en', role: 'admin' },
];

export function emptyState(): State {
  return {
    // Seconds of the clock: a bot whose inbox outlives this memory meets no update id for the second time.
    nextUpdateId: Math.floor(Date.now() / 1000),
    nextMessageId: 1,
    nextPersonaId: FIRST_NEW_PERSONA_ID,
    nextFileNumber: 1,
    chats: new Map(PERSONAS.map((persona) => [persona.id, emptyChat(persona)])),
    files: new Map(),
    fileIdsByPath: new Map(),
    updates: [],
    allowedUpdates: null,
    webhook: null,
    profile: {
      commands: new Map(),
      names: new Map(),
      descriptions: new Map(),
      shortDescriptions: new Map(),
      menuButtons: new Map(),
    },
    invoices: new Map(),
    charges: new Map(),
    transactions: [],
    callbackQueries: new Map(),
  };
}

export function emptyChat(persona: Persona): Chat {
  return {
    persona,
    started: false,
    blocked: false,
    stars: FIRST_STARS,
    messages: new Map(),
    clearedUpTo: 0,
    reactions: new Map(),
  };
}

/** The person as a Bot API User. */
export function userOf({ role: _, ...persona }: Persona): User {
  return { ...persona, is_bot: false };
}
