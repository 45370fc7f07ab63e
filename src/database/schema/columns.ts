/** What the tables have in common: how a time is kept, and how a column is held to the words it may hold. */
import { getTableName } from 'drizzle-orm';
import { type AnyPgColumn, check, timestamp } from 'drizzle-orm/pg-core';
import { isOneOf } from '../is-one-of.ts';

/** A point in time, to the millisecond, as a `Date` of JavaScript holds it. @param name the column's name */
export function timestamptz(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

/** When the row was written, by the clock of the database unless its writer says. */
export function createdAt() {
  return timestamptz('created_at').notNull().defaultNow();
}

/**
 * The check that a column of named states, kinds and the like holds one of them, named after table and column.
 * @param names the list that the column's `enum` is made of
 */
export function oneOf(column: AnyPgColumn, names: readonly string[]) {
  return check(`${getTableName(column.table)}_${column.name}`, isOneOf(column, names));
}
