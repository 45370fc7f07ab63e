import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';

export const PROMO_KINDS = ['credits', 'percent'] as const;

/** A code that gives credits at once, or lowers the price of the next purchase. */
export const promoCodes = pgTable(
  'promo_codes',
  {
    /** As it is typed, in capitals. */
    code: text().primaryKey(),
    kind: text({ enum: PROMO_KINDS }).notNull(),
    /** Credits, or per cent of the price. */
    value: integer().notNull(),
    /** Null: any number of times. */
    maxUses: integer('max_uses'),
    usesPerUser: integer('uses_per_user').notNull().default(1),
    uses: integer().notNull().default(0),
    startsAt: timestamptz('starts_at').notNull().defaultNow(),
    endsAt: timestamptz('ends_at'),
    createdBy: bigint('created_by', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf(table.kind, PROMO_KINDS),
    check(
      'promo_codes_value',
      sql`${table.value} > 0 and (${table.kind} = 'credits' or ${table.value} <= 90)`,
    ),
    check('promo_codes_uses', sql`${table.maxUses} is null or ${table.uses} <= ${table.maxUses}`),
  ],
);
