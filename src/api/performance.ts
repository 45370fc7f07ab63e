/** What monitors and owners' tools ask: the metrics of Prometheus, and the figures of the process as JSON. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  type ApplicationFigures,
  type DatabaseFigures,
  figuresOf,
  type SystemFigures,
} from '../monitoring/figures.ts';
import type { History } from '../monitoring/history.ts';
import type { Monitor } from '../monitoring/monitor.ts';
import type { StatementWatch } from '../monitoring/statements.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, success } from './route.ts';

export type PerformanceParts = Readonly<{
  monitor: Monitor;
  history: History;
  statements: StatementWatch;
  admin: AdminOnly;
  /** False where the text for Prometheus is switched off. */
  prometheus: boolean;
  now?: () => Date;
}>;

const HOUR_MS = 3_600_000;
/** Of a chart on a phone. */
const MOST_STEPS = 500;

const seriesQuery = z.object({
  figure: z.string().regex(/^[a-z0-9_]{1,60}$/, 'it is not the name of a figure'),
  hours: z.coerce.number().min(0.1).max(24).default(24),
  steps: z.coerce.number().int().min(1).max(MOST_STEPS).default(96),
});

const known = z.number();
const maybe = z.number().nullable();
/** One shape for each figure, so that one without does not compile. */
type ShapesOf<Figures> = { [Name in keyof Figures]: z.ZodType<Figures[Name], Figures[Name]> };

const system = z.object({
  cpu_percent: maybe,
  memory_percent: maybe,
  disk_usage_percent: maybe,
  resident_memory_mb: maybe,
  event_loop_delay_ms: maybe,
  event_loop_percent: maybe,
  network_received_bytes: maybe,
  network_sent_bytes: maybe,
  uptime_seconds: maybe,
} satisfies ShapesOf<SystemFigures>);
const application = z.object({
  active_requests: known,
  requests_per_second: known,
  avg_response_time: maybe,
  p50_response_time: maybe,
  p95_response_time: maybe,
  error_rate: maybe,
  success_rate: maybe,
  cache_hit_rate: maybe,
  active_jobs: known,
  jobs_waiting: maybe,
  avg_processing_time: maybe,
  p95_processing_time: maybe,
  job_error_rate: maybe,
  image_tasks_waiting: maybe,
  open_circuits: known,
  requests_counted: known,
  jobs_counted: known,
  cache_questions: known,
} satisfies ShapesOf<ApplicationFigures>);
const database = z.object({
  active_connections: maybe,
  idle_connections: maybe,
  max_connections: maybe,
  pool_usage_percent: maybe,
  waiting: maybe,
  lock_waits: maybe,
  size_mb: maybe,
} satisfies ShapesOf<DatabaseFigures>);
const statement = z.object({
  name: z.string().describe('its verb and its first table'),
  count: known,
  errors: known,
  meanMs: known,
  p95Ms: known,
  maxMs: known,
});
const trend = z.object({ name: z.string(), lastHour: known, before: maybe, change: maybe });
const series = z.object({
  figure: z.string(),
  series: z.array(z.object({ at: z.iso.datetime(), value: known })),
});

/** Adds `/api/metrics`, `/api/performance` and what is below it; all of them ask for the owner's token. */
export function registerPerformance(
  app: FastifyInstance,
  { monitor, history, statements, admin, prometheus, now = () => new Date() }: PerformanceParts,
): void {
  const figures = () => figuresOf(monitor);
  /** One of the routes that only read: what each takes and gives stands at its path. */
  function read<Data extends z.ZodType, Query extends z.ZodType | undefined = undefined>(
    paths: readonly [string, ...string[]],
    shapes: { summary: string; data: Data; query?: Query },
    handle: (
      query: Query extends z.ZodType ? z.output<Query> : undefined,
    ) => Promise<z.input<Data>> | z.input<Data>,
  ): void {
    const { summary, data, query } = shapes;
    declareRoute(app, {
      method: 'GET',
      paths,
      access: admin,
      summary,
      answer: success(data),
      ...(query === undefined ? {} : { query }),
      handle: async (asked) => ({
        status: 'success' as const,
        timestamp: now().toISOString(),
        data: await handle(asked.query as Parameters<typeof handle>[0]),
      }),
    });
  }

  if (prometheus) {
    declareRoute(app, {
      method: 'GET',
      paths: ['/api/metrics'],
      access: admin,
      summary: 'Every metric in the text form of Prometheus',
      answer: z.string(),
      type: 'text/plain',
      async handle(_asked, reply) {
        reply.type(monitor.contentType);
        return monitor.text();
      },
    });
  }
  read(
    ['/api/performance'],
    {
      summary: 'All figures, uptime of the last day, the slowest statements',
      data: z.object({ system, application, database, uptime_percent: maybe, slowest: z.array(statement) }),
    },
    async () => ({
      ...figures(),
      uptime_percent: await history.uptime(now()),
      slowest: [...statements.slowest()],
    }),
  );
  read(
    ['/api/performance/metrics'],
    { summary: 'Figures of the machine and of the work', data: z.object({ system, application }) },
    () => {
      const { system, application } = figures();
      return { system, application };
    },
  );
  read(
    ['/api/performance/system'],
    { summary: 'Figures of the machine', data: system },
    () => figures().system,
  );
  read(
    ['/api/performance/application'],
    { summary: 'Figures of the work, of the last five minutes', data: application },
    () => figures().application,
  );
  read(
    ['/api/performance/database'],
    { summary: 'Figures of the database and its pool', data: database },
    () => figures().database,
  );
  read(
    ['/api/performance/queries'],
    { summary: 'Every statement, what took most time in all first', data: z.array(statement) },
    () => [...statements.all()],
  );
  read(
    ['/api/performance/trends'],
    { summary: 'Each figure of the last hour beside the 23 hours before', data: z.array(trend) },
    async () => [...(await history.trends(now()))],
  );
  read(
    ['/api/performance/history'],
    { summary: 'A figure over time, the mean of all processes', query: seriesQuery, data: series },
    async ({ figure, hours, steps }) => {
      const until = now();
      const since = new Date(until.getTime() - hours * HOUR_MS);
      return { figure, series: [...(await history.series(figure, since, until, steps))] };
    },
  );
}
