/** What drops each thing that was kept for its time; a name of the table without a sweep does not compile. */
import { lt, sql } from 'drizzle-orm';
import { sweepOrders } from '../billing/orders/sweep-orders.ts';
import { sweepSettled } from '../billing/orders/unsettled-charges.ts';
import { forgetFormer } from '../customers/former-customers.ts';
import type { Database } from '../database/client.ts';
import { dataRequests, ownerActions, ownerRequests } from '../database/schema/index.ts';
import { sweepBroadcasts } from '../owners/broadcasts/sweep-broadcasts.ts';
import { sweepRecognitions } from '../photoshoots/kept-recognitions.ts';
import { sweepListings } from '../photoshoots/listing-texts.ts';
import { sweepPictureFiles } from '../photoshoots/originals.ts';
import { sweepTickets } from '../support/sweep-tickets.ts';
import { emptyRows } from './empty-rows.ts';
import { forgetDrafts, forgetHistory } from './forget-content.ts';
import type { KeptData } from './retention.ts';

/** Prepared photos are in no table, the inbox has a sweep of its own. */
type Swept = Exclude<KeptData, 'prepared-photos' | 'updates' | 'failed-updates'>;
/** @returns how many went that are from before then */
type Sweep = (db: Database, before: Date) => Promise<number>;

export const SWEEPS: Readonly<Record<Swept, Sweep>> = {
  drafts: forgetDrafts,
  history: async (db, before) => (await forgetHistory(db, before)) + (await sweepListings(db, before)),
  originals: sweepPictureFiles,
  recognitions: sweepRecognitions,
  tickets: sweepTickets,
  'owner-words': forgetOwnerWords,
  invoices: async (db, before) => (await sweepOrders(db, before)) + (await sweepSettled(db, before)),
  broadcasts: sweepBroadcasts,
  'data-requests': async (db, before) => {
    const gone = await db
      .delete(dataRequests)
      .where(lt(dataRequests.createdAt, before))
      .returning({ id: dataRequests.id });
    return gone.length;
  },
  'former-customers': forgetFormer,
};

// Object.keys forgets which keys there are.
export const SWEPT = Object.keys(SWEEPS) as readonly Swept[];

/** What owners and support wrote about people or to them; that they did it stays. */
async function forgetOwnerWords(db: Database, before: Date): Promise<number> {
  const gone = await db
    .delete(ownerRequests)
    .where(lt(ownerRequests.createdAt, before))
    .returning({ id: ownerRequests.id });
  const worded = sql`${ownerActions.reason} is not null and ${lt(ownerActions.createdAt, before)}`;
  await emptyRows(db, 'ownerActions', worded, null);
  return gone.length;
}
