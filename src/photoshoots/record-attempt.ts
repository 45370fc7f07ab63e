import { and, eq, sql } from 'drizzle-orm';
import type { AttemptJournal } from '../ai/provider.ts';
import type { Database } from '../database/client.ts';
import { providerAttempts } from '../database/schema/index.ts';

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
