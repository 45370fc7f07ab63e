import { sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { CHECKS } from './ledger-checks.ts';

/** Something recorded that is not what it should be. */
export type Difference = {
  /** The question, as `ledger-checks.ts` names it. */
  check: string;
  userId: number;
  /** The id of the person, payment, order, picture or photoshoot that the question is about. */
  rowId: number;
  recorded: string;
  expected: string;
};

/**
 * Recomputes every balance from the ledger and from the payments, orders, pictures, rewards and codes, at one
 * moment, and never writes: the transaction is read-only, so it may run beside a bot that sells.
 * @returns every difference; none when the books are right
 */
export async function checkLedger(db: Database): Promise<Difference[]> {
  return db.transaction(
    async (tx) => {
      // Room to group a million pictures without writing them to disk; taken only as far as it is needed.
      await tx.execute(sql`set local work_mem = '128MB'`);
      const differences: Difference[] = [];
      for (const [check, question] of Object.entries(CHECKS)) {
        const found = await tx
          .select({
            userId: sql`user_id`.mapWith(Number),
            rowId: sql`row_id`.mapWith(Number),
            recorded: sql<string>`recorded::text`,
            expected: sql<string>`expected::text`,
          })
          .from(sql`(${question}) as answers`)
          .where(sql`recorded::text is distinct from expected::text`)
          .orderBy(sql`user_id, row_id`);
        // One by one: there may be more than a call takes arguments.
        for (const difference of found) differences.push({ check, ...difference });
      }
      return differences;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
