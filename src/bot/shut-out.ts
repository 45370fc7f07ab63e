/** Somebody whom an owner has shut out: one sentence, and the way to a person. */

import { readCallback } from '../screens/callback-data.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Conversation } from './conversation.ts';

/** What stays open to them: help, the terms, their data, and to end what they would go on paying for. */
const OPEN_COMMANDS = /^\/(support|paysupport|terms|privacy|mydata|deletedata)(@|\s|$)/;
const OPEN_TAPS: readonly string[] = ['support', 'attach', 'unsubscribe', 'news', 'data'];

/** @returns true when they were told, and nothing else is to be done */
export async function refuseIfShutOut(conversation: Conversation): Promise<boolean> {
  const { customer, query, update, t } = conversation;
  // An owner who was shut out, by a slip or by another one, could not be let in again.
  if (customer.bannedAt === null || conversation.role === 'owner') return false;
  if (query !== undefined) {
    if (OPEN_TAPS.some((verb) => verb === readCallback(query.data ?? '')?.verb)) return false;
    await conversation.answer(t('shut-out-tap'));
    return true;
  }
  const { message } = update;
  const isCommand = message?.text?.startsWith('/') === true;
  if (isCommand ? OPEN_COMMANDS.test(message.text ?? '') : customer.writingTicketId !== null) return false;
  await conversation.send({
    text: t('shut-out', { why: escapeHtml(customer.banReason ?? '') }),
    keyboard: [],
  });
  return true;
}
