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
        (select count(*)::int from users as u where u.held_credits <> 0
          or (u.credits, u.held_credits) is distinct from (
            select sum(available)::int, sum(held)::int from credit_entries where user_id = u.id)
          or (select count(*) from credit_entries where user_id = u.id and kind = 'capture') <> (
            select count(*) from processed_images where user_id = u.id and state = 'delivered')) as unbalanced,
        (select count(*)::int from photoshoots where state in ('queued', 'generating')
          or (state in ('completed', 'cancelled', 'failed') and outcome_told_at is null))
        + (select count(*)::int from telegram_updates where state <> 'done') as unfinished`;
    return books;
  } finally {
    await database.end();
  }
}
