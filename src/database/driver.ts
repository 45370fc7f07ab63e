/** The driver of PostgreSQL servers. Only this file imports it, so that nothing can use one that is not patched. */
import postgres, { type Options, type Sql } from 'postgres';
import { StartRefused } from '../errors.ts';

export type { Sql, TransactionSql } from 'postgres';

/** What the patch calls itself (patches/postgres+*.patch); raised in both places when the patch is changed. */
const PATCH = 1;

/** The driver's own waits up to 20 seconds, and counts the failures of all connections as one's. */
const LONGEST_BACKOFF_SECONDS = 0.5;

/**
 * A pool of connections to the server, made as they are needed.
 * @param options the driver's own, whose times are in seconds
 * @throws StartRefused when the driver is not patched (docs/decisions/009)
 */
export function connectServer(url: string, options: Options<Record<string, never>>): Sql {
  refuseUnpatched();
  return postgres(url, { backoff, onnotice: () => {}, ...options });
}

/** Without the patch a lost connection loses and mixes the data of others; `npm ci --ignore-scripts` leaves it out. */
function refuseUnpatched(): void {
  if (Reflect.get(postgres, 'vitrinePatch') === PATCH) return;
  throw new StartRefused(
    'The PostgreSQL driver is not patched as patches/ has it: run “npx patch-package”, or “npm ci” without --ignore-scripts.',
  );
}

/** Seconds until a connection is tried again, after so many attempts failed. */
function backoff(failures: number): number {
  return (0.5 + Math.random() / 2) * Math.min(3 ** failures / 100, LONGEST_BACKOFF_SECONDS);
}
