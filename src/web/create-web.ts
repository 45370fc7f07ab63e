/** The one HTTP server: what it holds off, which headers it sets, what it says when something fails. */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { refuseListening } from '../errors.ts';
import type { Log } from '../log.ts';

/** Adds one thing that is served. */
export type AddRoute = (app: FastifyInstance) => void;

export type WebOptions = {
  host: string;
  port: number;
  /** Requests a minute from one address; the webhook with its secret is not counted. */
  ipRateLimitPerMinute: number;
  /** What it serves. */
  routes: readonly AddRoute[];
  log: Log;
};

/** A client that sends its request drop by drop is cut off after this; Node looks for such ones at intervals. */
const REQUEST_TIMEOUT_MS = 10_000;
const LOOK_FOR_SLOW_CLIENTS_MS = 1_000;

/**
 * Builds the server and listens.
 * @returns its address, and the end of it
 * @throws StartRefused when it cannot listen there
 */
export async function createWeb(options: WebOptions) {
  const { host, port } = options;
  const app = fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { connectionsCheckingInterval: LOOK_FOR_SLOW_CLIENTS_MS },
  });
  await app.register(helmet);
  await app.register(rateLimit, { max: options.ipRateLimitPerMinute, timeWindow: '1 minute' });
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    // What went wrong inside is nobody's business outside.
    return reply.code(status).send({ error: status >= 500 ? 'internal error' : error.message });
  });

  for (const register of options.routes) register(app);

  const url = await app.listen({ host, port }).catch((error: unknown) => {
    throw refuseListening(error, { host, hostVariable: 'HOST', port, portVariable: 'PORT' }) ?? error;
  });
  return { url, close: () => app.close() };
}
