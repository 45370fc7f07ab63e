import type { PartHealth } from '../health.ts';
import type { Figures } from '../monitoring/figures.ts';
import type { ProcessState } from '../screens/owner-cards.ts';
import type { ServiceState } from '../screens/watch-cards.ts';

/**
 * What owners read of the process in chat.
 * @param uptime per cent of the last day
 * @param services how each part is
 */
export function processStateOf(
  { system, application, database }: Figures,
  uptime: number | null,
  services: Readonly<Record<string, Pick<PartHealth, 'status'>>>,
): ProcessState {
  return {
    cpu: system.cpu_percent,
    memory: system.memory_percent,
    disk: system.disk_usage_percent,
    active: application.active_requests,
    perSecond: application.requests_per_second,
    average: application.avg_response_time,
    slowest: application.p95_response_time,
    errors: application.error_rate,
    jobs: application.active_jobs,
    waiting: application.jobs_waiting,
    hits: application.cache_hit_rate,
    pool: database.pool_usage_percent,
    uptime,
    unwell: Object.entries(services).flatMap(([name, { status }]) => (status === 'ok' ? [] : [name])),
  };
}

/** The parts as owners read them in chat. */
export function servicesOf(
  parts: Readonly<Record<string, PartHealth & Readonly<{ latency_ms: number }>>>,
): ServiceState[] {
  return Object.entries(parts).map(([name, { status, note = null, latency_ms: latencyMs }]) => ({
    name,
    status,
    note,
    latencyMs,
  }));
}
