import type { WithSubquery } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { type EventKind, events } from '../database/schema/index.ts';

export type FunnelEvent = {
  userId: number;
  kind: EventKind;
  /** `photo:<user>` for what counts once a person, `paid:<payment>` for what counts each time. */
  key: string;
  /** Of a payment: whole Stars, or the currency's smallest unit. */
  amount?: number;
  currency?: string;
};

/**
 * Notes a step of the funnel, in the transaction of what happened. A repeat of its key changes nothing.
 * @returns false when it had been noted before
 */
export async function recordEvent(tx: Database, event: FunnelEvent): Promise<boolean> {
  return (await recording(tx, event)).length > 0;
}

function recording(db: Database, event: FunnelEvent) {
  return db
    .insert(events)
    .values(event)
    .onConflictDoNothing({ target: events.key })
    .returning({ id: events.id });
}

/** Notes what counts once a person: all later times change nothing. */
export async function recordFirst(
  tx: Database,
  userId: number,
  kind: Exclude<EventKind, 'paid'>,
): Promise<boolean> {
  return (await recordingFirst(tx, userId, kind)).length > 0;
}

function recordingFirst(db: Database, userId: number, kind: Exclude<EventKind, 'paid'>) {
  return recording(db, { userId, kind, key: `${kind}:${userId}` });
}

/** The same as a part of a statement that does more. */
export function firstStep(db: Database, userId: number, kind: Exclude<EventKind, 'paid'>): WithSubquery {
  return db.$with('step').as(recordingFirst(db, userId, kind));
}
