import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type {} from '../web/create-web.ts';

/** What a route takes on that only owners and their tools may ask. */
export type AdminOnly = ReturnType<typeof adminOnly>;

/**
 * The door of such routes: `Authorization: Bearer` with `ADMIN_API_TOKEN`. Whoever shows it is not counted against
 * their address; whoever does not is, and is refused before anything of the route runs.
 * @param token null where none is set: then nobody is let in
 */
export function adminOnly(token: string | null) {
  const expected = token === null ? null : digest(token);
  return {
    async onRequest(request: FastifyRequest) {
      const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      request.isKnownCaller =
        expected !== null && given !== undefined && timingSafeEqual(digest(given), expected);
    },
    // Behind the limit on strangers.
    async preParsing(request: FastifyRequest, reply: FastifyReply) {
      if (request.isKnownCaller) return;
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send({ status: 'error', error: 'this asks for the owner’s token: Authorization: Bearer …' });
    },
  };
}

/** Of equal length whatever was given, so that the comparison takes the same time for every guess. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
