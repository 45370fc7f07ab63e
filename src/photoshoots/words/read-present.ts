import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Customer } from '../../customers/read-customer.ts';
import type { Database } from '../../database/client.ts';
import { createGroupRead } from '../../database/group-read.ts';
import { prepareRows, selectRows } from '../../database/rows.ts';
import { type PhotoshootState, processedImages } from '../../database/schema/index.ts';
import type { Awaited, Present, Subject } from './what-words-mean.ts';

/** The message that was replied to, as far as it can be found again. */
export type RepliedMessage = Readonly<{
  messageId: number;
  /** Of its photo in every size, or of its file: an album that is sent again has new messages and the same files. */
  fileIds: readonly string[];
  /** The photoshoot that its keys belong to. */
  photoshootId: number | null;
}>;

export type ReadPresent = (about: { customer: Customer; reply: RepliedMessage | null }) => Promise<Present>;

/**
 * Makes the read of what a message of a person could be about. What happened last is asked for in one statement for
 * all whose words are heard in the same turn of the event loop: built and sent for each, it was two thirds of the
 * processor time of a message (bench/updates.ts).
 * @param now drafts that are older are over
 */
export function createPresentReader(db: Database, now: () => Date = () => new Date()): ReadPresent {
  const findNewest = prepareRows<SubjectRow & { userId: number }>(db, NEWEST);
  const readNewest = createGroupRead(async (userIds: readonly number[]) => {
    const rows = await findNewest({ userIds: `{${userIds.join(',')}}`, now: now().toISOString() });
    return new Map(
      rows.flatMap(({ userId, ...row }) => {
        const subject = subjectOf(row);
        return subject === null ? [] : [[userId, subject]];
      }),
    );
  });
  return async ({ customer, reply }) => ({
    repliedTo: reply === null ? null : await findReplied(db, customer.id, reply, now()),
    awaited: awaitedOf(customer),
    newest: (await readNewest(customer.id)) ?? null,
  });
}

function awaitedOf(customer: Customer): Awaited | null {
  const { describingDraftId, namingDraftId, renamingPresetId, correctingPictureId } = customer;
  if (describingDraftId !== null) return { kind: 'style', draftId: describingDraftId };
  if (namingDraftId !== null) return { kind: 'name', draftId: namingDraftId };
  if (renamingPresetId !== null) return { kind: 'style-name', presetId: renamingPresetId };
  if (correctingPictureId !== null) return { kind: 'correction', pictureId: correctingPictureId };
  return null;
}

/** A photoshoot as a subject of words. `pictureId`: its first picture that stands. */
type SubjectRow = Readonly<{
  id: number;
  state: PhotoshootState;
  basedOnPictureId: number | null;
  pictureId: number | null;
}>;

/** Delivered pictures of a photoshoot `p`, but those that the seller has gone back from. */
const STANDING = sql`processed_images i where i.photoshoot_id = p.id and i.state = 'delivered' and i.undone_at is null`;
const UNDONE = sql`processed_images i where i.photoshoot_id = p.id and i.undone_at is not null`;
const FIRST_STANDING = sql`(select i.id from ${STANDING} order by i.position limit 1)`;

/**
 * The newest photoshoot of each of `userIds` that words can be about, by one look into an index for those that are open
 * and one for those that are over: a large seller's history is not read. The list travels as text: the two drivers write
 * arrays in different ways.
 */
const NEWEST = sql`select person.id::float8 as "userId", newest.id::float8 as id, newest.state,
    newest.based_on_picture_id::float8 as "basedOnPictureId", newest.picture_id::float8 as "pictureId"
  from unnest(${sql.placeholder('userIds')}::text::bigint[]) as person(id), lateral (
    (select p.id, p.state, p.based_on_picture_id, null::bigint as picture_id,
        coalesce(p.placed_at, p.created_at) as happened_at
      from photoshoots p where p.user_id = person.id and p.state in ('draft', 'awaiting_payment', 'queued', 'generating')
        and (p.state <> 'draft' or p.expires_at > ${sql.placeholder('now')}::text::timestamptz)
      order by happened_at desc, p.id desc limit 1)
    union all
    (select p.id, p.state, p.based_on_picture_id, ${FIRST_STANDING}, p.finished_at
      from photoshoots p where p.user_id = person.id and p.finished_at is not null and p.forgotten_at is null
        and p.state in ('completed', 'cancelled', 'failed')
        -- A photo that could not be used was never placed: nothing can be tried anew with it.
        and p.placed_at is not null
        and (exists (select from ${STANDING}) or not exists (select from ${UNDONE}))
      order by p.finished_at desc, p.id desc limit 1)
    order by happened_at desc, id desc limit 1) as newest`;

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
          inArray(processedImages.jpegFileId, [...reply.fileIds]),
        ),
      ),
    )
    .orderBy(desc(processedImages.id))
    .limit(1);
  if (picture !== undefined) return { kind: 'picture', pictureId: picture.id };
  const [row] = await selectRows<SubjectRow & { isPast: boolean }>(
    db,
    sql`select p.id::float8 as id, p.state, p.based_on_picture_id::float8 as "basedOnPictureId",
        ${FIRST_STANDING}::float8 as "pictureId",
        p.state = 'draft' and p.expires_at <= ${now.toISOString()}::text::timestamptz
          or p.finished_at is not null and p.placed_at is null as "isPast"
      from photoshoots p where p.user_id = ${userId}
        and (p.card_message_id = ${reply.messageId}
          -- Asked of each of their own: an exists may be answered from the photos of everybody, read from end to end.
          or (select true from photoshoot_photos f where f.photoshoot_id = p.id and f.message_id = ${reply.messageId} limit 1)
          or p.id = ${reply.photoshootId}::bigint)
      -- A photo may have become several photoshoots: the newest is meant.
      order by p.id desc limit 1`,
  );
  return row === undefined || row.isPast ? null : subjectOf(row);
}

function subjectOf({ id, state, basedOnPictureId, pictureId }: SubjectRow): Subject | null {
  switch (state) {
    case 'draft':
      return { kind: 'card', draftId: id, basedOnPictureId };
    case 'awaiting_payment':
      return { kind: 'payment', draftId: id };
    case 'queued':
    case 'generating':
      return { kind: 'work', photoshootId: id };
    case 'completed':
    case 'cancelled':
    case 'failed':
      return pictureId === null ? { kind: 'nothing-made', photoshootId: id } : { kind: 'picture', pictureId };
    case 'expired':
      return null;
    default: {
      const never: never = state;
      throw new Error(`unknown state ${String(never)}`);
    }
  }
}
