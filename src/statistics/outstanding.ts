import type { Book } from './book.ts';
import { periodOf } from './period.ts';

/**
 * Credits that are owed to people: all that they have, reserved ones included, less the debts of
 * chargebacks. It is the sum of all that brought or took credits, less what was delivered and not given back.
 */
export async function readOutstanding(book: Book): Promise<number> {
  const sums = await book.sum(
    ['credits', 'credits-used', 'credits-given-back'],
    periodOf('all', book.timeZone, book.now),
  );
  return sums.of('credits').now - sums.of('credits-used').now + sums.of('credits-given-back').now;
}
