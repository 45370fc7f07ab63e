import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { referralRewards, users } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import { lockPerson } from './reward-inviter.ts';

/**
 * The payment went back to the buyer, so what its reward gave is taken back: first from the inviter's carried
 * fraction, then in whole credits, as far as the balance reaches. What is spent stays spent, because the
 * inviter did nothing wrong. Call it in the transaction of the refund; a second time changes nothing.
 *
 * In the ledger it is a `refund` of the inviter with the key `take-back:<payment>`. The reward's row keeps the
 * net credits, which the cap counts, and no hundredths, so nothing more can be taken of it.
 * @returns the credits that were taken
 */
export async function takeBackReward(tx: Database, paymentId: number): Promise<number> {
  const found = await readReward(tx, paymentId);
  if (found === null) return 0;
  await lockPerson(tx, found.invitedId);
  const { carried, credits } = await lockPerson(tx, found.inviterId);
  // Read once more under the lock: a second refund may have been faster.
  const reward = await readReward(tx, paymentId);
  if (reward === null || reward.hundredths === 0) return 0;

  const missing = Math.max(0, reward.hundredths - carried);
  const wanted = Math.ceil(missing / 100);
  const taken = Math.min(wanted, Math.max(0, credits));
  const rest = taken === wanted ? carried + taken * 100 - reward.hundredths : 0;
  await tx
    .update(referralRewards)
    .set({ hundredths: 0, credits: sql`${referralRewards.credits} - ${taken}` })
    .where(eq(referralRewards.id, reward.id));
  await tx.update(users).set({ rewardHundredths: rest }).where(eq(users.id, reward.inviterId));
  if (taken > 0) {
    const key = `take-back:${paymentId}`;
    await moveCredits(tx, { userId: reward.inviterId, kind: 'refund', credits: taken, key, paymentId });
  }
  return taken;
}

async function readReward(tx: Database, paymentId: number) {
  const [reward] = await tx.select().from(referralRewards).where(eq(referralRewards.paymentId, paymentId));
  return reward ?? null;
}
