import { describe, expect, test } from 'vitest';
import { createPhotoChooser } from '../../../tools/load/choose-photo.ts';
import { project } from '../../../tools/load/projection.ts';
import { isKept } from '../../../tools/load/run-load.ts';
import { judgeStatements } from '../../../tools/load/statements.ts';

describe('the projection of what recognitions cost', () => {
  const dollarsPerCall = 0.02;

  test.each([
    ['500 a day, nothing known', { requestsADay: 500, hitRate: 0 }, [500, 10, 300]],
    ['500 a day, nine of ten known', { requestsADay: 500, hitRate: 0.9 }, [50, 1, 30]],
    ['100 people ten times a day', { requestsADay: 1_000, hitRate: 0.85 }, [150, 3, 90]],
    ['ten times as many', { requestsADay: 10_000, hitRate: 0.85 }, [1_500, 30, 900]],
  ])('is the documents’ own for %s', (_what, day, [callsADay, dollarsADay, dollarsAMonth]) => {
    expect(project({ ...day, dollarsPerCall })).toEqual({ callsADay, dollarsADay, dollarsAMonth });
  });
});

describe('the photos of simulated sellers', () => {
  test.each([0, 0.15, 0.5, 0.85, 1])('repeat each other in exactly the share %s', (repeatShare) => {
    const total = 200;
    const chooser = createPhotoChooser({ total, repeatShare, prefix: 'p' });
    const names = new Set<string>();
    for (let turn = 0; turn < total; turn++) {
      const { name, known } = chooser.next();
      expect(known).toBe(names.has(name));
      names.add(name);
      chooser.sawCard(name);
    }
    expect(names.size).toBe(Math.max(1, Math.round(total * (1 - repeatShare))));
    expect(() => chooser.next()).toThrow('every photo was sent');
  });

  test('are known only once a card was seen', () => {
    const chooser = createPhotoChooser({ total: 4, repeatShare: 0.75, prefix: 'p' });
    expect([chooser.next(), chooser.next(), chooser.next()].map(({ known }) => known)).toEqual([
      false,
      false,
      false,
    ]);
    chooser.sawCard('p1');
    expect(chooser.next()).toEqual({ name: 'p1', known: true });
  });
});

test('the statements of all kinds are judged together, by the bucket in which the 95th of a hundred lies', () => {
  const metrics = `db_query_duration_seconds_bucket{le="0.01",query_type="select"} 90
db_query_duration_seconds_bucket{le="0.1",query_type="select"} 92
db_query_duration_seconds_bucket{le="0.25",query_type="select"} 92
db_query_duration_seconds_bucket{le="+Inf",query_type="select"} 92
db_query_duration_seconds_bucket{le="0.01",query_type="insert"} 2
db_query_duration_seconds_bucket{le="0.1",query_type="insert"} 4
db_query_duration_seconds_bucket{le="0.25",query_type="insert"} 8
db_query_duration_seconds_bucket{le="+Inf",query_type="insert"} 8
db_query_duration_seconds_count{query_type="select"} 92
db_query_duration_seconds_count{query_type="insert"} 8
db_query_errors_total{query_type="insert"} 1
`;
  expect(judgeStatements(metrics)).toMatchObject([
    { measured: '0.10 s', ok: true },
    { measured: '1.0 %', ok: false },
  ]);
});

test('one limit that is missed is a load test that failed', () => {
  const finding = { what: 'lost', measured: '0', limit: '0', ok: true };
  expect(isKept([{ title: 'A', findings: [finding] }])).toBe(true);
  expect(isKept([{ title: 'A', findings: [finding, { ...finding, ok: false }] }])).toBe(false);
});
