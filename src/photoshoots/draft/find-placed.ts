import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { type Photoshoot, type PhotoshootRow, toPhotoshoot } from '../photoshoot.ts';
import { lineBefore } from '../run/waiting-line.ts';
import { UNPLACED } from '../steps.ts';

/**
 * What asks for a photoshoot: a draft that is there, the first photos of a series that has so many, or something that
 * makes one of its own by this source key.
 */
export type Request = Readonly<
  { draftId: number; photos?: number; ofPhotos?: number } | { sourceKey: string }
>;

/** A name for each photoshoot that is asked for: the same when the same is asked for again. */
export function namesOf(request: Request): string[] {
  if (!('draftId' in request)) return [request.sourceKey];
  const { draftId, photos, ofPhotos } = request;
  if (photos === undefined || ofPhotos === undefined) return [`draft:${draftId}`];
  // Counted from the last photo, so that what is left of a series has names of its own.
  return Array.from({ length: photos }, (_, index) => `draft:${draftId}:${ofPhotos - index}`);
}

/** The keys that place a photoshoot of its own with every tap. */
export type OrderingKey = 'again' | 'more' | 'cut-out';

/** The source key of what a tap orders: the same when Telegram delivers the tap twice. */
export function sourceKeyOfTap(key: OrderingKey, callbackId: string): string {
  return `${key}:${callbackId}`;
}

/** The source key of what makes a picture once more: the same for every tap, because that is done once. */
export function sourceKeyOfRedo(pictureId: number): string {
  return `redo:${pictureId}`;
}

/** What is known before anything is placed. */
export type BeforePlacing = Readonly<{
  /**
   * What this request of this person has placed already, whatever became of it since; null where nothing is placed for
   * it: it is new, or waits for money.
   */
  placed: Photoshoot | null;
  /** How many would stand before it. */
  waiting: number;
}>;

/** Both in one statement. */
export async function readBeforePlacing(
  db: Database,
  { userId, request }: { userId: number; request: Request },
): Promise<BeforePlacing> {
  const isIt =
    'draftId' in request ? eq(photoshoots.id, request.draftId) : eq(photoshoots.sourceKey, request.sourceKey);
  const line = lineBefore(db, userId);
  const [known] = await db
    .select({ photoshoot: photoshoots, waiting: line.waiting })
    .from(line)
    .leftJoin(photoshoots, and(isIt, eq(photoshoots.userId, userId)));
  if (known === undefined) throw new Error('a count has no row');
  return { placed: placedOf(known.photoshoot), waiting: known.waiting };
}

function placedOf(row: PhotoshootRow | null): Photoshoot | null {
  if (row === null || row.placedAt === null) return null;
  const photoshoot = toPhotoshoot(row);
  return UNPLACED.some((state) => state === photoshoot.state) ? null : photoshoot;
}
