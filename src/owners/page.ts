/** One page of a list, and whether there is another. */

/** A phone shows so many lines with their keys at once, and they fit into a message. */
export const PAGE_SIZE = 8;

/** Which page, from 1 on, of what: a person's id, or a state. */
export type PageWanted = { page: number; filter: string | null };
export type Rows = { limit: number; offset: number };
export type Page<Entry> = PageWanted & { entries: readonly Entry[]; hasMore: boolean };

/** @param read gets one row more than a page holds, so that nothing has to be counted */
export async function readPage<Entry>(
  { page, filter }: PageWanted,
  read: (rows: Rows) => Promise<readonly Entry[]>,
): Promise<Page<Entry>> {
  const rows = await read({ limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE });
  return { page, filter, entries: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE };
}
