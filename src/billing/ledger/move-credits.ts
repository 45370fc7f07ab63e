import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { type CreditEntryKind, creditEntries, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';

export type CreditMovement = {
  userId: number;
  /** What is credited or taken; the sign follows from the kind, so no caller can get it wrong. */
  kind: CreditEntryKind;
  /** Credits (pictures), at least 1. */
  credits: number;
  /** A repeat of the same key changes nothing. */
  key: string;
  photoshootId?: number;
  pictureId?: number;
  paymentId?: number;
};

/** How one credit of each kind moves what a person can spend and what is reserved for work in progress. */
const EFFECTS = {
  gift: { available: 1, reserved: 0 },
  purchase: { available: 1, reserved: 0 },
  reserve: { available: -1, reserved: 1 },
  capture: { available: 0, reserved: -1 },
  release: { available: 1, reserved: -1 },
  'give-back': { available: 1, reserved: 0 },
  refund: { available: -1, reserved: 0 },
  repay: { available: -1, reserved: 0 },
  chargeback: { available: -1, reserved: 0 },
  reward: { available: 1, reserved: 0 },
  promo: { available: 1, reserved: 0 },
  'correction-up': { available: 1, reserved: 0 },
  'correction-down': { available: -1, reserved: 0 },
  forfeit: { available: -1, reserved: 0 },
} as const satisfies Record<CreditEntryKind, { available: number; reserved: number }>;

/**
 * The only way a credit moves: one entry in the ledger and the person's two sums with it. Call it in the
 * transaction of the state that goes with it.
 * @returns false when this movement had been made before
 * @throws AppError not-enough-credits; the caller's transaction must then be rolled back
 */
export async function moveCredits(tx: Database, movement: CreditMovement): Promise<boolean> {
  const effect = EFFECTS[movement.kind];
  const available = effect.available * movement.credits;
  const reserved = effect.reserved * movement.credits;
  const entry = tx
    .insert(creditEntries)
    .values({
      userId: movement.userId,
      kind: movement.kind,
      available,
      reserved,
      idempotencyKey: movement.key,
      photoshootId: movement.photoshootId ?? null,
      pictureId: movement.pictureId ?? null,
      paymentId: movement.paymentId ?? null,
    })
    .onConflictDoNothing({ target: creditEntries.idempotencyKey })
    .returning({ id: creditEntries.id });
  const sums = tx
    .update(users)
    .set({
      credits: sql`${users.credits} + ${available}`,
      reservedCredits: sql`${users.reservedCredits} + ${reserved}`,
    })
    .where(
      and(eq(users.id, movement.userId), covers(movement.kind, available), sql`exists (select from entry)`),
    )
    .returning({ id: users.id });
  // The row of the person is waited for and read as it is then, also within one statement with the entry.
  const [outcome] = await selectRows<{ entered: boolean; moved: boolean }>(
    tx,
    sql`with entry as ${entry}, sums as ${sums}
      select exists (select from entry) as entered, exists (select from sums) as moved`,
  );
  if (outcome?.entered !== true) return false;
  if (!outcome.moved) {
    const [user] = await tx
      .select({ credits: users.credits })
      .from(users)
      .where(eq(users.id, movement.userId));
    throw new AppError('not-enough-credits', 'the balance does not cover the movement', {
      details: { needed: movement.credits, available: user?.credits ?? 0 },
    });
  }
  return true;
}

/**
 * What is taken must be there, but for a chargeback: that money is gone whatever the balance says; and for what a
 * picture pays to a refund: its credit came back in the same transaction, so the balance is as it was before.
 */
function covers(kind: CreditEntryKind, available: number) {
  if (available >= 0 || kind === 'chargeback' || kind === 'repay') return undefined;
  return sql`${users.credits} + ${available} >= 0`;
}
