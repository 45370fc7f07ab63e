import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { type Reading, reading } from './metrics.ts';

/** What the server says of the connections to this database, of all processes; PGlite has the one. */
export async function readConnections(db: Database): Promise<readonly Reading[]> {
  const [row] = await selectRows<{ active: number; idle: number; locks: number; size: number }>(
    db,
    sql`select count(*) filter (where state = 'active' and pid <> pg_backend_pid())::int as active,
        count(*) filter (where state <> 'active')::int as idle,
        count(*) filter (where wait_event_type = 'Lock')::int as locks,
        pg_database_size(current_database())::float8 as size
      from pg_stat_activity where datname = current_database()`,
  );
  if (row === undefined) return [];
  return [
    reading('db_connections_active', row.active, {}),
    reading('db_connections_idle', row.idle, {}),
    reading('db_lock_waits', row.locks, {}),
    reading('db_size_bytes', Number(row.size), {}),
  ];
}
