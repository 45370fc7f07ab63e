/** What whoever looks after the process asks: whether it is alive, and how each of its parts is. */
import type {} from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { PartHealth } from '../health.ts';
import { withDeadline } from '../time/deadline.ts';

/** A part that cannot say how it is, or not in time, is unhealthy. */
type Part = { health(): PartHealth | Promise<PartHealth> };

export type HealthReport = {
  status: PartHealth['status'];
  services: Record<string, Pick<PartHealth, 'status' | 'note'>>;
  /** The facts of all parts. */
  [fact: string]: unknown;
};

/** Below the five seconds that the image's own check waits. */
const ANSWER_LIMIT_MS = 4_000;

const WORST_FIRST = ['unhealthy', 'degraded', 'ok'] as const;

/**
 * Adds `/health` with the health of every part, 503 when one is unhealthy and otherwise 200, and `/api/health/live`,
 * which asks none of them.
 * @param parts by the name that they have in the answer
 */
export function registerHealth(app: FastifyInstance, parts: Readonly<Record<string, Part>>): void {
  // Orchestrators ask often, from one address; they must always get their answer.
  const uncounted = { config: { rateLimit: false } };
  app.get('/health', uncounted, async (_request, reply) => {
    const report = await reportHealth(parts);
    return reply.code(report.status === 'unhealthy' ? 503 : 200).send(report);
  });
  app.get('/api/health/live', uncounted, async () => ({ status: 'ok' }));
}

/** Asks every part how it is. */
export async function reportHealth(parts: Readonly<Record<string, Part>>): Promise<HealthReport> {
  const answers = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => [name, await ask(part)] as const),
  );
  const status = WORST_FIRST.find((one) => answers.some(([, answer]) => answer.status === one)) ?? 'ok';
  const services = Object.fromEntries(answers.map(([name, { facts: _, ...service }]) => [name, service]));
  return Object.assign({ status, services }, ...answers.map(([, { facts }]) => facts));
}

async function ask(part: Part): Promise<PartHealth> {
  try {
    return await withDeadline(ANSWER_LIMIT_MS, null, async () => part.health());
  } catch {
    return { status: 'unhealthy', note: 'could not say how it is' };
  }
}
