import type { Database } from '../../database/client.ts';
import { moveCredits } from './move-credits.ts';

/** The free pictures of a new customer; once, because the key is the person. */
export async function giveWelcomeCredits(tx: Database, userId: number, credits: number): Promise<void> {
  if (credits === 0) return;
  await moveCredits(tx, { userId, kind: 'gift', credits, key: `welcome:${userId}` });
}
