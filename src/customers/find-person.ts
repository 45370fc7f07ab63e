import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { payments, users } from '../database/schema/index.ts';

export type FoundPerson =
  | { kind: 'found'; userId: number; firstName: string }
  | { kind: 'unknown' }
  /** A name that more than one person has written with. */
  | { kind: 'several' };

/**
 * The person behind an id, a `@username`, or the charge of a payment. Names are what people last wrote with and
 * they change hands: where two people have had one, only an id will do.
 */
export async function findPerson(db: Database, who: string): Promise<FoundPerson> {
  const found = await db
    .select({ userId: users.id, firstName: users.firstName })
    .from(users)
    .where(wantedBy(db, who))
    .limit(2);
  const [person, another] = found;
  if (person === undefined) return { kind: 'unknown' };
  return another === undefined ? { kind: 'found', ...person } : { kind: 'several' };
}

function wantedBy(db: Database, who: string) {
  if (who.startsWith('@')) return sql`lower(${users.username}) = ${who.slice(1).toLowerCase()}`;
  if (isId(who)) return eq(users.id, Number(who));
  const payer = db.select({ id: payments.userId }).from(payments);
  return sql`${users.id} = (${payer.where(eq(payments.telegramPaymentChargeId, who))})`;
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text));
}
