import type { Verb } from '../screens/callback-data.ts';
import type { Command } from './commands.ts';
import type { Conversation } from './conversation.ts';

/** A tap on a button: the id and the argument that its callback data carries. */
export type Tap = { id: string; argument: string | null };
export type TapHandler = (conversation: Conversation, tap: Tap) => Promise<void>;
export type CommandHandler = (conversation: Conversation) => Promise<void>;

/** What one feature of the bot answers to. */
export type Feature<V extends Verb = never, C extends Command = never> = {
  taps: Record<V, TapHandler>;
  commands: Record<C, CommandHandler>;
};
