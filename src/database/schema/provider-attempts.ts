import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { oneOf, timestamptz } from './columns.ts';
import { photoshoots } from './photoshoots.ts';

export const ATTEMPT_STATES = ['open', 'succeeded', 'failed', 'unknown'] as const;
export const ATTEMPT_PURPOSES = ['detection', 'picture', 'listing', 'label'] as const;

/**
 * Each paid call to a provider, written before it is made and settled after it. A row that stays `open`
 * belongs to a process that died in the call: like `unknown`, it counts as paid.
 */
export const providerAttempts = pgTable(
  'provider_attempts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    photoshootId: bigint('photoshoot_id', { mode: 'number' })
      .notNull()
      .references(() => photoshoots.id),
    pictureId: bigint('picture_id', { mode: 'number' }),
    purpose: text({ enum: ATTEMPT_PURPOSES }).notNull(),
    provider: text().notNull(),
    model: text().notNull(),
    state: text({ enum: ATTEMPT_STATES }).notNull().default('open'),
    code: text(),
    requestId: text('request_id'),
    textInputTokens: integer('text_input_tokens'),
    imageInputTokens: integer('image_input_tokens'),
    outputTokens: integer('output_tokens'),
    costMicroUsd: bigint('cost_micro_usd', { mode: 'number' }),
    durationMs: integer('duration_ms'),
    startedAt: timestamptz('started_at').notNull().defaultNow(),
    settledAt: timestamptz('settled_at'),
  },
  (table) => [
    index('idx_provider_attempts_photoshoot').on(table.photoshootId),
    index('idx_provider_attempts_recent').on(table.purpose, table.state, table.startedAt),
    oneOf(table.state, ATTEMPT_STATES),
  ],
);
