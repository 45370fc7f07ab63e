import { and, asc, desc, eq, exists, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Customer } from '../../customers/read-customer.ts';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots, processedImages } from '../../database/schema/index.ts';
import { ENDED, IN_WORK } from '../steps.ts';
import type { Awaited, Present, Subject } from './what-words-mean.ts';

/** The message that was replied to, as far as it can be found again. */
export type RepliedMessage = Readonly<{
  messageId: number;
  /** Of its photo in every size, or of its file: an album that is sent again has new messages and the same files. */
  fileIds: readonly string[];
  /** The photoshoot that its keys belong to. */
  photoshootId: number | null;
}>;

/** What is there that a message of this person could be about. @param now drafts that are older are over */
export async function readPresent(
  db: Database,
  input: { customer: Customer; reply: RepliedMessage | null; now: Date },
): Promise<Present> {
  const { customer, reply, now } = input;
  return {
    repliedTo: reply === null ? null : await findReplied(db, customer.id, reply, now),
    awaited: awaitedOf(customer),
    newest: await findNewest(db, customer.id, now),
  };
}

function awaitedOf({ describingDraftId, namingDraftId, correctingPictureId }: Customer): Awaited | null {
  if (describingDraftId !== null) return { kind: 'style', draftId: describingDraftId };
  if (namingDraftId !== null) return { kind: 'name', draftId: namingDraftId };
  if (correctingPictureId !== null) return { kind: 'correction', pictureId: correctingPictureId };
  return null;
}

/** Delivered pictures, but those that the seller has gone back from. */
const STANDING = and(eq(processedImages.state, 'delivered'), isNull(processedImages.undoneAt));

async function findNewest(db: Database, userId: number, now: Date): Promise<Subject | null> {
  const standing = db
    .select({ id: processedImages.id })
    .from(processedImages)
    .where(and(eq(processedImages.photoshootId, photoshoots.id), STANDING));
  const undone = db
    .select({ id: processedImages.id })
    .from(processedImages)
    .where(and(eq(processedImages.photoshootId, photoshoots.id), isNotNull(processedImages.undoneAt)));
  const [row] = await db
    .select()
    .from(photoshoots)
    .where(
      and(
        eq(photoshoots.userId, userId),
        or(
          and(eq(photoshoots.state, 'draft'), gt(photoshoots.expiresAt, now)),
          inArray(photoshoots.state, ['awaiting_payment', ...IN_WORK]),
          // A photo that could not be used was never placed: nothing can be tried anew with it.
          and(
            inArray(photoshoots.state, ENDED),
            isNotNull(photoshoots.placedAt),
            or(exists(standing), sql`not ${exists(undone)}`),
          ),
        ),
      ),
    )
    .orderBy(
      desc(sql`coalesce(${photoshoots.finishedAt}, ${photoshoots.placedAt}, ${photoshoots.createdAt})`),
      desc(photoshoots.id),
    )
    .limit(1);
  return row === undefined ? null : subjectOf(db, row, now);
}

async function findReplied(
  db: Database,
  userId: number,
  reply: RepliedMessage,
  now: Date,
): Promise<Subject | null> {
  const [picture] = await db
    .select({ id: processedImages.id })
    .from(processedImages)
    .where(
      and(
        eq(processedImages.userId, userId),
        eq(processedImages.state, 'delivered'),
        or(
          eq(processedImages.photoMessageId, reply.messageId),
          inArray(processedImages.photoFileId, [...reply.fileIds]),
          inArray(processedImages.documentFileId, [...reply.fileIds]),
        ),
      ),
    )
    .orderBy(desc(processedImages.id))
    .limit(1);
  if (picture !== undefined) return { kind: 'picture', pictureId: picture.id };
  const photoOf = db
    .select({ id: photoshootPhotos.photoshootId })
    .from(photoshootPhotos)
    .where(
      and(eq(photoshootPhotos.photoshootId, photoshoots.id), eq(photoshootPhotos.messageId, reply.messageId)),
    );
  const [row] = await db
    .select()
    .from(photoshoots)
    .where(
      and(
        eq(photoshoots.userId, userId),
        or(
          eq(photoshoots.cardMessageId, reply.messageId),
          exists(photoOf),
          ...(reply.photoshootId === null ? [] : [eq(photoshoots.id, reply.photoshootId)]),
        ),
      ),
    )
    // A photo may have become several photoshoots: the newest is meant.
    .orderBy(desc(photoshoots.id))
    .limit(1);
  return row === undefined ? null : subjectOf(db, row, now);
}

async function subjectOf(
  db: Database,
  row: typeof photoshoots.$inferSelect,
  now: Date,
): Promise<Subject | null> {
  switch (row.state) {
    case 'draft':
      if (row.expiresAt <= now) return null;
      return { kind: 'card', draftId: row.id, basedOnPictureId: row.basedOnPictureId };
    case 'awaiting_payment':
      return { kind: 'payment', draftId: row.id };
    case 'queued':
    case 'generating':
      return { kind: 'work', photoshootId: row.id };
    case 'completed':
    case 'cancelled':
    case 'failed': {
      if (row.placedAt === null) return null;
      const [first] = await db
        .select({ id: processedImages.id })
        .from(processedImages)
        .where(and(eq(processedImages.photoshootId, row.id), STANDING))
        .orderBy(asc(processedImages.position))
        .limit(1);
      return first === undefined
        ? { kind: 'nothing-made', photoshootId: row.id }
        : { kind: 'picture', pictureId: first.id };
    }
    case 'expired':
      return null;
    default: {
      const never: never = row.state;
      throw new Error(`unknown state ${String(never)}`);
    }
  }
}
