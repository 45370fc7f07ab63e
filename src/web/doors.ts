/** Who may pass a route: said where the route is declared, and kept here before anything of the route runs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    door?: Door;
  }
  interface FastifyRequest {
    /** Whether the request has shown what its route's door asks for: such ones are not counted against their address. */
    isKnownCaller: boolean;
  }
}

/** `open`: strangers pass, and are counted. `to`: what is shown at a closed one, by a word for the list of routes. */
export type Door =
  | Readonly<{ kind: 'open' }>
  | Readonly<{
      kind: 'closed';
      to: 'owner-token' | 'session' | 'telegram-secret' | 'signed-address';
      /** Whether the request shows it. Neither its body nor what plugins of the route's scope make is there yet. */
      knows: (request: FastifyRequest) => boolean | Promise<boolean>;
      /** Answers whoever does not. */
      refuse: (request: FastifyRequest, reply: FastifyReply) => unknown;
    }>;

export const OPEN: Door = { kind: 'open' };

/** A route as it was declared; `door`: `open`, or what its door is to. HEAD goes with GET and is not named. */
export type DeclaredRoute = Readonly<{ method: string; path: string; door: string }>;

/**
 * Adds the doorkeeper, before any route: a route that does not say who may pass cannot be added. Whoever knocks is
 * looked at first, so that the limit on strangers knows whom to count, and refused behind that limit, before the body
 * is read: guesses are counted, and cost a stranger's share.
 * @returns the routes, which fill as they are added
 */
export function keepDoors(app: FastifyInstance): readonly DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const door = config?.door;
    if (door === undefined) throw new Error(`the route ${method} ${url} does not say who may pass`);
    for (const one of [method].flat()) {
      if (one === 'HEAD') continue;
      routes.push({ method: one, path: url, door: door.kind === 'open' ? 'open' : door.to });
    }
  });
  app.decorateRequest('isKnownCaller', false);
  app.addHook('onRequest', (request, _reply, next) => {
    const { door } = request.routeOptions.config;
    const known = door?.kind === 'closed' && door.knows(request);
    const goOn = (isKnown: boolean) => {
      request.isKnownCaller = isKnown;
      next();
    };
    if (typeof known === 'boolean') goOn(known);
    else known.then(goOn, next);
  });
  app.addHook('preParsing', (request, reply, payload, next) => {
    const { door } = request.routeOptions.config;
    if (door?.kind !== 'closed' || request.isKnownCaller) next(null, payload);
    else Promise.resolve(door.refuse(request, reply)).then(() => next(), next);
  });
  return routes;
}
