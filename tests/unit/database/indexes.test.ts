import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import * as schema from '../../../src/database/schema/index.ts';

test('no index has an order of its own: “desc” here is nulls last, and in a statement nulls first', () => {
  const ordered = Object.values(schema)
    .filter((table) => is(table, PgTable))
    .flatMap((table) => getTableConfig(table).indexes)
    .filter(({ config }) =>
      config.columns.some((column) => 'indexConfig' in column && column.indexConfig.order === 'desc'),
    );
  expect(ordered.map(({ config }) => config.name)).toEqual([]);
});
