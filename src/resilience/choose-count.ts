import type { Database } from '../database/client.ts';
import type { Log } from '../log.ts';
import type { RedisConnections } from '../redis/connect.ts';
import { createPostgresCount } from './postgres-count.ts';
import { createRedisCount } from './redis-count.ts';
import { createSharedCount, type SharedCount } from './shared-count.ts';

/**
 * Where processes count together: on Redis where there is one, else on the database server.
 * @param options.isOneProcess a database in a folder has one process, which counts in memory
 * @returns null where one process is alone
 */
export function chooseSharedCount({
  redis,
  db,
  isOneProcess,
  log,
}: Readonly<{
  redis: Pick<RedisConnections, 'commands'> | null;
  db: Database;
  isOneProcess: boolean;
  log: Log;
}>): SharedCount | null {
  if (redis !== null) return createSharedCount(createRedisCount(redis), log);
  return isOneProcess ? null : createSharedCount(createPostgresCount(db), log);
}
