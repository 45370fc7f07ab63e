import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';

/** Roles that are granted in the chat; owners are those in `ADMIN_IDS`. */
export const GRANTED_ROLES = ['support'] as const;

/** A person who talks to the bot. The key is the Telegram id (52 bits, so a number holds it exactly). */
export const users = pgTable(
  'users',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    firstName: text('first_name').notNull(),
    username: text(),
    /** The locale of every text this person gets. */
    language: text().notNull(),
    /** True once the person chose it by hand; from then on `language_code` no longer changes it. */
    languageChosen: boolean('language_chosen').notNull().default(false),
    /**
     * Pictures this person can order now: the sum of `available` over the person's ledger entries. Below zero
     * only after a buyer's chargeback of credits that were spent: a debt that the next purchase settles.
     */
    credits: integer().notNull().default(0),
    /** Pictures ordered and not yet delivered: the sum of `reserved` over the ledger entries. */
    reservedCredits: integer('held_credits').notNull().default(0),
    /** Set while the person blocks the bot; nothing is sent until they come back. */
    blockedAt: timestamptz('blocked_at'),
    /** While set, the next text message is the description of an own style for this draft. */
    describingDraftId: bigint('describing_draft_id', { mode: 'number' }),
    /** While set, the next text message is the name of this draft's product. */
    namingDraftId: bigint('naming_draft_id', { mode: 'number' }),
    /** While set, the next text message is the new name of this saved style. */
    renamingPresetId: bigint('renaming_preset_id', { mode: 'number' }),
    /** While set, the next text message says what is to be changed in this picture. */
    correctingPictureId: bigint('correcting_picture_id', { mode: 'number' }),
    /** What the person's invitation links carry: opaque, so that nobody learns an id from it. */
    referralCode: text('referral_code').notNull().default(sql`replace(gen_random_uuid()::text, '-', '')`),
    /** Who brought this person, known at the first start only. */
    invitedBy: bigint('invited_by', { mode: 'number' }),
    /** Hundredths of a credit earned by rewards and not yet a whole credit. */
    rewardHundredths: integer('reward_hundredths').notNull().default(0),
    /** While set, the next text message is the article number for the files of this photoshoot. */
    namingPhotoshootId: bigint('naming_photoshoot_id', { mode: 'number' }),
    /** While set, the next message belongs to this support ticket. */
    writingTicketId: bigint('writing_ticket_id', { mode: 'number' }),
    /** While set, the next text message is what an owner was asked for (`owner_requests`). */
    answeringRequestId: bigint('answering_request_id', { mode: 'number' }),
    /** While set, the next text message is a broadcast's text, `<id>:<language>`. */
    writingBroadcast: text('writing_broadcast'),
    /** Set while the person wants no broadcasts. */
    broadcastsMutedAt: timestamptz('broadcasts_muted_at'),
    /** What they may do beside what everybody may; null for nearly everybody. */
    role: text({ enum: GRANTED_ROLES }),
    /** Set while the person is shut out by an owner, with the reason that they read. */
    bannedAt: timestamptz('banned_at'),
    banReason: text('ban_reason'),
    /** Set while the person waits for their data to be deleted: when it falls due. Until then they may come back. */
    deletionDueAt: timestamptz('deletion_due_at'),
    /** Of a row that stands for somebody whose data was deleted: when. Its id is drawn, and nobody's. */
    deletedAt: timestamptz('deleted_at'),
    /** When they last wrote or tapped, to the hour. */
    lastSeenAt: timestamptz('last_seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('users_referral_code').on(table.referralCode),
    index('idx_users_created').on(table.createdAt),
    index('idx_users_blocked').on(table.blockedAt).where(sql`${table.blockedAt} is not null`),
    // Who is due is looked for every few minutes.
    index('idx_users_deletion_due').on(table.deletionDueAt).where(sql`${table.deletionDueAt} is not null`),
    // Whom a person has brought: asked when their data is deleted.
    index('idx_users_invited_by').on(table.invitedBy).where(sql`${table.invitedBy} is not null`),
    index('idx_users_role').on(table.role).where(sql`${table.role} is not null`),
    index('idx_users_username').on(sql`lower(${table.username})`),
    check('users_held_not_negative', sql`${table.reservedCredits} >= 0`),
    check('users_ban_has_reason', sql`(${table.bannedAt} is null) = (${table.banReason} is null)`),
    oneOf(table.role, GRANTED_ROLES),
  ],
);
