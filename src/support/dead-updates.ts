/** What could not be handled and was given up: owners look at it, and have it tried again. */
import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import type { Rows } from '../owners/page.ts';
import { recordAct } from '../owners/record-act.ts';

export type DeadUpdate = {
  updateId: number;
  /** The chat, or the person where there is none. */
  chatId: number;
  /** Telegram's name for it, such as `message`. */
  kind: string;
  /** What was written or pressed; null for a photo and the like. */
  said: string | null;
  /** Why it was given up: a word such as an error's code. */
  fault: string;
  /** How often it was given up, and how many processes died of it. */
  failures: number;
  deaths: number;
  receivedAt: Date;
};

/** Some of them, the one that has waited longest first, and how many there are. */
export async function readDeadUpdates(
  db: Database,
  { limit, offset }: Rows,
): Promise<{ updates: DeadUpdate[]; total: number }> {
  const rows = await selectRows<Row>(
    db,
    sql`select update_id::float8 as "updateId", lane::float8 as "chatId", fault, failures, deaths,
          extract(epoch from received_at)::float8 * 1000 as "receivedMs", count(*) over ()::int as total,
          coalesce((select key from jsonb_object_keys(payload) key where key <> 'update_id' limit 1), 'empty') as kind,
          coalesce(payload->'message'->>'text', payload->'message'->>'caption',
            payload->'callback_query'->>'data') as said
        from telegram_updates where state = 'dead' order by update_id limit ${limit} offset ${offset}`,
  );
  return {
    total: rows[0]?.total ?? 0,
    updates: rows.map(({ receivedMs, total: _, fault, ...row }) => ({
      ...row,
      fault: fault ?? 'unknown',
      receivedAt: new Date(receivedMs),
    })),
  };
}

/**
 * Lets the intake have it once more, as if it had come just now: a process that polls or is called finds it within
 * seconds.
 * @returns false when there is none that could be tried: somebody was faster, or it was thrown away with its week
 */
export async function retryDeadUpdate(
  db: Database,
  { by, updateId }: { by: number; updateId: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const retried = await selectRows(
      tx,
      sql`update telegram_updates set state = 'waiting', owner = null, handled_until = null, deaths = 0,
          received_at = now()
        where update_id = ${updateId} and state = 'dead' and payload is not null returning 1 as one`,
    );
    if (retried.length === 0) return false;
    const states = { before: { state: 'dead' }, after: { state: 'waiting' } };
    await recordAct(tx, { by, act: 'retry-update', object: `update:${updateId}`, ...states });
    return true;
  });
}

type Row = Omit<DeadUpdate, 'receivedAt' | 'fault'> & {
  fault: string | null;
  receivedMs: number;
  total: number;
};
