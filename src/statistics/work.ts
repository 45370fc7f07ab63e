import { sql } from 'drizzle-orm';
import { isOneOf } from '../database/is-one-of.ts';
import { selectRows } from '../database/rows.ts';
import { type PhotoshootState, photoshoots } from '../database/schema/index.ts';
import type { Book } from './book.ts';

/** Photoshoots that are not over, now. */
export type Work = { drafts: number; awaitingPayment: number; queued: number; generating: number };

/** What is open at this moment: as much as there is at once, whatever was before. */
export async function readWork(book: Book): Promise<Work> {
  const inState = (...states: PhotoshootState[]) =>
    sql`select ${photoshoots.state} as state from ${photoshoots} where ${isOneOf(photoshoots.state, states)}`;
  const [row] = await selectRows<Work>(
    book.tx,
    sql`select count(*) filter (where state = 'draft')::float8 as drafts,
        count(*) filter (where state = 'awaiting_payment')::float8 as "awaitingPayment",
        count(*) filter (where state = 'queued')::float8 as queued,
        count(*) filter (where state = 'generating')::float8 as generating
      from (${inState('draft', 'awaiting_payment')} union all ${inState('queued', 'generating')}) as open`,
  );
  return row ?? { drafts: 0, awaitingPayment: 0, queued: 0, generating: 0 };
}
