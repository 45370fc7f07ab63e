import { type SQL, sql } from 'drizzle-orm';
import { photoshoots, providerAttempts } from '../database/schema/index.ts';
import type { Book, Counted } from './book.ts';
import type { Period } from './period.ts';
import { readTimes, SAMPLE, type Times } from './times.ts';

type Parts = ({ dimension: string } & Counted)[];
export type Quality = {
  /** Photoshoots that ended: with all pictures, some, none; stopped by the seller; photos that were refused. */
  outcomes: {
    complete: Counted;
    partial: Counted;
    failed: Counted;
    cancelled: Counted;
    photoRefused: Counted;
  };
  pictures: { delivered: Counted; failed: Counted; refused: Counted };
  /** Why pictures are missing, by the code of the failure. */
  missing: Parts;
  /** Delivered pictures by what came of holding them against their photos; where nobody did, in none of them. */
  likeness: { same: Counted; drifted: Counted; notMeasured: Counted };
  /** In what they drifted, and why others were not measured. A picture may have several. */
  likenessReasons: Parts;
  /** Delivered pictures by what came of reading the text on their product. */
  labels: { asInPhoto: Counted; differs: Counted; none: Counted; notRead: Counted };
  /** “Not right”, by the day it was said; `none`: the question why was not answered. */
  notRight: Counted;
  notRightReasons: Parts;
  /** From the photo to the end of its recognition, when its card has the styles. */
  photoToCard: Times;
  /** From “Create” to the pictures, of photoshoots that brought any. */
  createToDelivery: Times;
};

/** How well it went. */
export async function readQuality(book: Book, period: Period): Promise<Quality> {
  const sums = await book.sum(
    ['photoshoots', 'pictures', 'pictures-missing', 'likeness', 'likeness-reasons', 'labels', 'not-right'],
    period,
  );
  return {
    outcomes: {
      complete: sums.of('photoshoots', 'complete'),
      partial: sums.of('photoshoots', 'partial'),
      failed: sums.of('photoshoots', 'failed'),
      cancelled: sums.of('photoshoots', 'cancelled'),
      photoRefused: sums.of('photoshoots', 'photo-refused'),
    },
    pictures: {
      delivered: sums.of('pictures', 'delivered'),
      failed: sums.of('pictures', 'failed'),
      refused: sums.of('pictures', 'refused'),
    },
    missing: sums.by('pictures-missing'),
    likeness: {
      same: sums.of('likeness', 'same'),
      drifted: sums.of('likeness', 'drifted'),
      notMeasured: sums.of('likeness', 'not-measured'),
    },
    likenessReasons: sums.by('likeness-reasons'),
    labels: {
      asInPhoto: sums.of('labels', 'as-in-photo'),
      differs: sums.of('labels', 'differs'),
      none: sums.of('labels', 'none'),
      notRead: sums.of('labels', 'not-read'),
    },
    notRight: sums.of('not-right'),
    notRightReasons: sums.by('not-right'),
    photoToCard: await readTimes(book, photoToCard(book, period)),
    createToDelivery: await readTimes(book, createToDelivery(book, period)),
  };
}

function photoToCard(book: Book, period: Period): SQL {
  return sql`select extract(epoch from recent.settled_at - ${photoshoots.createdAt}) * 1000 as ms
    from (select ${providerAttempts.photoshootId} as photoshoot_id, ${providerAttempts.settledAt} as settled_at
      from ${providerAttempts}
      where ${providerAttempts.purpose} = 'detection' and ${providerAttempts.state} = 'succeeded'
        and ${book.during(sql`${providerAttempts.startedAt}`, period)}
      order by ${providerAttempts.startedAt} desc limit ${SAMPLE}) as recent
      join ${photoshoots} on ${photoshoots.id} = recent.photoshoot_id`;
}

function createToDelivery(book: Book, period: Period): SQL {
  return sql`select extract(epoch from ${photoshoots.finishedAt} - ${photoshoots.placedAt}) * 1000 as ms
    from ${photoshoots}
    where ${photoshoots.state} = 'completed' and ${book.during(sql`${photoshoots.finishedAt}`, period)}
    order by ${photoshoots.finishedAt} desc limit ${SAMPLE}`;
}
