import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';

/**
 * Has the server plan the statements of this transaction for the values that they have. A plan that is made once for
 * all values cannot know that a range is short, and reads whole tables; compiling costs more than such a statement.
 */
export async function planAnew(tx: Database): Promise<void> {
  await tx.execute(
    sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)`,
  );
}
