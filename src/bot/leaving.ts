/** Somebody whose data is about to be deleted: nothing is begun for them, and one tap keeps it all. */
import { readCallback } from '../screens/callback-data.ts';
import { leavingCard } from '../screens/privacy-cards.ts';
import type { Conversation } from './conversation.ts';

/** What stays open to them: to come back, their data, help, and to end what they would go on paying for. */
const OPEN_COMMANDS = /^\/(start|privacy|mydata|deletedata|support|paysupport|terms)(@|\s|$)/;
const OPEN_TAPS: readonly string[] = ['data', 'support', 'unsubscribe'];

/** @returns true when they were told, and nothing else is to be done */
export async function refuseIfLeaving(conversation: Conversation): Promise<boolean> {
  const { customer, query, update, t } = conversation;
  if (customer.deletionDueAt === null) return false;
  if (query !== undefined) {
    if (OPEN_TAPS.some((verb) => verb === readCallback(query.data ?? '')?.verb)) return false;
    await conversation.answer(t('leaving-tap'));
    return true;
  }
  const { message } = update;
  const isCommand = message?.text?.startsWith('/') === true;
  if (isCommand ? OPEN_COMMANDS.test(message.text ?? '') : customer.writingTicketId !== null) return false;
  await conversation.send(leavingCard(t, customer.language, customer.deletionDueAt));
  return true;
}
