import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';

export type DayInBrief = {
  newPeople: number;
  pictures: number;
  /** What was paid and stands: whole Stars, or a currency's smallest unit. */
  money: readonly { currency: string; amount: number }[];
  payments: number;
};

/** What happened between two moments, each part from an index by time. */
export async function readDayInBrief(
  db: Database,
  { from, to }: { from: Date; to: Date },
): Promise<DayInBrief> {
  const within = sql`>= ${from.toISOString()}::timestamptz and created_at < ${to.toISOString()}::timestamptz`;
  const [row] = await selectRows<DayInBrief>(
    db,
    sql`select
        (select count(*)::int from events where kind = 'start' and created_at ${within}) as "newPeople",
        (select count(*)::int from processed_images where created_at ${within} and state = 'delivered') as pictures,
        coalesce(sum(number), 0)::int as payments,
        coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount) order by currency), '[]') as money
      from (select currency, count(*) as number, sum(amount) as amount from payments
        where created_at ${within} and state in ('credited', 'held') group by currency) as paid`,
  );
  if (row === undefined) throw new Error('aggregates without a row');
  return row;
}
