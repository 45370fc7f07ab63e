import type { Book } from './book.ts';
import { periodOf } from './period.ts';

/**
 * Pictures that are owed to people: all credits that they have, reserved ones included, less the debts of
 * chargebacks. It is the sum of all that brought or took credits, less what was delivered and not given back.
 */
export async function readOutstanding(book: Book): Promise<number> {
  const sums = await book.sum(['credits', 'pictures', 'not-right'], periodOf('all', book.timeZone, book.now));
  return sums.of('credits').now - sums.of('pictures', 'delivered').now + sums.of('not-right').now;
}
