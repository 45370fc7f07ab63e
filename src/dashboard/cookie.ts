/** The session in a browser. */

import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const ROOT = '/admin';
const NAME = 'vitrine_session';

/** Never sent with a request that another site began, and out of reach of every script. */
function options(isSecure: boolean) {
  return { path: ROOT, httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
}

export function setSessionCookie(
  reply: FastifyReply,
  { secret, expiresAt }: { secret: string; expiresAt: Date },
  isSecure: boolean,
): void {
  reply.setCookie(NAME, secret, { ...options(isSecure), expires: expiresAt });
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  reply.clearCookie(NAME, options(isSecure));
}

/** What a request shows: the bearer of a Mini App's page, or the cookie; null for neither. */
export function shownSecret(request: FastifyRequest): string | null {
  const [, bearer] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  // Parsed here: the door asks before the plugin of the scope has done so.
  return bearer ?? request.server.parseCookie(request.headers.cookie ?? '')[NAME] ?? null;
}
