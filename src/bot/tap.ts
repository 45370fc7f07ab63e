/** Reading what a button carried. Data that no button of ours has is answered like a row that is not there. */
import { AppError } from '../errors.ts';
import { readId } from '../screens/callback-data.ts';
import type { Conversation } from './conversation.ts';
import type { Tap } from './feature.ts';

/** @throws AppError not-found */
export function idOf(tap: Tap): number {
  return required(readId(tap.id));
}

/** @throws AppError not-found */
export function numberOf(text: string | null | undefined): number {
  return required(readId(text ?? null));
}

/** A price, which may be nothing. @throws AppError not-found */
export function creditsIn(text: string | undefined): number {
  return text === '0' ? 0 : numberOf(text);
}

/** The id of the tap itself: the same when Telegram delivers it twice. */
export function callbackIdOf(conversation: Conversation): string {
  if (conversation.query === undefined) throw new Error('there was no tap');
  return conversation.query.id;
}

export function notFound(): AppError {
  return new AppError('not-found', 'callback data that no button of ours carries');
}

function required(id: number | null): number {
  if (id === null) throw notFound();
  return id;
}
