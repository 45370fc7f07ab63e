import { sql } from 'drizzle-orm';
import { type PseudonymOf, shutOutAgain, wasShutOut } from '../../customers/former-customers.ts';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { isSet } from '../../owners/settings.ts';
import { moveCredits } from './move-credits.ts';

/** The free pictures of a new customer; once, because the key is the person. */
export async function giveWelcomeCredits(tx: Database, userId: number, credits: number): Promise<void> {
  if (credits > 0) await moveCredits(tx, { userId, kind: 'gift', credits, key: `welcome:${userId}` });
}

/**
 * What somebody gets who is stored as new, in the transaction that stores them: the free pictures, once a Telegram id
 * (customers/former-customers), unless an owner has stopped them.
 * @returns false for one who was here before and had their data deleted
 */
export async function welcomeCustomer(
  tx: Database,
  { userId, pseudonymOf, credits }: { userId: number; pseudonymOf: PseudonymOf; credits: number },
  now: Date,
): Promise<boolean> {
  const { wasBanned, isStopped } = await readBefore(tx, pseudonymOf(userId), now);
  if (wasBanned === true) await shutOutAgain(tx, userId, now);
  if (wasBanned !== null) return false;
  if (!isStopped) await giveWelcomeCredits(tx, userId, credits);
  return true;
}

/**
 * What is known before somebody is welcome. Asked when they are stored: a deletion that was under way until then has
 * left its word.
 */
async function readBefore(tx: Database, pseudonym: string, now: Date) {
  const [known] = await selectRows<{ wasBanned: boolean | null; isStopped: boolean }>(
    tx,
    sql`select ${wasShutOut(tx, pseudonym)} as "wasBanned", ${isSet(tx, 'free-credits-stopped', now)} as "isStopped"`,
  );
  if (known === undefined) throw new Error('a statement without tables has no row');
  return known;
}
