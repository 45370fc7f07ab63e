import { eq, getTableColumns, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';
import { FALLBACK_LANGUAGE } from './languages.ts';
import { type Customer, type ReadCustomer, readCustomer } from './read-customer.ts';

/** How exactly it is known when somebody was last here: a write an hour, instead of one for each update. */
const SEEN_EVERY_MS = 3_600_000;

export type Person = {
  id: number;
  firstName: string;
  username: string | null;
  /** The locale that fits what the person's Telegram says; null when it says nothing this time. */
  language: string | null;
};

export type RegisteredCustomer = { customer: Customer; isNew: boolean };

/**
 * The customer behind an update. A person who is not known yet is stored, once however many updates come
 * together; one who had blocked the bot and writes again is reachable again.
 * @param welcome runs in the transaction that stores a new customer; what it returns is written as they are read
 * @param readKnown the first look, outside of a transaction, which is all that most updates need
 * @param resume runs in the transaction that makes a person reachable again: were it a step of its own, a crash
 * before it would leave their orders waiting for a return that has been
 */
export async function registerCustomer(
  db: Database,
  person: Person,
  welcome: (tx: Database, customerId: number) => Promise<void> | Promise<WithSubquery>,
  readKnown: ReadCustomer = (id) => readCustomer(db, id),
  resume: (tx: Database, customerId: number) => Promise<void> = async () => {},
): Promise<RegisteredCustomer> {
  const known = await readKnown(person.id);
  if (known !== undefined && !isStale(known, person)) {
    return { customer: known, isNew: false };
  }
  const seenAt = new Date();
  const values = {
    id: person.id,
    firstName: person.firstName,
    username: person.username,
    language: person.language ?? FALLBACK_LANGUAGE,
    lastSeenAt: seenAt,
  };
  return db.transaction(async (tx) => {
    const welcomed = async (): Promise<RegisteredCustomer> => {
      const last = await welcome(tx, person.id);
      const customer = await readCustomer(tx, person.id, last === undefined ? [] : [last]);
      if (customer === undefined) throw new Error('the customer that was just stored is not there');
      return { customer, isNew: true };
    };
    if (known === undefined) {
      const added = await tx.insert(users).values(values).onConflictDoNothing().returning({ id: users.id });
      if (added.length > 0) return welcomed();
    }
    // Not from the first look: a worker may have found out since then that it cannot write to them.
    const [before] = await tx
      .select({ blockedAt: users.blockedAt })
      .from(users)
      .where(eq(users.id, person.id))
      .for('update');
    const [stored] = await tx
      .insert(users)
      .values(values)
      .onConflictDoUpdate({
        target: users.id,
        set: {
          firstName: person.firstName,
          username: person.username,
          language:
            person.language === null
              ? sql`${users.language}`
              : sql`case when ${users.languageChosen} then ${users.language} else excluded.language end`,
          blockedAt: null,
          lastSeenAt: seenAt,
        },
      })
      // xmax is 0 for a row that this statement inserted, and set for one that it updated.
      .returning({ ...getTableColumns(users), isNew: sql<boolean>`xmax = 0` });
    if (stored === undefined) throw new Error('a customer could not be stored');
    const { isNew, ...customer } = stored;
    if (isNew) return welcomed();
    if (before !== undefined && before.blockedAt !== null) await resume(tx, person.id);
    return { customer, isNew };
  });
}

function isStale(known: Customer, person: Person): boolean {
  return (
    known.blockedAt !== null ||
    Date.now() - known.lastSeenAt.getTime() > SEEN_EVERY_MS ||
    known.firstName !== person.firstName ||
    known.username !== person.username ||
    (!known.languageChosen && person.language !== null && known.language !== person.language)
  );
}
