import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { referralRewards, users } from '../../database/schema/index.ts';

export type Invitations = {
  /** What the person's invitation links carry. */
  code: string;
  /** People who came by them and have got a first picture. */
  arrived: number;
  /** Credits earned by them so far. */
  earned: number;
};

/** A person's invitations, from their code to what they earned. */
export async function readInvitations(db: Database, userId: number): Promise<Invitations> {
  const [row] = await db
    .select({
      code: users.referralCode,
      arrived: sql`count(*) filter (where ${referralRewards.kind} = 'start')`.mapWith(Number),
      earned: sql`coalesce(sum(${referralRewards.credits}), 0)`.mapWith(Number),
    })
    .from(users)
    .leftJoin(referralRewards, eq(referralRewards.inviterId, users.id))
    .where(eq(users.id, userId))
    .groupBy(users.id);
  if (row === undefined) throw new Error('somebody who is not stored asks for invitations');
  return row;
}
