import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import type { GRANTED_ROLES } from '../database/schema/index.ts';

/** One person, as owners and support look at them. */
export type PersonFigures = {
  userId: number;
  firstName: string;
  username: string | null;
  language: string;
  role: (typeof GRANTED_ROLES)[number] | null;
  credits: number;
  reserved: number;
  createdMs: number;
  lastSeenMs: number;
  hasBlocked: boolean;
  /** The reason that they read; null for somebody who is not shut out. */
  banReason: string | null;
  /** When their data falls due for deletion; null for nearly everybody. */
  deletionDueMs: number | null;
  /** Of a row that stands for somebody whose data was deleted: when that was. */
  deletedMs: number | null;
  source: string | null;
  invitedBy: number | null;
  /** Placed ones, whatever became of them, and their delivered pictures. */
  photoshoots: number;
  pictures: number;
  /** Waiting for a worker or being made now. */
  photoshootsAtWork: number;
  /** What they have paid and not got back: whole Stars, or a currency's smallest unit. */
  spent: readonly { currency: string; amount: number }[];
  payments: number;
  heldPayments: number;
  /** Invoices that can still be paid. */
  openOrders: number;
  /** Their subscription's order, while it renews. */
  renewingOrderId: number | null;
  openTickets: number;
  tickets: number;
};

/** Everything of a person in one statement, each part by an index on the person; null for nobody we know. */
export async function readPerson(db: Database, userId: number, now: Date): Promise<PersonFigures | null> {
  const [person] = await selectRows<PersonFigures>(
    db,
    sql`select u.id::float8 as "userId", u.first_name as "firstName", u.username, u.language, u.role,
        u.credits, u.held_credits as reserved,
        extract(epoch from u.created_at)::float8 * 1000 as "createdMs",
        extract(epoch from u.last_seen_at)::float8 * 1000 as "lastSeenMs",
        u.blocked_at is not null as "hasBlocked", u.ban_reason as "banReason",
        extract(epoch from u.deletion_due_at)::float8 * 1000 as "deletionDueMs",
        extract(epoch from u.deleted_at)::float8 * 1000 as "deletedMs",
        a.source, u.invited_by::float8 as "invitedBy",
        shoots.placed as photoshoots, shoots.at_work as "photoshootsAtWork", pictures.delivered as pictures,
        paid.spent, paid.number as payments, paid.held as "heldPayments",
        (select count(*)::int from orders where user_id = u.id and state = 'pending'
          and expires_at > ${now.toISOString()}::timestamptz) as "openOrders",
        (select order_id::float8 from subscriptions where user_id = u.id and not cancelled
          and paid_until > ${now.toISOString()}::timestamptz order by paid_until desc limit 1) as "renewingOrderId",
        tickets.open as "openTickets", tickets.number as tickets
      from users u left join attributions a on a.user_id = u.id
        cross join lateral (select
            count(*) filter (where state in ('queued', 'generating'))::int as at_work,
            count(*) filter (where state in ('queued', 'generating', 'completed', 'failed', 'cancelled'))::int as placed
          from photoshoots where user_id = u.id) as shoots
        cross join lateral (select count(*)::int as delivered from processed_images
          where user_id = u.id and state = 'delivered') as pictures
        cross join lateral (select coalesce(sum(number), 0)::int as number, coalesce(sum(held), 0)::int as held,
            coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount) order by currency)
              filter (where amount > 0), '[]') as spent
          from (select currency, count(*) as number, count(*) filter (where state = 'held') as held,
              sum(amount - given_back) filter (where state in ('credited', 'held')) as amount
            from payments where user_id = u.id group by currency) as by_currency) as paid
        cross join lateral (select count(*)::int as number,
            count(*) filter (where state <> 'resolved')::int as open
          from support_tickets where user_id = u.id) as tickets
      where u.id = ${userId}`,
  );
  return person ?? null;
}
