/** What monitors and owners' tools ask: the metrics of Prometheus, and the figures of the process as JSON. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { figuresOf } from '../monitoring/figures.ts';
import type { History } from '../monitoring/history.ts';
import type { Monitor } from '../monitoring/monitor.ts';
import type { StatementWatch } from '../monitoring/statements.ts';
import type { AdminOnly } from './admin-only.ts';

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

/** Adds `/api/metrics`, `/api/performance` and what is below it; all of them ask for the owner's token. */
export function registerPerformance(
  app: FastifyInstance,
  { monitor, history, statements, admin, prometheus, now = () => new Date() }: PerformanceParts,
): void {
  const success = <Data>(data: Data) => ({ status: 'success', timestamp: now().toISOString(), data });
  const figures = () => figuresOf(monitor);
  const metrics = () => {
    const { system, application } = figures();
    return { system, application };
  };

  if (prometheus) {
    app.get('/api/metrics', admin, async (_request, reply) =>
      reply.type(monitor.contentType).send(await monitor.text()),
    );
  }
  app.get('/api/performance', admin, async () =>
    success({ ...figures(), uptime_percent: await history.uptime(now()), slowest: statements.slowest() }),
  );
  app.get('/api/performance/metrics', admin, async () => success(metrics()));
  app.get('/api/performance/system', admin, async () => success(figures().system));
  app.get('/api/performance/application', admin, async () => success(figures().application));
  app.get('/api/performance/database', admin, async () => success(figures().database));
  app.get('/api/performance/queries', admin, async () => success(statements.all()));
  app.get('/api/performance/trends', admin, async () => success(await history.trends(now())));
  app.get('/api/performance/history', admin, async (request, reply) => {
    const query = seriesQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ status: 'error', error: z.prettifyError(query.error) });
    const { figure, hours, steps } = query.data;
    const until = now();
    const since = new Date(until.getTime() - hours * HOUR_MS);
    return success({ figure, series: await history.series(figure, since, until, steps) });
  });
}
