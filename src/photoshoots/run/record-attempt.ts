import { and, count, eq, max, ne, sql } from 'drizzle-orm';
import type { AttemptJournal } from '../../ai/provider.ts';
import type { Database } from '../../database/client.ts';
import { providerAttempts } from '../../database/schema/index.ts';

/** The journal of paid calls: a row before each one, its outcome after it. */
export function createAttemptJournal(db: Database): AttemptJournal {
  return {
    async open(attempt) {
      const [row] = await db.insert(providerAttempts).values(attempt).returning({ id: providerAttempts.id });
      if (row === undefined) throw new Error('a provider attempt could not be written down');
      return row.id;
    },
    async settle(id, { usage, ...outcome }) {
      await db
        .update(providerAttempts)
        .set({
          ...outcome,
          textInputTokens: usage?.inputTextTokens ?? null,
          imageInputTokens: usage?.inputImageTokens ?? null,
          outputTokens: usage?.outputTokens ?? null,
          settledAt: sql`now()`,
        })
        .where(and(eq(providerAttempts.id, id), eq(providerAttempts.state, 'open')));
    },
  };
}

export type PaidAttempts = Readonly<{ count: number; lastAt: Date }>;

/** How often each picture of a photoshoot was paid for, as far as is known, for a statement that asks more. */
export function paidAttempts(db: Database, photoshootId: number) {
  return db
    .select({
      pictureId: providerAttempts.pictureId,
      count: count().as('count'),
      lastAt: max(providerAttempts.startedAt).as('last_at'),
    })
    .from(providerAttempts)
    .where(
      and(
        eq(providerAttempts.photoshootId, photoshootId),
        eq(providerAttempts.purpose, 'picture'),
        ne(providerAttempts.state, 'failed'),
      ),
    )
    .groupBy(providerAttempts.pictureId)
    .as('paid');
}
