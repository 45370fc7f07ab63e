import { sql } from 'drizzle-orm';
import { isRaisedNow } from '../../alerts/read-alerts.ts';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { type PaidAttempts, paidAttempts } from './record-attempt.ts';
import { medianPictureMs } from './waiting-line.ts';

/** What is known before pictures are made. */
export type BeforeMaking = Readonly<{
  /** How long one picture has taken lately, in milliseconds; null while nothing was measured. */
  medianMs: number | null;
  /** The day's budget is spent: what is not begun yet waits. */
  isBudgetSpent: boolean;
  /** How often each picture was paid for, as far as is known; pictures never tried are left out. */
  paid: ReadonlyMap<number, PaidAttempts>;
}>;

/** All of it in one statement. */
export async function readBeforeMaking(db: Database, photoshootId: number): Promise<BeforeMaking> {
  const rows = await selectRows<{
    medianMs: number | null;
    isBudgetSpent: boolean;
    pictureId: number | null;
    count: number | null;
    lastMs: number | null;
  }>(
    db,
    sql`select known."medianMs", known."isBudgetSpent", paid.picture_id::float8 as "pictureId",
        paid.count::int as count, extract(epoch from paid.last_at)::float8 * 1000 as "lastMs"
      from (select ${medianPictureMs(db)}::float8 as "medianMs", ${isRaisedNow(db, 'provider-budget')} as "isBudgetSpent")
          as known
        left join ${paidAttempts(db, photoshootId)} on true`,
  );
  const [first] = rows;
  return {
    medianMs: first?.medianMs ?? null,
    isBudgetSpent: first?.isBudgetSpent === true,
    paid: new Map(
      rows.flatMap(({ pictureId, count, lastMs }) =>
        pictureId === null || count === null || lastMs === null
          ? []
          : [[pictureId, { count, lastAt: new Date(lastMs) }]],
      ),
    ),
  };
}
