/** Photos and pictures that look like another one, by the looks that were kept of them (imaging/look.ts). */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { photoshootPhotos, photoshoots, processedImages } from '../database/schema/index.ts';

/**
 * Of 64 bits so many may differ. Measured (docs/decisions/046): the same product made smaller, compressed, lighter, or
 * cut by 5 % at an edge 16 at the most; another product in front of the same backdrop 22 at the least.
 */
export const MOST_DISTANCE = 16;

/** What was found, and nothing of what it shows. `part`: of a photo its message, of a picture its id. */
export type FoundLook = Readonly<{
  kind: 'photo' | 'picture';
  photoshootId: number;
  part: number;
  /** Bits of 64 that differ: 0 for the same. */
  distance: number;
}>;

/** `style`: of a picture how it was made; null of a photo. `fileId`: where Telegram has it. */
export type LookEntry = FoundLook &
  Readonly<{ userId: number; product: string; style: string | null; fileId: string; createdAt: Date }>;

/**
 * What looks alike, the nearest first, and of those that are equally near the newest.
 * @param asked.look 64 of `0` and `1`
 * @param asked.userId whose; null for everybody's
 */
export async function searchLooks(
  db: Database,
  { look, userId, limit }: Readonly<{ look: string; userId: number | null; limit: number }>,
): Promise<FoundLook[]> {
  // The value travels as text: the drivers know no bits.
  const distanceOf = (column: SQL) => sql`bit_count(${column} # ${look}::text::bit(64))`;
  const ofPhoto = distanceOf(sql`${photoshootPhotos.look}`);
  const ofPicture = distanceOf(sql`${processedImages.look}`);
  const isOwnPhoto =
    userId === null
      ? sql`true`
      : sql`${photoshootPhotos.photoshootId} in (
          select ${photoshoots.id} from ${photoshoots} where ${photoshoots.userId} = ${userId})`;
  const isOwnPicture = userId === null ? sql`true` : sql`${processedImages.userId} = ${userId}`;
  return selectRows<FoundLook>(
    db,
    sql`with photos as (
        select ${photoshootPhotos.photoshootId} as shoot, ${photoshootPhotos.messageId} as part, ${ofPhoto} as distance
        from ${photoshootPhotos}
        where ${photoshootPhotos.look} is not null and ${ofPhoto} <= ${MOST_DISTANCE} and ${isOwnPhoto}
        order by distance, shoot desc limit ${limit}
      ), pictures as (
        select ${processedImages.id} as part, ${ofPicture} as distance
        from ${processedImages}
        where ${processedImages.look} is not null and ${ofPicture} <= ${MOST_DISTANCE} and ${isOwnPicture}
        order by distance, part desc limit ${limit}
      ), alike as (
        select 'photo' as kind, shoot, part, distance from photos
        union all
        select 'picture', ${processedImages.photoshootId}, part, distance
        from pictures join ${processedImages} on ${processedImages.id} = part
      )
      select kind, shoot::float8 as "photoshootId", part::float8 as part, distance::int as distance
      from alike order by distance, kind, shoot desc, part limit ${limit}`,
  );
}

/** What was found as it is now, in the same order; what is gone is left out. */
export async function readLooks(db: Database, found: readonly FoundLook[]): Promise<LookEntry[]> {
  const rows = await selectRows<{
    kind: FoundLook['kind'];
    shoot: number;
    part: number;
    user_id: number;
    product: string;
    style: string | null;
    file_id: string;
    created_at: string;
  }>(
    db,
    sql`with found as (
        select (one->>'kind') as kind, (one->>'photoshootId')::bigint as shoot, (one->>'part')::bigint as part
        from jsonb_array_elements(${JSON.stringify(found)}::text::jsonb) as one
      )
      select kind, shoot::float8 as shoot, part::float8 as part, ${photoshoots.userId}::float8 as user_id,
        coalesce(${photoshoots.productName}, '') as product, null as style,
        ${photoshootPhotos.fileId} as file_id, ${photoshoots.createdAt}::text as created_at
      from found
      join ${photoshoots} on ${photoshoots.id} = shoot
      join ${photoshootPhotos} on ${photoshootPhotos.photoshootId} = shoot and ${photoshootPhotos.messageId} = part
      where kind = 'photo'
      union all
      select kind, shoot::float8, part::float8, ${photoshoots.userId}::float8,
        coalesce(${photoshoots.productName}, ''), ${processedImages.style},
        ${processedImages.photoFileId}, ${processedImages.createdAt}::text
      from found
      join ${photoshoots} on ${photoshoots.id} = shoot
      join ${processedImages} on ${processedImages.id} = part
      where kind = 'picture' and ${processedImages.photoFileId} is not null`,
  );
  return found.flatMap((one) => {
    const row = rows.find(
      ({ kind, shoot, part }) => kind === one.kind && shoot === one.photoshootId && part === one.part,
    );
    if (row === undefined) return [];
    const { user_id: userId, product, style, file_id: fileId, created_at: createdAt } = row;
    return [{ ...one, userId, product, style, fileId, createdAt: new Date(createdAt) }];
  });
}
