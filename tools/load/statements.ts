/** What the database was asked meanwhile, read from the process's own metrics. */
import { atMost, type Finding, percent, seconds } from './finding.ts';

/** KPIs of the documents (S3-52). */
const P95_MS = 100;
const FAILED = 0.001;

/** @param metrics the text of `/api/metrics` */
export function judgeStatements(metrics: string): Finding[] {
  const errors = sumOf(metrics, /^db_query_errors_total\{[^}]*\} (\S+)$/gm);
  const all = sumOf(metrics, /^db_query_duration_seconds_count\{[^}]*\} (\S+)$/gm);
  if (all === 0) return [];
  return [
    atMost('statements, p95 (the bucket that it is in)', p95Of(metrics, all) * 1000, P95_MS, seconds),
    atMost('statements that failed', errors / all, FAILED, percent),
  ];
}

/** The upper bound in seconds of the histogram's bucket in which the 95th of a hundred lies. */
function p95Of(metrics: string, all: number): number {
  const buckets = new Map<number, number>();
  for (const [, bound = '', value] of metrics.matchAll(
    /^db_query_duration_seconds_bucket\{le="([^"]+)"[^}]*\} (\S+)$/gm,
  )) {
    const upper = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound);
    buckets.set(upper, (buckets.get(upper) ?? 0) + Number(value));
  }
  const bounds = [...buckets].sort(([a], [b]) => a - b);
  return bounds.find(([, within]) => within >= all * 0.95)?.[0] ?? Number.POSITIVE_INFINITY;
}

function sumOf(metrics: string, line: RegExp): number {
  return [...metrics.matchAll(line)].reduce((sum, [, value]) => sum + Number(value), 0);
}
