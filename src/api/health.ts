/** What whoever looks after the process asks: whether it is alive, and how each of its parts is. */
import type {} from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { PartHealth } from '../health.ts';

/** A part that takes no time over it, and never rejects. */
type Part = { health(): PartHealth | Promise<PartHealth> };

type HealthReport = { status: 'ok' | 'failing'; services: Record<string, PartHealth> };

/**
 * Adds `/health`, 200 or 503 with the health of every part, and `/api/health/live`, which asks none of them.
 * @param parts by the name that they have in the answer
 */
export function registerHealth(app: FastifyInstance, parts: Readonly<Record<string, Part>>): void {
  // Orchestrators ask often, from one address; they must always get their answer.
  const uncounted = { config: { rateLimit: false } };
  app.get('/health', uncounted, async (_request, reply) => {
    const report = await askAll(parts);
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
  app.get('/api/health/live', uncounted, async () => ({ status: 'ok' }));
}

async function askAll(parts: Readonly<Record<string, Part>>): Promise<HealthReport> {
  const entries = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => [name, await part.health()] as const),
  );
  const failing = entries.some(([, { status }]) => status === 'failing');
  return { status: failing ? 'failing' : 'ok', services: Object.fromEntries(entries) };
}
