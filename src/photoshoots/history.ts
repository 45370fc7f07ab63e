import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { photoshoots, processedImages } from '../database/schema/index.ts';
import { costOfNext } from './likeness.ts';

export type HistoryEntry = {
  photoshootId: number;
  productName: string | null;
  finishedAt: Date;
  pictures: number;
};

/** One page of a seller's photoshoots that brought pictures, newest first, with how many there are in all. */
export async function readHistory(
  db: Database,
  input: { userId: number; page: number; pageSize: number },
): Promise<{ entries: HistoryEntry[]; total: number }> {
  const isDelivered = sql`${processedImages.photoshootId} = ${photoshoots.id}
    and ${isOneOf(processedImages.state, ['delivered'])}`;
  // A completed one brought pictures; one that was stopped may have.
  const broughtPictures = and(
    eq(photoshoots.userId, input.userId),
    isNotNull(photoshoots.finishedAt),
    isNull(photoshoots.forgottenAt),
    or(
      isOneOf(photoshoots.state, ['completed']),
      and(
        isOneOf(photoshoots.state, ['cancelled']),
        // Asked of each by the index: with the offset the server may not read all pictures instead.
        sql`exists (select from ${processedImages} where ${isDelivered} offset 0)`,
      ),
    ),
  );
  const total = await db.$count(photoshoots, broughtPictures);
  const rows = await db
    .select({
      photoshootId: photoshoots.id,
      productName: photoshoots.productName,
      finishedAt: photoshoots.finishedAt,
      pictures: sql`(select count(*) from ${processedImages} where ${isDelivered})`.mapWith(Number),
    })
    .from(photoshoots)
    .where(broughtPictures)
    .orderBy(desc(photoshoots.finishedAt), desc(photoshoots.id))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  const entries = rows.flatMap(({ finishedAt, ...row }) =>
    finishedAt === null ? [] : [{ ...row, finishedAt }],
  );
  return { entries, total };
}

export type DeliveredPicture = {
  pictureId: number;
  position: number;
  style: string;
  /** Whether it changes another picture, as its seller asked for. */
  isCorrection: boolean;
  /** Credits that another one like it costs. */
  nextCredits: number;
  fileId: string;
};

/** The delivered pictures of a seller's photoshoot, as Telegram keeps them; empty for somebody else's. */
export async function readDelivered(
  db: Database,
  input: { photoshootId: number; userId: number },
): Promise<DeliveredPicture[]> {
  const rows = await db
    .select({
      pictureId: processedImages.id,
      position: processedImages.position,
      style: processedImages.style,
      styleOrigin: processedImages.styleOrigin,
      likeness: processedImages.likeness,
      givenBackAt: processedImages.givenBackAt,
      credits: processedImages.credits,
      creditsSaved: processedImages.creditsSaved,
      size: photoshoots.size,
      fileId: processedImages.photoFileId,
    })
    .from(processedImages)
    .innerJoin(photoshoots, eq(photoshoots.id, processedImages.photoshootId))
    .where(
      and(
        eq(processedImages.photoshootId, input.photoshootId),
        eq(processedImages.userId, input.userId),
        inArray(processedImages.state, ['delivered']),
      ),
    )
    .orderBy(asc(processedImages.position));
  return rows.flatMap(({ fileId, pictureId, position, style, ...row }) => {
    if (fileId === null) return [];
    const isCorrection = row.styleOrigin === 'correction';
    return [{ pictureId, position, style, isCorrection, nextCredits: costOfNext(row, row.size), fileId }];
  });
}

/** The delivered pictures that came together with this one, itself among them, in the order of the album. */
export async function readAlbumOf(
  db: Database,
  pictureId: number,
): Promise<{ id: number; position: number; photoshootId: number }[]> {
  const photoshootId = db
    .select({ id: processedImages.photoshootId })
    .from(processedImages)
    .where(eq(processedImages.id, pictureId));
  return db
    .select({
      id: processedImages.id,
      position: processedImages.position,
      photoshootId: processedImages.photoshootId,
    })
    .from(processedImages)
    .where(and(inArray(processedImages.photoshootId, photoshootId), eq(processedImages.state, 'delivered')))
    .orderBy(asc(processedImages.position));
}

/** The person's newest delivered picture, for an invoice that shows what is paid for. */
export async function readLatestDelivered(
  db: Database,
  userId: number,
): Promise<{ pictureId: number; fileId: string } | null> {
  const [row] = await db
    .select({ pictureId: processedImages.id, fileId: processedImages.photoFileId })
    .from(processedImages)
    .where(and(eq(processedImages.userId, userId), eq(processedImages.state, 'delivered')))
    .orderBy(desc(processedImages.createdAt), desc(processedImages.id))
    .limit(1);
  return row === undefined || row.fileId === null ? null : { pictureId: row.pictureId, fileId: row.fileId };
}

/** Where Telegram keeps a delivered picture, whoever owns it; null for none. */
export async function readPictureFileId(db: Database, pictureId: number): Promise<string | null> {
  return (await readSentPicture(db, pictureId))?.fileId ?? null;
}

/** The same, with whose picture it is. */
export async function readSentPicture(
  db: Database,
  pictureId: number,
): Promise<{ fileId: string; userId: number } | null> {
  const [row] = await db
    .select({ fileId: processedImages.photoFileId, userId: processedImages.userId })
    .from(processedImages)
    .where(eq(processedImages.id, pictureId));
  return row === undefined || row.fileId === null ? null : { fileId: row.fileId, userId: row.userId };
}
