/** One page of a list, and whether there is another. */
import type { Span } from '../database/within.ts';

/** A phone shows so many lines with their keys at once, and they fit into a message. */
export const PAGE_SIZE = 8;

/** Which page, from 1 on, of what: a person's id, or a state. */
export type PageWanted = { page: number; filter: string | null };
export type Rows = { limit: number; offset: number };
/** What a list may be narrowed to, and its order; all time and the newest first where it is not said. */
export type Listing = Rows & { during?: Span; order?: 'newest' | 'oldest' };
/** Of all time. */
export const ALWAYS: Span = { since: null, until: null };
export type Page<Entry> = PageWanted & { entries: readonly Entry[]; hasMore: boolean };

/** @param read gets one row more than a page holds, so that nothing has to be counted */
export async function readPage<Entry>(
  { page, filter }: PageWanted,
  read: (rows: Rows) => Promise<readonly Entry[]>,
  size: number = PAGE_SIZE,
): Promise<Page<Entry>> {
  const rows = await read({ limit: size + 1, offset: (page - 1) * size });
  return { page, filter, entries: rows.slice(0, size), hasMore: rows.length > size };
}
