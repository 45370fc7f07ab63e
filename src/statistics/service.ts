import { sql } from 'drizzle-orm';
import { isOneOf } from '../database/is-one-of.ts';
import { selectRows } from '../database/rows.ts';
import { supportMessages, supportTickets } from '../database/schema/index.ts';
import type { Book, Counted } from './book.ts';
import type { Period } from './period.ts';
import { readTimes, SAMPLE, type Times } from './times.ts';

export type Service = {
  /** Tickets that were opened, by the day. */
  opened: Counted;
  /** That are not resolved now, whenever they were opened. */
  open: number;
  /** From a person's first words to somebody's answer, of tickets that were opened in the period and answered. */
  firstAnswer: Times;
};

/** How people who asked for help fared. */
export async function readService(book: Book, period: Period): Promise<Service> {
  const sums = await book.sum(['tickets'], period);
  const [row] = await selectRows<{ open: number }>(
    book.tx,
    sql`select count(*)::float8 as open from ${supportTickets}
      where ${isOneOf(supportTickets.state, ['open', 'in-progress'])}`,
  );
  const author = supportMessages.authorId;
  const answers = sql`select extract(epoch from answered - asked) * 1000 as ms
    from (select ${supportTickets.id} as id, ${supportTickets.userId} as user_id from ${supportTickets}
        where ${book.during(sql`${supportTickets.createdAt}`, period)}
        order by ${supportTickets.createdAt} desc limit ${SAMPLE}) as recent
      cross join lateral (select min(${supportMessages.createdAt}) filter (where ${author} = recent.user_id) as asked,
          min(${supportMessages.createdAt}) filter (where ${author} <> recent.user_id) as answered
        from ${supportMessages} where ${supportMessages.ticketId} = recent.id) as words
    where asked is not null and answered is not null`;
  return { opened: sums.of('tickets'), open: row?.open ?? 0, firstAnswer: await readTimes(book, answers) };
}
