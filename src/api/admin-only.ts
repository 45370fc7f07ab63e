import { hash, timingSafeEqual } from 'node:crypto';
import type { Door } from '../web/doors.ts';
import { refusal } from '../web/refusals.ts';
import type { Access } from './route.ts';

/** Who may call a route on that only owners and their tools may ask. */
export type AdminOnly = Access;

/**
 * The door of such routes: `Authorization: Bearer` with `ADMIN_API_TOKEN`. Whoever shows it is not counted against
 * their address; whoever does not is, and is refused before anything of the route runs.
 * @param token null where none is set: then nobody is let in
 */
export function adminOnly(token: string | null): AdminOnly {
  const expected = token === null ? null : digest(token);
  const door: Door = {
    kind: 'closed',
    to: 'owner-token',
    knows({ headers }) {
      const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
      return expected !== null && given !== undefined && timingSafeEqual(digest(given), expected);
    },
    refuse: (_request, reply) =>
      reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send(refusal(401, 'this asks for the owner’s token: Authorization: Bearer …')),
  };
  return { config: { door } };
}

/** Of equal length whatever was given, so that the comparison takes the same time for every guess. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
