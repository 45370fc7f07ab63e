import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { users } from '../../database/schema/index.ts';

export type Balance = {
  /** Pictures that can be ordered now. */
  credits: number;
  /** Pictures in progress. */
  reserved: number;
};

/** What a person has; zero for one who is not known. */
export async function readBalance(db: Database, userId: number): Promise<Balance> {
  const [balance] = await db
    .select({ credits: users.credits, reserved: users.reservedCredits })
    .from(users)
    .where(eq(users.id, userId));
  return balance ?? { credits: 0, reserved: 0 };
}
