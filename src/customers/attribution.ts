import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { attributions, users } from '../database/schema/index.ts';

/** Where a person came from, as the link said. */
export type Source = Readonly<{
  source: string;
  medium: string | null;
  campaign: string | null;
  content: string | null;
  term: string | null;
  /** The advertising network's own id of the click. */
  clickId: string | null;
}>;

/**
 * Keeps where a new customer came from and who brought them. Call it in the transaction that stores the
 * customer, and nowhere else: this is the first touch, and nothing later changes it. A code of nobody, or the
 * person's own, is passed over.
 */
export async function rememberFirstTouch(
  tx: Database,
  touch: { userId: number; source: Source | null; referralCode: string | null },
): Promise<void> {
  const { userId, source, referralCode } = touch;
  if (source !== null) {
    await tx
      .insert(attributions)
      .values({ userId, ...source })
      .onConflictDoNothing();
  }
  if (referralCode === null) return;
  const [inviter] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.referralCode, referralCode), ne(users.id, userId)));
  if (inviter === undefined) return;
  await tx
    .update(users)
    .set({ invitedBy: inviter.id })
    .where(and(eq(users.id, userId), isNull(users.invitedBy)));
}
