/** A broadcast from its first word to its last reader; each step is a conditional update. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import {
  type BroadcastState,
  broadcastReaders,
  broadcasts,
  type Segment,
  users,
} from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Rows } from '../page.ts';
import { recordAct } from '../record-act.ts';
import { countReaders, readersOf } from './audience.ts';

export type Broadcast = typeof broadcasts.$inferSelect;
/** Readers by what became of them. */
export type BroadcastCounts = NonNullable<Broadcast['counts']>;

export async function createBroadcast(db: Database, by: number): Promise<Broadcast> {
  const [broadcast] = await db.insert(broadcasts).values({ createdBy: by }).returning();
  if (broadcast === undefined) throw new Error('a broadcast could not be written down');
  return broadcast;
}

/** The newest first. */
export async function readBroadcasts(db: Database, { limit, offset }: Rows): Promise<Broadcast[]> {
  return db.select().from(broadcasts).orderBy(desc(broadcasts.id)).limit(limit).offset(offset);
}

/** @throws AppError not-found */
export async function readBroadcast(db: Database, id: number): Promise<Broadcast> {
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
  if (broadcast === undefined) throw new AppError('not-found', 'there is no such broadcast');
  return broadcast;
}

/** To whom it goes. @throws AppError already-done once it has begun */
export async function chooseSegment(
  db: Database,
  { id, segment, language }: { id: number; segment: Segment; language: string | null },
): Promise<Broadcast> {
  return draftOr(db.update(broadcasts).set({ segment, language }).where(isDraft(id)).returning());
}

/** The owner's next message is this broadcast's text. @throws AppError already-done */
export async function expectText(
  db: Database,
  { id, by, language }: { id: number; by: number; language: string },
): Promise<void> {
  if ((await db.$count(broadcasts, isDraft(id))) === 0) throw begun();
  await db
    .update(users)
    .set({ writingBroadcast: `${id}:${language}` })
    .where(eq(users.id, by));
}

/** @throws AppError already-done */
export async function writeText(
  db: Database,
  { id, by, language, text }: { id: number; by: number; language: string; text: string },
): Promise<Broadcast> {
  return db.transaction(async (tx) => {
    await tx.update(users).set({ writingBroadcast: null }).where(eq(users.id, by));
    const texts = sql`${broadcasts.texts} || jsonb_build_object(${language}::text, ${text}::text)`;
    return draftOr(tx.update(broadcasts).set({ texts }).where(isDraft(id)).returning());
  });
}

/** Everything of a draft at once, as a form has it. @throws AppError already-done once it has begun */
export async function writeDraft(
  db: Database,
  { id, ...draft }: { id: number } & Pick<Broadcast, 'segment' | 'language' | 'texts'>,
): Promise<Broadcast> {
  return draftOr(db.update(broadcasts).set(draft).where(isDraft(id)).returning());
}

/**
 * Begins to send: from now on its readers are fixed. Of two taps one begins it.
 * @param cardMessageId the owner's message that shows how it goes; null where a page does
 * @throws AppError already-done, also for one without a text
 */
export async function startBroadcast(
  db: Database,
  { id, by, cardMessageId }: { id: number; by: number; cardMessageId: number | null },
  now: Date,
): Promise<Broadcast> {
  return db.transaction(async (tx) => {
    const broadcast = await draftOr(
      tx
        .update(broadcasts)
        .set({ state: 'sending', cardMessageId, nextAt: now })
        .where(and(isDraft(id), sql`${broadcasts.texts} <> '{}'`))
        .returning(),
    );
    await tx.execute(
      sql`insert into broadcast_readers (broadcast_id, user_id)
        select ${id}, u.id from users u where ${readersOf(broadcast, now)}`,
    );
    const readers = await tx.$count(broadcastReaders, eq(broadcastReaders.broadcastId, id));
    const after = { state: 'sending', segment: broadcast.segment, readers };
    await recordAct(tx, {
      by,
      act: 'broadcast',
      object: `broadcast:${id}`,
      before: { state: 'draft' },
      after,
    });
    return broadcast;
  });
}

/** The steps of an owner once it has begun. */
const STEPS = {
  pause: { from: ['sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'sending' },
  cancel: { from: ['draft', 'sending', 'paused'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly BroadcastState[]; to: BroadcastState }>;
export type BroadcastStep = keyof typeof STEPS;

/** @returns false when it was not in a state for it */
export async function stepBroadcast(
  db: Database,
  { id, by, step }: { id: number; by: number; step: BroadcastStep },
): Promise<boolean> {
  const { from, to } = STEPS[step];
  return db.transaction(async (tx) => {
    const stepped = await tx
      .update(broadcasts)
      .set({ state: to, endedAt: to === 'cancelled' ? new Date() : null })
      .where(and(eq(broadcasts.id, id), inArray(broadcasts.state, [...from])))
      .returning({ id: broadcasts.id });
    if (stepped.length === 0) return false;
    await recordAct(tx, { by, act: 'broadcast', object: `broadcast:${id}`, after: { state: to } });
    return true;
  });
}

/** How many would read it, or what became of those who do. */
export async function readCounts(db: Database, broadcast: Broadcast, now: Date): Promise<BroadcastCounts> {
  if (broadcast.state === 'draft') {
    const waiting = await countReaders(db, broadcast, now);
    return { waiting, sent: 0, blocked: 0, failed: 0, unknown: 0 };
  }
  return broadcast.counts ?? countByState(db, broadcast.id);
}

/** Readers that have a row. */
export async function countByState(db: Database, id: number): Promise<BroadcastCounts> {
  const [counts] = await selectRows<BroadcastCounts>(
    db,
    sql`select count(*) filter (where state = 'waiting')::int as waiting,
        count(*) filter (where state = 'sent')::int as sent,
        count(*) filter (where state = 'blocked')::int as blocked,
        count(*) filter (where state = 'failed')::int as failed,
        count(*) filter (where state = 'claimed')::int as unknown
      from broadcast_readers where broadcast_id = ${id}`,
  );
  if (counts === undefined) throw new Error('counts without a row');
  return counts;
}

async function draftOr(changed: Promise<Broadcast[]>): Promise<Broadcast> {
  const [broadcast] = await changed;
  if (broadcast === undefined) throw begun();
  return broadcast;
}

function isDraft(id: number) {
  return and(eq(broadcasts.id, id), eq(broadcasts.state, 'draft'));
}

function begun(): AppError {
  return new AppError('already-done', 'this broadcast is no draft any more, or has no text');
}
