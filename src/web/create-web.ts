/** The one HTTP server: what it holds off, which headers it sets, what it says when something fails. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type onRequestHookHandler } from 'fastify';
import { refuseListening } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import { waitAtMost } from '../time/deadline.ts';
import type { Compression } from './compression.ts';
import { keepDoors } from './doors.ts';
import { answerErrors } from './refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** To be told how it was answered; null where nobody watches. */
    toldAnswer: ((answered: Answered) => void) | null;
  }
}

/** Adds one thing that is served: routes that say who may pass (doors.ts). */
export type AddRoute = (app: FastifyInstance) => void;

/** The proxies before the server: their addresses and networks, or how many stand in a row. */
export type TrustedProxies = number | readonly string[];

/** `endpoint`: the route as it was declared, so that no id is in it; null where there is none. */
export type Answered = Readonly<{ method: string; endpoint: string | null; status: number }>;
export type BeginRequest = () => (answered: Answered) => void;

export type RequestLimit = Pick<RateLimits, 'request' | 'inForce'>;

export type WebOptions = {
  host: string;
  port: number;
  /** Of one address, for strangers: known callers and routes without `rateLimit` are not counted. */
  limit: RequestLimit;
  /** Who may say for whom a request comes (X-Forwarded-For); null: nobody, the connection's other end is the caller. */
  trustedProxies: TrustedProxies | null;
  /** Milliseconds within which a request must have come to its last byte. */
  requestTimeoutMs?: number;
  /** Told of each request that begins; the function that is given back is told how it was answered. */
  begin?: BeginRequest;
  /** Null: answers are sent as they are. */
  compression: Compression | null;
  /** What it serves. */
  routes: readonly AddRoute[];
  log: Log;
};

/** A client that sends its request drop by drop is cut off after this. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Builds the server and listens. A request meets, in this order: the monitor, the headers, its door's look at it, the
 * limit on strangers, its door's refusal, and only then its body is read and its handler runs. The answer is compressed
 * last. The hooks that every request meets call back instead of giving promises: Telegram's updates come through all
 * of them.
 * @returns its address, its routes, and the end of it
 * @throws StartRefused when it cannot listen there
 */
export async function createWeb(options: WebOptions) {
  const { host, port, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const app = fastify({
    logger: false,
    trustProxy: trustOf(options.trustedProxies),
    requestTimeout: requestTimeoutMs,
    // After the last answer (endWithTheLastAnswer).
    forceCloseConnections: true,
    http: {
      // Node gives the head of a request the shorter of two limits and its body the longer one, whatever their names:
      // beside its own 60 s for the head, ours would not hold for the body (Expired in node_http_parser.cc).
      headersTimeout: requestTimeoutMs,
      // By itself it looks for slow clients every 30 s only.
      connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 10),
    },
  });
  endWithTheLastAnswer(app);
  const { begin } = options;
  if (begin !== undefined) {
    app.decorateRequest('toldAnswer', null);
    app.addHook('onRequest', (request, _reply, next) => {
      request.toldAnswer = begin();
      next();
    });
    app.addHook('onResponse', (request, reply, next) => {
      const endpoint = request.is404 ? null : (request.routeOptions.url ?? null);
      request.toldAnswer?.({ method: request.method, endpoint, status: reply.statusCode });
      next();
    });
  }
  await app.register(helmet);
  // Before the limit, whose refusals are answers as well.
  await options.compression?.addTo(app);
  const routes = keepDoors(app);
  await app.register(rateLimit, {
    max: () => options.limit.inForce('requests').most,
    timeWindow: options.limit.inForce('requests').windowMs,
    store: countingBy(options.limit),
    global: false,
  });
  // Not by the plugin itself: it finds out who calls before it asks whether that is to be counted.
  const count = app.rateLimit();
  const countStranger: onRequestHookHandler = (request, reply, next) => {
    if (request.isKnownCaller) next();
    else count.call(app, request, reply).then(() => next(), next);
  };
  app.addHook('onRoute', (route) => {
    if (route.config?.rateLimit !== false)
      route.onRequest = [...[route.onRequest ?? []].flat(), countStranger];
  });
  app.addHook('onRequest', (request, reply, next) => {
    if (request.is404) countStranger.call(app, request, reply, next);
    else next();
  });
  answerErrors(app, options.log);

  for (const register of options.routes) register(app);

  const url = await app.listen({ host, port }).catch((error: unknown) => {
    throw refuseListening(error, { host, hostVariable: 'HOST', port, portVariable: 'PORT' }) ?? error;
  });
  return { url, routes, close: () => app.close() };
}

/** Fastify gives what is done before the end ten seconds. */
const LAST_ANSWERS_MS = 8_000;

/**
 * The end of the server waits for answers that are under way, refuses meanwhile what comes (503), and then ends all
 * connections. Ending the idle ones, which is Fastify's own way, is not enough: Node takes none for idle on which
 * nothing was asked yet, such as a browser opens in advance, and waits until its client leaves, however long that is.
 */
function endWithTheLastAnswer(app: FastifyInstance): void {
  const underWay = new Set<ServerResponse>();
  // Not of the server's own event: for the name localhost Fastify listens with a second one.
  app.addHook('onRequest', (_request, { raw: response }, next) => {
    underWay.add(response);
    // After its last byte, and where its client has left or was cut off.
    response.once('close', () => underWay.delete(response));
    next();
  });
  app.addHook('preClose', async () => {
    const ends = [...underWay].map((response) => once(response, 'close'));
    await waitAtMost(LAST_ANSWERS_MS, Promise.allSettled(ends));
  });
}

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void;

/** The plugin's count, kept by the one limit: its own windows are fixed, and know one process. */
function countingBy({ request, inForce }: RequestLimit) {
  return class {
    incr(address: string, done: Counted): void {
      request(address).then(
        (verdict) => {
          const { most, windowMs } = inForce('requests');
          // What the plugin refuses is above the most.
          if (verdict.allowed) done(null, { current: Math.min(verdict.used, most), ttl: windowMs });
          else done(null, { current: most + 1, ttl: verdict.retryAfterMs });
        },
        (error: Error) => done(error),
      );
    }
    /** All routes count together. */
    child(): this {
      return this;
    }
  };
}

/**
 * What Fastify takes for it. A number of proxies becomes a function: Fastify itself trusts nobody then, because
 * whoever reaches the server past its proxies could invent a caller.
 */
function trustOf(
  proxies: TrustedProxies | null,
): false | string[] | ((address: string, hop: number) => boolean) {
  if (proxies === null) return false;
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : [...proxies];
}
