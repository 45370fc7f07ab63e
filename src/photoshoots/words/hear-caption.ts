import type { photoshoots } from '../../database/schema/index.ts';
import { readWish } from './read-wish.ts';

/** What a caption sets: it is kept as it was written, and a format and a number of pictures in it are taken. */
export function hearCaption(caption: string | null): Pick<
  typeof photoshoots.$inferInsert,
  'caption' | 'pictureCount'
> & {
  ratio?: string;
  ratioChosen?: boolean;
} {
  if (caption === null) return {};
  const { ratio, pictures } = readWish(caption);
  return {
    caption,
    ...(ratio === null ? {} : { ratio, ratioChosen: true }),
    ...(pictures === null ? {} : { pictureCount: pictures }),
  };
}
