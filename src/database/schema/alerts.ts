import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/** What the owners are told: once over all processes, again while it lasts, and when it is over. */
export const alerts = pgTable('alerts', {
  /** Its kind, and which one where there are several: `provider-outage`, `update-given-up:17`. */
  key: text().primaryKey(),
  /** Numbers and words for the sentence; nothing that people wrote. */
  details: jsonb().$type<Readonly<Record<string, string | number>>>().notNull(),
  /** False for what has happened and has no end: it is told once. */
  lasts: boolean().notNull(),
  raisedAt: timestamptz('raised_at').notNull(),
  /** From when on it counts; before that it may turn out to be nothing, and nobody hears of it. */
  standsFrom: timestamptz('stands_from').notNull(),
  /** When the chat was told last; whoever sets it tells it, and takes it back where Telegram could not be reached. */
  toldAt: timestamptz('told_at'),
  /** When the other channels were told last, with the chat or without it; whoever sets it tells them, once. */
  channelsToldAt: timestamptz('channels_told_at'),
  /** Set when it is over; the row stays for some days, so that it can be read what was. */
  endedAt: timestamptz('ended_at'),
});
