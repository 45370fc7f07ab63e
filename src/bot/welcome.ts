/** The first words between a person and the bot: what their link said, and what somebody new is given. */
import type { Message } from '@grammyjs/types';
import { giveWelcomeCredits } from '../billing/welcome-gift.ts';
import { rememberFirstTouch } from '../customers/attribution.ts';
import { readStartLink } from '../customers/start-links.ts';
import type { Database } from '../database/client.ts';
import { recordFirst } from '../statistics/record-event.ts';
import {
  combinePayloads,
  EMPTY_PAYLOAD,
  parseLinkPayload,
  parseStartPayload,
  type StartPayload,
  sourceOf,
} from './start-payload.ts';

/** What the link behind a `/start …` said, a stored one opened; empty for every other message. */
export async function readStart(db: Database, message: Message | undefined): Promise<StartPayload> {
  const payload = /^\/start(?:@\w+)?\s+(\S+)$/.exec(message?.text?.trim() ?? '')?.[1];
  if (payload === undefined) return EMPTY_PAYLOAD;
  const direct = parseStartPayload(payload);
  const stored = direct.linkCode === null ? null : await readStartLink(db, direct.linkCode);
  return stored === null ? direct : combinePayloads(direct, parseLinkPayload(stored));
}

/**
 * Everything that belongs to a new customer, in the transaction that stores them: the free pictures, the
 * start of the funnel, where they came from and who brought them.
 * @param about.message what they wrote first
 */
export async function welcomeCustomer(
  tx: Database,
  about: { userId: number; message: Message | undefined; freeCredits: number },
): Promise<void> {
  const { userId, message, freeCredits } = about;
  const start = await readStart(tx, message);
  await giveWelcomeCredits(tx, userId, freeCredits);
  await recordFirst(tx, userId, 'start');
  await rememberFirstTouch(tx, { userId, source: sourceOf(start), referralCode: start.referralCode });
}
