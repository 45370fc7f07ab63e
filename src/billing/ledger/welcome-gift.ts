import type { Database } from '../../database/client.ts';
import { readSetting } from '../../owners/settings.ts';
import { moveCredits } from './move-credits.ts';

/** The free pictures of a new customer, unless an owner has stopped them; once, because the key is the person. */
export async function giveWelcomeCredits(tx: Database, userId: number, credits: number): Promise<void> {
  if (credits === 0 || (await readSetting(tx, 'free-credits-stopped', new Date())) !== null) return;
  await moveCredits(tx, { userId, kind: 'gift', credits, key: `welcome:${userId}` });
}
