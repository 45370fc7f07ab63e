import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../database/client.ts';
import { telegramUpdates } from '../database/schema/telegram-updates.ts';

/**
 * One statement for a group of any size: the updates come as a JSON array of {id, lane, payload}. It decides
 * about the owner as it writes; why that keeps a chat in order stands at the top of inbox.ts.
 */
export function prepareInsert(
  db: Database,
  { owner, alone, leaseEnd }: { owner: string; alone: boolean; leaseEnd: SQL },
) {
  const table = telegramUpdates;
  const before = alias(table, 'before');
  const foreignBefore = sql`exists (
    select from ${table} as before
    where ${before.lane} = new.lane and ${before.state} = 'waiting'
      and (${before.owner} = ${owner} and ${before.leaseUntil} > now()) is not true
  )`;
  const isOurs = alone ? sql`true` : sql`not ${foreignBefore}`;
  // Every column of the table in its order, because that is how Drizzle writes an insert from a select.
  const rows = sql`
    select new.id, new.lane, new.payload, 'waiting', 0,
      case when place.ours then ${owner}::text end,
      case when place.ours then ${leaseEnd} end,
      now()
    from jsonb_to_recordset(${sql.placeholder('updates')}::text::jsonb)
        as new(id bigint, lane bigint, payload jsonb),
      lateral (select ${isOurs} as ours offset 0) as place`;
  return db
    .insert(table)
    .select(rows)
    .onConflictDoNothing()
    .returning({ updateId: table.updateId, owner: table.owner })
    .prepare(alone ? 'inbox_insert_alone' : 'inbox_insert');
}
