import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute } from './route.ts';

const answer = z.object({
  status: z.literal('ok'),
  version: z.string(),
  environment: z.string(),
  node: z.string(),
  uptime_seconds: z.number(),
});

/** Adds `/api/status`: which version runs, since when and in which surroundings. */
export function registerStatus(
  app: FastifyInstance,
  { version, environment, admin }: Readonly<{ version: string; environment: string; admin: AdminOnly }>,
): void {
  declareRoute(app, {
    method: 'GET',
    paths: ['/api/status'],
    access: admin,
    summary: 'Version, surroundings, uptime',
    answer,
    handle: async () => ({
      status: 'ok' as const,
      version,
      environment,
      node: process.versions.node,
      uptime_seconds: Math.round(process.uptime()),
    }),
  });
}
