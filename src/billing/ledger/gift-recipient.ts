import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { users } from '../../database/schema/index.ts';

export type Recipient =
  | { kind: 'found'; userId: number; firstName: string }
  | { kind: 'unknown' }
  /** A name that more than one person has written with. */
  | { kind: 'several' };

/**
 * The person behind an id or a `@username`. Names are what people last wrote with and they change hands: where
 * two people have had one, only an id will do.
 */
export async function findRecipient(db: Database, who: string): Promise<Recipient> {
  const wanted = who.startsWith('@')
    ? sql`lower(${users.username}) = ${who.slice(1).toLowerCase()}`
    : isId(who)
      ? eq(users.id, Number(who))
      : null;
  if (wanted === null) return { kind: 'unknown' };
  const found = await db
    .select({ userId: users.id, firstName: users.firstName })
    .from(users)
    .where(wanted)
    .limit(2);
  const [person, another] = found;
  if (person === undefined) return { kind: 'unknown' };
  return another === undefined ? { kind: 'found', ...person } : { kind: 'several' };
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text));
}
