import { type SQL, sql } from 'drizzle-orm';
import { photoshootPhotos } from '../../database/schema/index.ts';

/**
 * The ids of all photoshoots that have a photo of this one, itself among them: by Telegram's name for the file, or by
 * its pixels where it was uploaded anew. Found by the photo and not by the person, so that it costs the same after
 * however long a history; whose they are is for the statement around it to ask.
 */
export function withAPhotoOf(photoshootId: number): SQL {
  return sql`(select theirs.photoshoot_id from ${photoshootPhotos} mine
      join ${photoshootPhotos} theirs on theirs.file_unique_id = mine.file_unique_id
      where mine.photoshoot_id = ${photoshootId}
    union select theirs.photoshoot_id from ${photoshootPhotos} mine
      join ${photoshootPhotos} theirs on theirs.content_hash = mine.content_hash
      where mine.photoshoot_id = ${photoshootId})`;
}
