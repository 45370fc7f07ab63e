import { and, count, eq, max, ne, sql } from 'drizzle-orm';
import type { AttemptJournal } from '../../ai/provider.ts';
import type { AlertKey } from '../../alerts/alert.ts';
import { allRaised } from '../../alerts/read-alerts.ts';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { providerAttempts } from '../../database/schema/index.ts';

/**
 * The journal of paid calls: a row before each one, its outcome after it. The statement that settles also reads which
 * alerts are raised, because a call that has succeeded ends some.
 * @param hear is told them, and when they were asked for, in milliseconds since 1970
 */
export function createAttemptJournal(
  db: Database,
  hear: (raised: readonly AlertKey[], askedAt: number) => void = () => {},
): AttemptJournal {
  return {
    async open(attempt) {
      const [row] = await db.insert(providerAttempts).values(attempt).returning({ id: providerAttempts.id });
      if (row === undefined) throw new Error('a provider attempt could not be written down');
      return row.id;
    },
    async settle(id, { usage, ...outcome }) {
      const settled = db
        .update(providerAttempts)
        .set({
          ...outcome,
          textInputTokens: usage?.inputTextTokens ?? null,
          imageInputTokens: usage?.inputImageTokens ?? null,
          outputTokens: usage?.outputTokens ?? null,
          settledAt: sql`now()`,
        })
        .where(and(eq(providerAttempts.id, id), eq(providerAttempts.state, 'open')))
        .returning({ id: providerAttempts.id });
      const askedAt = Date.now();
      const raised = await selectRows<{ key: AlertKey }>(
        db,
        sql`with settled as ${settled} select key from (${allRaised(db)}) as raised`,
      );
      hear(
        raised.map(({ key }) => key),
        askedAt,
      );
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
