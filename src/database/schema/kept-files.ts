import { pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/** Pictures of the house that Telegram has already, so that each is uploaded once for all people. */
export const keptFiles = pgTable('kept_files', {
  /** What it shows and a hash of its bytes: another picture is another file. */
  name: text().primaryKey(),
  fileId: text('file_id').notNull(),
  keptAt: timestamptz('kept_at').notNull().defaultNow(),
});
