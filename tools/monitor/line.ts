/** The figures of a process as one line of a table that goes on. */
import type { Figures } from '../../src/monitoring/figures.ts';

type Column = Readonly<{ title: string; width: number; value: (figures: Figures) => string }>;

const COLUMNS: readonly Column[] = [
  { title: 'cpu', width: 6, value: ({ system }) => percent(system.cpu_percent) },
  { title: 'memory', width: 7, value: ({ system }) => percent(system.memory_percent) },
  { title: 'disk', width: 6, value: ({ system }) => percent(system.disk_usage_percent) },
  { title: 'loop', width: 8, value: ({ system }) => milliseconds(system.event_loop_delay_ms) },
  { title: 'active', width: 7, value: ({ application }) => whole(application.active_requests) },
  { title: 'req/s', width: 7, value: ({ application }) => application.requests_per_second.toFixed(1) },
  { title: 'p50', width: 8, value: ({ application }) => inMilliseconds(application.p50_response_time) },
  { title: 'p95', width: 8, value: ({ application }) => inMilliseconds(application.p95_response_time) },
  { title: 'errors', width: 7, value: ({ application }) => percent(application.error_rate) },
  { title: 'cache', width: 6, value: ({ application }) => percent(application.cache_hit_rate) },
  {
    title: 'jobs',
    width: 8,
    value: ({ application }) => `${application.active_jobs}+${whole(application.jobs_waiting)}`,
  },
  { title: 'images', width: 7, value: ({ application }) => whole(application.image_tasks_waiting) },
  { title: 'pool', width: 6, value: ({ database }) => percent(database.pool_usage_percent) },
  { title: 'locks', width: 6, value: ({ database }) => whole(database.lock_waits) },
  { title: 'open', width: 5, value: ({ application }) => whole(application.open_circuits) },
];

const TIME_WIDTH = 8;

export function headerLine(): string {
  return ['time'.padEnd(TIME_WIDTH), ...COLUMNS.map(({ title, width }) => title.padStart(width))].join(' ');
}

/** @param at when it was asked; shown as UTC */
export function figuresLine(figures: Figures, at: Date): string {
  const values = COLUMNS.map(({ width, value }) => value(figures).padStart(width));
  return [timeOf(at), ...values].join(' ');
}

export function timeOf(at: Date): string {
  return at.toISOString().slice(11, 19);
}

/** What is not known is a dash. */
function shown(value: number | null, say: (value: number) => string): string {
  return value === null ? '–' : say(value);
}

const percent = (value: number | null) => shown(value, (known) => `${known.toFixed(0)}%`);
const whole = (value: number | null) => shown(value, (known) => known.toFixed(0));
const milliseconds = (value: number | null) => shown(value, (known) => `${known.toFixed(0)}ms`);
const inMilliseconds = (value: number | null) => shown(value, (known) => `${(known * 1000).toFixed(0)}ms`);
