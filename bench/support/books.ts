import postgres from 'postgres';

/** What the database says when all is over; all but the first must be 0. */
export type Books = {
  /** Pictures that reached their sellers. */
  delivered: number;
  /** People whose credits are not the sum of their ledger, or are still held, or were captured wrongly. */
  unbalanced: number;
  /** Orders, outcomes and updates that were left lying. */
  unfinished: number;
};

export async function readBooks(databaseUrl: string): Promise<Books> {
  const database = postgres(databaseUrl, { max: 1 });
  try {
    const [books] = await database<[Books]>`
      select
        (select count(*)::int from processed_images where state = 'delivered') as delivered,
        (select count(*)::int
          from users as u
          join (
            select user_id, sum(available) as available, sum(held) as held,
              count(*) filter (where kind = 'capture') as captured
            from credit_entries group by user_id
          ) as ledger on ledger.user_id = u.id
          where u.held_credits <> 0 or u.credits <> ledger.available or ledger.held <> 0
            or ledger.captured <> (
              select count(*) from processed_images where user_id = u.id and state = 'delivered')
        ) as unbalanced,
        (select count(*)::int from photoshoots where state in ('queued', 'generating')
          or (state in ('completed', 'cancelled', 'failed') and outcome_told_at is null))
        + (select count(*)::int from telegram_updates where state <> 'done') as unfinished`;
    return books;
  } finally {
    await database.end();
  }
}
