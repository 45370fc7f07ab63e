/** What whoever looks after the process asks: whether it is alive, ready for work, and how each of its parts is. */
import type {} from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { PartHealth } from '../health.ts';
import { withDeadline } from '../time/deadline.ts';
import type { AdminOnly } from './admin-only.ts';

/** A part that cannot say how it is, or not in time, is unhealthy. */
type Part = { health(): PartHealth | Promise<PartHealth> };
type Parts = Readonly<Record<string, Part>>;

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
 * Adds
 * - `/health` and `/api/health` with the health of every part, 503 when one is unhealthy and otherwise 200;
 * - `/api/health/live`, which asks none of them, and `/api/health/ready`, which says whether work may come here;
 * - for the owner's token `/api/health/detailed`, every part with its facts and how long it took to say so, and
 *   `/api/health/…` for each part by its name.
 * @param parts by the name that they have in the answer
 * @param options.isReady false while the process starts or ends
 * @param options.needed the parts without which no work may come
 */
export function registerHealth(
  app: FastifyInstance,
  parts: Parts,
  { isReady, needed, admin }: Readonly<{ isReady: () => boolean; needed: Parts; admin: AdminOnly }>,
): void {
  // Orchestrators ask often, from one address; they must always get their answer.
  const uncounted = { config: { rateLimit: false } };
  for (const path of ['/health', '/api/health']) {
    app.get(path, uncounted, async (_request, reply) => {
      const report = await readHealth(parts);
      return reply.code(codeOf(report.status)).send(report);
    });
  }
  app.get('/api/health/live', uncounted, async () => ({ status: 'ok' }));
  app.get('/api/health/ready', uncounted, async (_request, reply) => {
    const { status } = isReady() ? await readHealth(needed) : { status: 'unhealthy' as const };
    return reply.code(codeOf(status)).send({ status });
  });
  app.get('/api/health/detailed', admin, async (_request, reply) => {
    const answers = await timeAll(parts);
    const status = worstOf(Object.values(answers));
    return reply.code(codeOf(status)).send({ status, services: answers });
  });
  for (const [name, part] of Object.entries(parts)) {
    app.get(`/api/health/${name}`, admin, async (_request, reply) => {
      const answer = await time(part);
      return reply.code(codeOf(answer.status)).send(answer);
    });
  }
}

function codeOf(status: PartHealth['status']): 200 | 503 {
  return status === 'unhealthy' ? 503 : 200;
}

function worstOf(answers: readonly PartHealth[]): PartHealth['status'] {
  return WORST_FIRST.find((one) => answers.some(({ status }) => status === one)) ?? 'ok';
}

/** How all parts are, and the worst of it. Never rejects. */
export async function readHealth(parts: Parts): Promise<HealthReport> {
  const answers = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => [name, await ask(part)] as const),
  );
  const services = Object.fromEntries(answers.map(([name, { facts: _, ...service }]) => [name, service]));
  const status = worstOf(answers.map(([, answer]) => answer));
  return Object.assign({ status, services }, ...answers.map(([, { facts }]) => facts));
}

async function timeAll(parts: Parts): Promise<Record<string, PartHealth & { latency_ms: number }>> {
  return Object.fromEntries(
    await Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await time(part)] as const)),
  );
}

async function time(part: Part): Promise<PartHealth & { latency_ms: number }> {
  const startedAt = performance.now();
  const answer = await ask(part);
  return { ...answer, latency_ms: Math.round((performance.now() - startedAt) * 10) / 10 };
}

async function ask(part: Part): Promise<PartHealth> {
  try {
    return await withDeadline(ANSWER_LIMIT_MS, null, async () => part.health());
  } catch {
    return { status: 'unhealthy', note: 'could not say how it is' };
  }
}
