/** Whether the connections of all processes fit into the server. */
import type { Log } from '../log.ts';
import type { Sql } from './driver.ts';

/** The queue's own: five for its work and one to listen (queue/queue.ts). */
export const QUEUE_CONNECTIONS = 6;

/**
 * Warns where the pools of this process and of those that are alive now (each taken to be as large) are more than the
 * server lets in: under load connections would be refused. A process that died is counted for a minute.
 * @param poolMaxSize `DB_POOL_MAX_SIZE`
 */
export async function warnOfTooManyConnections(
  pool: Sql,
  { poolMaxSize, log }: { poolMaxSize: number; log: Log },
): Promise<void> {
  const [row] = await pool<[{ allowed: number; others: number }]>`
    select
      (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int) as allowed,
      (select count(*)::int from intake_processes where beat_at > now() - interval '1 minute') as others`;
  const { allowed, others } = row;
  const processes = others + 1;
  const needed = processes * (poolMaxSize + QUEUE_CONNECTIONS);
  if (needed <= allowed) return;
  log.warn(
    { processes, needed, allowed },
    'the pools of all processes do not fit into the server: lower DB_POOL_MAX_SIZE, raise max_connections, or put a pooler before it',
  );
}
