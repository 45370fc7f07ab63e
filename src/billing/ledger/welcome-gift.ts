import { type PseudonymOf, receiveFormer } from '../../customers/former-customers.ts';
import type { Database } from '../../database/client.ts';
import { readSetting } from '../../owners/settings.ts';
import { moveCredits } from './move-credits.ts';

/** The free pictures of a new customer, unless an owner has stopped them; once, because the key is the person. */
export async function giveWelcomeCredits(tx: Database, userId: number, credits: number): Promise<void> {
  if (credits === 0 || (await readSetting(tx, 'free-credits-stopped', new Date())) !== null) return;
  await moveCredits(tx, { userId, kind: 'gift', credits, key: `welcome:${userId}` });
}

/**
 * What somebody gets who is stored as new, in the transaction that stores them: the free pictures, once a Telegram id
 * (customers/former-customers).
 * @returns false for one who was here before and had their data deleted
 */
export async function welcomeCustomer(
  tx: Database,
  { userId, pseudonymOf, credits }: { userId: number; pseudonymOf: PseudonymOf; credits: number },
  now: Date,
): Promise<boolean> {
  if (await receiveFormer(tx, { userId, pseudonym: pseudonymOf(userId) }, now)) return false;
  await giveWelcomeCredits(tx, userId, credits);
  return true;
}
