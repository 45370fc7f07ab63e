import type { SampledName } from './metrics.ts';
import type { Monitor } from './monitor.ts';

/** Of the machine and this process. Percentages are from 0 to 100; null where it is not known here. */
export type SystemFigures = Readonly<{
  cpu_percent: number | null;
  memory_percent: number | null;
  disk_usage_percent: number | null;
  resident_memory_mb: number | null;
  event_loop_delay_ms: number | null;
  event_loop_percent: number | null;
  network_received_bytes: number | null;
  network_sent_bytes: number | null;
  uptime_seconds: number | null;
}>;

/** Of the last five minutes: updates of Telegram and HTTP requests are requests, times are in seconds. */
export type ApplicationFigures = Readonly<{
  active_requests: number;
  requests_per_second: number;
  avg_response_time: number | null;
  p50_response_time: number | null;
  p95_response_time: number | null;
  error_rate: number | null;
  success_rate: number | null;
  cache_hit_rate: number | null;
  active_jobs: number;
  jobs_waiting: number | null;
  avg_processing_time: number | null;
  p95_processing_time: number | null;
  job_error_rate: number | null;
  image_tasks_waiting: number | null;
  open_circuits: number;
  /** How many there were in the five minutes, and since the start for caches: below some, rates say nothing. */
  requests_counted: number;
  jobs_counted: number;
  cache_questions: number;
}>;

export type DatabaseFigures = Readonly<{
  active_connections: number | null;
  idle_connections: number | null;
  max_connections: number | null;
  pool_usage_percent: number | null;
  waiting: number | null;
  lock_waits: number | null;
  size_mb: number | null;
}>;

export type Figures = Readonly<{
  system: SystemFigures;
  application: ApplicationFigures;
  database: DatabaseFigures;
}>;

const MIB = 1024 * 1024;

/** The figures that people read, from the last sample and the last minutes. */
export function figuresOf(monitor: Monitor): Figures {
  const of = (name: SampledName) => monitor.latestOf(name);
  const percent = (name: SampledName) => scaled(of(name), 100);
  const updates = monitor.lately('update');
  const http = monitor.lately('http');
  const jobs = monitor.lately('job');
  const count = updates.count + http.count;
  const error_rate = count === 0 ? null : rounded(((updates.errors + http.errors) / count) * 100);
  const max = of('db_connections_max');
  const active = of('db_connections_active');
  return {
    system: {
      cpu_percent: percent('system_cpu_ratio'),
      memory_percent: percent('system_memory_ratio'),
      disk_usage_percent: percent('system_disk_ratio'),
      resident_memory_mb: scaled(of('process_resident_memory_bytes'), 1 / MIB),
      event_loop_delay_ms: scaled(quantileOf(monitor, '0.99'), 1000),
      event_loop_percent: percent('event_loop_utilization_ratio'),
      network_received_bytes: networkOf(monitor, 'received'),
      network_sent_bytes: networkOf(monitor, 'sent'),
      uptime_seconds: scaled(of('process_uptime_seconds'), 1),
    },
    application: {
      active_requests: updates.active + http.active,
      requests_per_second: rounded(updates.perSecond + http.perSecond),
      // Both series hold what people wait for; the slower one is told, so that health checks hide nothing.
      avg_response_time: scaled(slower(updates.averageMs, http.averageMs), 1 / 1000),
      p50_response_time: scaled(slower(updates.p50Ms, http.p50Ms), 1 / 1000),
      p95_response_time: scaled(slower(updates.p95Ms, http.p95Ms), 1 / 1000),
      error_rate,
      success_rate: error_rate === null ? null : rounded(100 - error_rate),
      cache_hit_rate: hitRateOf(monitor),
      active_jobs: jobs.active,
      jobs_waiting: waitingJobsOf(monitor),
      avg_processing_time: scaled(jobs.averageMs, 1 / 1000),
      p95_processing_time: scaled(jobs.p95Ms, 1 / 1000),
      job_error_rate: jobs.errorRate === null ? null : rounded(jobs.errorRate),
      image_tasks_waiting: imageTasksOf(monitor),
      open_circuits: openCircuitsOf(monitor),
      requests_counted: count,
      jobs_counted: jobs.count,
      cache_questions: questionsOf(monitor),
    },
    database: {
      active_connections: active,
      idle_connections: of('db_connections_idle'),
      max_connections: max,
      pool_usage_percent:
        max === null || active === null || max === 0 ? null : rounded((Math.min(active, max) / max) * 100),
      waiting: of('db_connections_waiting'),
      lock_waits: of('db_lock_waits'),
      size_mb: scaled(of('db_size_bytes'), 1 / MIB),
    },
  };
}

/** One number for each name, without the rooms: as it is kept. */
export function flatFigures({ system, application, database }: Figures): Readonly<Record<string, number>> {
  const all = Object.entries({ ...system, ...application, ...prefixed('db_', database) });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

function prefixed(prefix: string, figures: DatabaseFigures): Record<string, number | null> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}${name}`, value]));
}

function imageTasksOf(monitor: Monitor): number | null {
  const found = monitor.latest().find((one) => one.name === 'image_tasks' && one.labels.state === 'waiting');
  return found?.value ?? null;
}

function openCircuitsOf(monitor: Monitor): number {
  return monitor.latest().filter((one) => one.name === 'provider_circuit_open' && one.value === 1).length;
}

/** Questions whose answer could have been known: a photo that is seen for the first time is nobody's fault. */
function answerable(monitor: Monitor) {
  return monitor
    .latest()
    .filter((one) => one.name === 'cache_operations_total')
    .filter(({ labels }) => labels.operation === 'get' && labels.status !== 'first');
}

function questionsOf(monitor: Monitor): number {
  return sum(answerable(monitor).map(({ value }) => value));
}

/** Over all caches: of those questions the ones that cost no computation, in per cent. */
function hitRateOf(monitor: Monitor): number | null {
  const asked = answerable(monitor);
  const total = questionsOf(monitor);
  const missed = sum(asked.flatMap(({ labels, value }) => (labels.status === 'miss' ? [value] : [])));
  return total === 0 ? null : rounded((1 - missed / total) * 100);
}

function waitingJobsOf(monitor: Monitor): number | null {
  const states = monitor.latest().filter((one) => one.name === 'queue_jobs');
  if (states.length === 0) return null;
  return sum(
    states.flatMap((one) => (one.name === 'queue_jobs' && one.labels.state === 'ready' ? [one.value] : [])),
  );
}

function quantileOf(monitor: Monitor, quantile: string): number | null {
  const found = monitor
    .latest()
    .find((one) => one.name === 'event_loop_delay_seconds' && one.labels.quantile === quantile);
  return found?.value ?? null;
}

function networkOf(monitor: Monitor, direction: string): number | null {
  const found = monitor
    .latest()
    .find((one) => one.name === 'system_network_bytes_total' && one.labels.direction === direction);
  return found?.value ?? null;
}

function slower(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : Math.max(one, other);
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : rounded(value * factor);
}

/** Three places: nobody reads more. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
