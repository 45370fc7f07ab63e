import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';

/** What waits for somebody of the owners. */
export type WhatWaits = {
  tickets: number;
  held: number;
  unsettled: number;
  failed: number;
  /** Orders in line or being made: nobody has to do anything for them. */
  atWork: number;
};

/** Counted from what is open alone, each by its own index, so it costs the same however long the history is. */
export async function readWhatWaits(db: Database): Promise<WhatWaits> {
  const [row] = await selectRows<WhatWaits>(
    db,
    sql`select
        (select count(*)::int from support_tickets where state in ('open', 'in-progress')) as tickets,
        (select count(*)::int from payments where state = 'held') as held,
        (select count(*)::int from unsettled_charges c where not exists (select from payments
          where telegram_payment_charge_id = c.charge_id
            and (c.kind = 'payment' or state in ('refunded', 'charged-back')))) as unsettled,
        (select count(*)::int from telegram_updates where state = 'dead') as failed,
        (select count(*)::int from photoshoots where state in ('queued', 'generating')) as "atWork"`,
  );
  if (row === undefined) throw new Error('counts without a row');
  return row;
}
