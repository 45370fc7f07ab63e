import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { photoshoots, processedImages, users } from '../database/schema/index.ts';
import { within } from '../database/within.ts';
import { ALWAYS, type Listing } from '../owners/page.ts';

/** Which pictures: those that arrived, those that came back as “not right”, those that could not be made. */
export const PICTURE_LISTS = ['delivered', 'not-right', 'missing'] as const;
export type PictureList = (typeof PICTURE_LISTS)[number];

export type PictureEntry = Pick<
  typeof processedImages.$inferSelect,
  | 'id'
  | 'userId'
  | 'state'
  | 'style'
  | 'ratio'
  | 'failureCode'
  | 'photoFileId'
  | 'givenBackAt'
  | 'givenBackReason'
  | 'createdAt'
> & { seller: string; productName: string | null };

/**
 * Pictures by their age; those that are not right by when that was said. Of everybody or of one person, of all styles
 * or of one by its title.
 */
export async function listPictures(
  db: Database,
  {
    list,
    userId,
    style = null,
    during = ALWAYS,
    order = 'newest',
    limit,
    offset,
  }: { list: PictureList; userId: number | null; style?: string | null } & Listing,
): Promise<PictureEntry[]> {
  const inOrder = order === 'newest' ? desc : asc;
  const at = list === 'not-right' ? processedImages.givenBackAt : processedImages.createdAt;
  return db
    .select({
      id: processedImages.id,
      userId: processedImages.userId,
      state: processedImages.state,
      style: processedImages.style,
      ratio: processedImages.ratio,
      failureCode: processedImages.failureCode,
      photoFileId: processedImages.photoFileId,
      givenBackAt: processedImages.givenBackAt,
      givenBackReason: processedImages.givenBackReason,
      createdAt: processedImages.createdAt,
      seller: users.firstName,
      productName: photoshoots.productName,
    })
    .from(processedImages)
    .innerJoin(users, eq(users.id, processedImages.userId))
    .innerJoin(photoshoots, eq(photoshoots.id, processedImages.photoshootId))
    .where(
      and(
        isOn(list),
        userId === null ? undefined : eq(processedImages.userId, userId),
        style === null ? undefined : eq(processedImages.style, style),
        within(at, during),
      ),
    )
    .orderBy(inOrder(at), inOrder(processedImages.id))
    .limit(limit)
    .offset(offset);
}

function isOn(list: PictureList) {
  switch (list) {
    case 'delivered':
      return isOneOf(processedImages.state, ['delivered']);
    case 'not-right':
      return isNotNull(processedImages.givenBackAt);
    case 'missing':
      return isOneOf(processedImages.state, ['failed', 'refused']);
    default: {
      const never: never = list;
      throw new Error(`unknown list ${String(never)}`);
    }
  }
}
