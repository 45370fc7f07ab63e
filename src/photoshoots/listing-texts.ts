/** Listing texts that were written, and how many one person has had written. */
import { and, count, eq, gt, lt } from 'drizzle-orm';
import { LISTING, type Listing } from '../ai/write-listing.ts';
import type { Database } from '../database/client.ts';
import { listingTexts, photoshoots, providerAttempts } from '../database/schema/index.ts';

/** A person's day, in milliseconds: the last so many, so that no midnight doubles it. */
const DAY_MS = 86_400_000;

/** The text of this key, or null where none was written yet. */
export async function readListing(db: Database, key: string): Promise<Listing | null> {
  const [row] = await db
    .select({ listing: listingTexts.listing })
    .from(listingTexts)
    .where(eq(listingTexts.key, key));
  return row === undefined ? null : LISTING.parse(row.listing);
}

/** Keeps what was written; of two at once the first one stays. */
export async function keepListing(
  db: Database,
  text: { key: string; userId: number; listing: Listing },
): Promise<void> {
  await db.insert(listingTexts).values(text).onConflictDoNothing();
}

/** How often texts were asked of a model for this person within the last day, whatever came of it. */
export async function countListingCalls(db: Database, userId: number, now: Date): Promise<number> {
  const [row] = await db
    .select({ calls: count() })
    .from(providerAttempts)
    .innerJoin(photoshoots, eq(photoshoots.id, providerAttempts.photoshootId))
    .where(
      and(
        eq(photoshoots.userId, userId),
        eq(providerAttempts.purpose, 'listing'),
        gt(providerAttempts.startedAt, new Date(now.getTime() - DAY_MS)),
      ),
    );
  return row?.calls ?? 0;
}

/** Takes away what was written before `before`. @returns how many */
export async function sweepListings(db: Database, before: Date): Promise<number> {
  const swept = await db
    .delete(listingTexts)
    .where(lt(listingTexts.createdAt, before))
    .returning({ key: listingTexts.key });
  return swept.length;
}
