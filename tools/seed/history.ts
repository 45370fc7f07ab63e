/** The rows of a history, by their tables, in the order in which they may be written. */
import {
  attributions,
  creditEntries,
  events,
  orders,
  payments,
  photoshoots,
  processedImages,
  providerAttempts,
  supportMessages,
  supportTickets,
  users,
} from '../../src/database/schema/index.ts';

export const TABLES = {
  users,
  attributions,
  photoshoots,
  pictures: processedImages,
  orders,
  payments,
  entries: creditEntries,
  attempts: providerAttempts,
  events,
  tickets: supportTickets,
  messages: supportMessages,
} as const;
export type TableName = keyof typeof TABLES;
// Object.keys forgets which keys there are.
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Every row has its id, because others refer to it; rows of one table have the same columns. */
export type History = { [Name in TableName]: (Insert<Name> & Id<Name>)[] };
type Insert<Name extends TableName> = (typeof TABLES)[Name]['$inferInsert'];
type Id<Name extends TableName> = Name extends 'attributions' ? unknown : { id: number };

/** The highest id that each table has: a history goes on behind it. */
export type LastIds = Readonly<Record<Exclude<TableName, 'attributions'>, number>>;
