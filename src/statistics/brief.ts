import type { Database } from '../database/client.ts';
import { type Counted, openBook } from './book.ts';
import type { Period } from './period.ts';

export type Brief = {
  newPeople: Counted;
  /** Delivered ones. */
  pictures: Counted;
  /** What bought something, and what of such money went back: whole Stars, or a currency's smallest unit. */
  payments: Counted;
  gross: readonly ({ currency: string } & Counted)[];
  refunded: readonly ({ currency: string } & Counted)[];
  costMicroUsd: Counted;
};

/** The few figures of a period that say how it went: those of the overview, from the same rows. */
export async function readBrief(
  db: Database,
  { timeZone, period }: { timeZone: string; period: Period },
  now: Date,
): Promise<Brief> {
  return openBook(db, { timeZone, now }, async (book) => {
    const sums = await book.sum(['new-people', 'pictures', 'payments', 'gross', 'refunded', 'cost'], period);
    const byCurrency = (figure: 'gross' | 'refunded') =>
      sums.by(figure).map(({ dimension, ...amount }) => ({ currency: dimension, ...amount }));
    return {
      newPeople: sums.of('new-people'),
      pictures: sums.of('pictures', 'delivered'),
      payments: sums.of('payments'),
      gross: byCurrency('gross'),
      refunded: byCurrency('refunded'),
      costMicroUsd: sums.of('cost'),
    };
  });
}
