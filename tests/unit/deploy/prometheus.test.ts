/** What is shipped for Prometheus and Grafana asks for metrics that there are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { RULES } from '../../../src/alerts/thresholds.ts';
import { METRICS } from '../../../src/monitoring/metrics.ts';
import { faultsIn } from './prom-ql.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../deploy', name), 'utf8');

type Rule = { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } };
const { groups } = parse(read('prometheus-rules.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

type Panel = { title: string; targets: { expr: string; legendFormat: string }[] };
const { panels } = JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] };

describe('the rules for Prometheus', () => {
  test.each(rules)('$alert asks for metrics and labels that there are', ({ expr }) => {
    expect(faultsIn(expr)).toEqual([]);
  });

  test('have a name, a severity and a sentence each, and no name twice', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect(alert).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(['info', 'warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/^[^\n]+\.$/);
    }
  });

  // What the owners' chat hears of by itself has the same limits there; percentages are ratios here.
  test.each([
    ['HighResponseTime', RULES['response-time'].warning],
    ['VeryHighResponseTime', RULES['response-time'].critical],
    ['HighErrorRate', RULES['error-rate'].warning / 100],
    ['VeryHighErrorRate', RULES['error-rate'].critical / 100],
    ['SlowProcessing', RULES['processing-time'].warning],
    ['HighCpu', RULES.cpu.warning / 100],
    ['VeryHighCpu', RULES.cpu.critical / 100],
    ['HighMemory', RULES.memory.warning / 100],
    ['VeryHighMemory', RULES.memory.critical / 100],
    ['DiskFillsUp', RULES.disk.warning / 100],
    ['DiskFull', RULES.disk.critical / 100],
    ['ManyUpdatesAtOnce', RULES['active-requests'].warning],
    ['ImageQueueLong', RULES['image-queue'].warning],
    ['ImageQueueVeryLong', RULES['image-queue'].critical],
    ['DatabasePoolBusy', RULES['database-pool'].warning / 100],
  ])('%s has the limit %s, as in the thresholds', (name, limit) => {
    const expr = rules.find(({ alert }) => alert === name)?.expr ?? '';
    expect(Number(/> ([\d.]+)(?: and |$)/.exec(expr)?.[1])).toBe(limit);
  });

  test('a rate of little raises no alarm: the hit rate needs as many questions as in the thresholds', () => {
    const expr = rules.find(({ alert }) => alert === 'LowCacheHitRate')?.expr;
    const { warning, needs } = RULES['cache-hit-rate'];
    expect(expr).toContain(`< ${warning / 100} and`);
    expect(expr).toMatch(new RegExp(`>= ${needs.atLeast}$`));
  });
});

describe('the dashboard for Grafana', () => {
  test.each(panels)('“$title” asks for metrics and labels that there are', ({ targets }) => {
    expect(targets.flatMap(({ expr }) => faultsIn(expr))).toEqual([]);
    expect(targets.length).toBeGreaterThan(0);
  });

  test('shows every metric but those that only count on for another one', () => {
    const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    const missing = Object.keys(METRICS).filter((name) => !asked.includes(name));
    expect(missing.sort()).toEqual([
      'cache_hit_rate',
      'cache_shared_away',
      'db_size_bytes',
      'event_loop_utilization_ratio',
      'image_tasks_total',
      'intake_updates_repeated_total',
      'jobs_total',
      'process_resident_memory_bytes',
      'process_uptime_seconds',
      'provider_circuit_changes_total',
      'telegram_calls_in_flight',
      'user_locks_swept_total',
    ]);
  });
});

describe('the reading of a query', () => {
  test.each([
    ['sum(rate(updates_totals[5m]))', ['there is no metric updates_totals']],
    ['rate(updates_total{state="failed"}[5m])', ['updates_total has no label state']],
    ['sum by (verb) (db_lock_waits)', ['no metric of the query has the label verb']],
    ['db_lock_waits_bucket', ['there is no metric db_lock_waits_bucket']],
    ['histogram_quantile(0.95, sum by (le) (rate(job_duration_seconds_bucket[5m]))) > 2', []],
    ['up{job="vitrine"} == 0', []],
  ])('finds what is wrong in %s', (query, faults) => {
    expect(faultsIn(query)).toEqual(faults);
  });
});
