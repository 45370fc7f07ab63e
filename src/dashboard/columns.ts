/** Columns that several lists have: each is shown and written in a file in the same way wherever it stands. */
import { moment } from './format.ts';
import { personLink } from './links.ts';
import type { Column } from './list.ts';
import type { Visitor } from './visit.ts';

/** Day and minute in the owner's time zone; in a file the whole moment. */
export function momentColumn<Row>(
  visitor: Visitor,
  timeZone: string,
  title: string,
  of: (row: Row) => Date,
): Column<Row> {
  return {
    title,
    cell: (row) => of(row).toISOString(),
    show: (row) => moment(visitor, timeZone, of(row)),
  };
}

/** Whom it is of, with the way to their page. */
export function personColumn<Row extends { userId: number }>(
  { t }: Visitor,
  nameOf: (row: Row) => string,
): Column<Row> {
  return {
    title: t('dash-col-person'),
    cell: nameOf,
    show: (row) => personLink(row.userId, nameOf(row)),
  };
}

/** The person's id, for a file. */
export function personIdColumn<Row extends { userId: number }>({ t }: Visitor): Column<Row> {
  return { title: t('dash-col-id'), cell: ({ userId }) => userId, only: 'file' };
}
