import type { FastifyInstance } from 'fastify';
import type { AdminOnly } from './admin-only.ts';

/** Adds `/api/status`: which version runs, since when and in which surroundings. */
export function registerStatus(
  app: FastifyInstance,
  { version, environment, admin }: Readonly<{ version: string; environment: string; admin: AdminOnly }>,
): void {
  app.get('/api/status', admin, async () => ({
    status: 'ok',
    version,
    environment,
    node: process.versions.node,
    uptime_seconds: Math.round(process.uptime()),
  }));
}
