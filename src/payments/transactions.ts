/** Telegram's list of the bot's Star transactions, read from the first one that matters. */
import type { StarTransaction } from '@grammyjs/types';
import type { Gateway } from '../telegram/gateway.ts';

type Calls = Pick<Gateway, 'call'>;

/** The most that getStarTransactions gives at once. */
const PAGE_SIZE = 100;

/**
 * How many transactions are older than `since`. The list is chronological and may be long, so it is searched
 * by halves: one call for each doubling of its length, twice.
 */
export async function countOlder(gateway: Calls, since: Date, signal?: AbortSignal): Promise<number> {
  const isOlder = async (index: number): Promise<boolean> => {
    const [transaction] = await readPage(gateway, index, 1, signal);
    return transaction !== undefined && timeOf(transaction) < since.getTime();
  };
  let older = 0;
  let end = 0;
  while (await isOlder(end)) {
    older = end + 1;
    end = end * 2 + 1;
  }
  while (older < end) {
    const middle = Math.floor((older + end) / 2);
    if (await isOlder(middle)) older = middle + 1;
    else end = middle;
  }
  return older;
}

/** The transactions from `offset` on, oldest first, a page at a time. */
export async function* pagesFrom(
  gateway: Calls,
  offset: number,
  signal?: AbortSignal,
): AsyncGenerator<StarTransaction[]> {
  for (let next = offset; ; next += PAGE_SIZE) {
    const page = await readPage(gateway, next, PAGE_SIZE, signal);
    yield page;
    if (page.length < PAGE_SIZE) return;
  }
}

/** When it happened, in milliseconds. */
export function timeOf(transaction: StarTransaction): number {
  return transaction.date * 1000;
}

async function readPage(
  gateway: Calls,
  offset: number,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<StarTransaction[]> {
  const { transactions } = await gateway.call('getStarTransactions', { offset, limit }, { signal });
  return transactions;
}
