/** What stands around the parts and counts what passes: each is a function that the part takes and knows nothing of. */
import { figuresOf, flatFigures } from './figures.ts';
import type { History } from './history.ts';
import type { Monitor } from './monitor.ts';

/** A handler of updates whose times are observed; what it throws goes on. */
export function timeUpdates<Arguments extends readonly unknown[]>(
  monitor: Monitor,
  handle: (...args: Arguments) => Promise<void>,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    const end = monitor.begin('update');
    let status = 'failed';
    try {
      await handle(...args);
      status = 'done';
    } finally {
      const durationMs = end(status === 'failed');
      monitor.count('updates_total', { status });
      monitor.observe('update_duration_seconds', durationMs, { status });
    }
  };
}

/** What stands around each job of the queue. */
export function timeJobs(monitor: Monitor) {
  return async (job: string, work: () => Promise<void>): Promise<void> => {
    const end = monitor.begin('job');
    let status = 'failed';
    try {
      await work();
      status = 'done';
    } finally {
      const durationMs = end(status === 'failed');
      monitor.count('jobs_total', { job, status });
      monitor.observe('job_duration_seconds', durationMs, { job, status });
    }
  };
}

/** What is told of each request to the HTTP server. Answers of 500 and more are failures. */
export function timeRequests(monitor: Monitor) {
  return () => {
    const end = monitor.begin('http');
    return (answered: Readonly<{ method: string; endpoint: string | null; status: number }>): void => {
      const durationMs = end(answered.status >= 500);
      const { method } = answered;
      // Strangers may ask for anything: what is no route is one endpoint.
      const labels = { method, endpoint: answered.endpoint ?? 'none', status: String(answered.status) };
      monitor.count('http_requests_total', labels);
      monitor.observe('http_request_duration_seconds', durationMs, labels);
    };
  };
}

export function countPolicyEvent(
  monitor: Monitor,
  event: Readonly<{ kind: 'retry' | 'open' | 'half-open' | 'closed'; endpoint: string }>,
): void {
  const { kind, endpoint } = event;
  if (kind === 'retry') monitor.count('provider_retries_total', { endpoint });
  else monitor.count('provider_circuit_changes_total', { endpoint, state: kind });
}

/** Takes a sample, and keeps its figures. Never rejects. @returns how many samples were written */
export async function takeSample(monitor: Monitor, history: History, now = new Date()): Promise<number> {
  await monitor.sample();
  return history.record({ at: now, figures: flatFigures(figuresOf(monitor)) });
}
