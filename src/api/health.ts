/** What whoever looks after the process asks: whether it is alive, ready for work, and how each of its parts is. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PartHealth } from '../health.ts';
import { withDeadline } from '../time/deadline.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, EVERYONE } from './route.ts';

/** A part that cannot say how it is, or not in time, is unhealthy. */
export type Part = { health(): PartHealth | Promise<PartHealth> };
export type Parts = Readonly<Record<string, Part>>;

export type HealthReport = {
  status: PartHealth['status'];
  services: Record<string, Pick<PartHealth, 'status' | 'note'>>;
  /** The facts of all parts. */
  [fact: string]: unknown;
};

/** `latency_ms`: how long it took the part to say so. */
export type TimedHealth = PartHealth & Readonly<{ latency_ms: number }>;

/** Below the five seconds that the image's own check waits. */
const ANSWER_LIMIT_MS = 4_000;

const STATUSES = [200, 503];

const status = z.enum(['ok', 'degraded', 'unhealthy']);
const service = z.object({ status, note: z.string().optional() });
/** The facts of the parts stand beside. */
const report = z.looseObject({ status, services: z.record(z.string(), service) });
const timed = service.extend({
  facts: z.record(z.string(), z.unknown()).optional(),
  latency_ms: z.number(),
});
const detailed = z.object({ status, services: z.record(z.string(), timed) });

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
 * @param options.inside further parts, which are nobody's business but the owner's
 */
export function registerHealth(
  app: FastifyInstance,
  parts: Parts,
  {
    isReady,
    needed,
    inside,
    admin,
  }: Readonly<{ isReady: () => boolean; needed: Parts; inside: Parts; admin: AdminOnly }>,
): void {
  // Orchestrators ask often, from one address; they must always get their answer.
  const always = { method: 'GET', access: EVERYONE, isCounted: false } as const;
  declareRoute(app, {
    ...always,
    paths: ['/health', '/api/health'],
    summary: 'How each part is',
    answer: report,
    statuses: STATUSES,
    async handle(_asked, reply) {
      const answer = await readHealth(parts);
      reply.code(codeOf(answer.status));
      return answer;
    },
  });
  declareRoute(app, {
    ...always,
    paths: ['/api/health/live'],
    summary: 'That the process is alive, whatever its neighbours do',
    answer: z.object({ status: z.literal('ok') }),
    handle: async () => ({ status: 'ok' }) as const,
  });
  declareRoute(app, {
    ...always,
    paths: ['/api/health/ready'],
    summary: 'Whether work may come here',
    answer: z.object({ status }),
    statuses: STATUSES,
    async handle(_asked, reply) {
      const { status } = isReady() ? await readHealth(needed) : { status: 'unhealthy' as const };
      reply.code(codeOf(status));
      return { status };
    },
  });
  const all = { ...parts, ...inside };
  const owners = { method: 'GET', access: admin, statuses: STATUSES } as const;
  declareRoute(app, {
    ...owners,
    paths: ['/api/health/detailed'],
    summary: 'Each part with its facts, and how long it took to say so',
    answer: detailed,
    async handle(_asked, reply) {
      const services = await timeAll(all);
      const status = worstOf(Object.values(services));
      reply.code(codeOf(status));
      return { status, services };
    },
  });
  for (const [name, part] of Object.entries(all)) {
    declareRoute(app, {
      ...owners,
      paths: [`/api/health/${name}`],
      summary: `How ${name} is`,
      answer: timed,
      async handle(_asked, reply) {
        const answer = await time(part);
        reply.code(codeOf(answer.status));
        return answer;
      },
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

/** How all parts are, each with its facts and how long it took to say so. Never rejects. */
export async function timeAll(parts: Parts): Promise<Record<string, TimedHealth>> {
  return Object.fromEntries(
    await Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await time(part)] as const)),
  );
}

async function time(part: Part): Promise<TimedHealth> {
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
