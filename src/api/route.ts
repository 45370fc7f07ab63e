/** How a route of the HTTP API is declared: where it is, who may call it, and the shapes of what goes in and out. */
import type {} from '@fastify/rate-limit';
import type {} from '@fastify/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Door, OPEN } from '../web/doors.ts';

/** Who may call a route; as options of a route, so that one without shapes takes it as well. */
export type Access = Readonly<{ config: Readonly<{ door: Door }> }>;

export const EVERYONE: Access = { config: { door: OPEN } };

/** The name of the owner's token in the OpenAPI document. */
export const TOKEN_SCHEME = 'ownerToken';

/** Every answer that says no (web/refusals.ts). */
const refused = z.object({
  status: z.literal('error'),
  code: z.string().describe('for the machine, such as not-found'),
  error: z.string().describe('for the reader'),
});

/** What most answers of figures are wrapped in. */
export function success<Data extends z.ZodType>(data: Data) {
  return z.object({ status: z.literal('success'), timestamp: z.iso.datetime(), data });
}

type Shape = z.ZodType | undefined;
type OutputOf<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

export type Declared<
  Query extends Shape,
  Body extends Shape,
  Params extends Shape,
  Answer extends z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT';
  /** The first is its name, the others lead to the same. */
  paths: readonly [string, ...string[]];
  access: Access;
  /** False for what must always be answered: it does not count against the address of whoever asks. */
  isCounted?: boolean;
  /** What it is good for, in a few words. */
  summary: string;
  query?: Query;
  body?: Body;
  params?: Params;
  answer: Answer;
  /** With which statuses it answers so; 200 when it is left out. */
  statuses?: readonly number[];
  /** The kind of a body that is no JSON. */
  consumes?: string;
  /** The kind of an answer that is no JSON. */
  type?: string;
  /** Further refusals than those that its door and its shapes make, by status. */
  refusals?: readonly number[];
  /** The most bytes of a body; a megabyte when it is left out. */
  bodyLimit?: number;
  handle: (
    asked: { query: OutputOf<Query>; body: OutputOf<Body>; params: OutputOf<Params>; signal: AbortSignal },
    reply: FastifyReply,
  ) => Promise<z.input<Answer>>;
};

/**
 * Adds a route with all its paths. What is asked is held against its shapes and refused with a sentence before the
 * handler runs. The answer is not: its shape is the compiler's, the document's and the tests' business, because a
 * serializer that knows it would drop what it does not know, or turn an answer about an illness into a failure.
 */
export function declareRoute<
  Answer extends z.ZodType,
  Query extends Shape = undefined,
  Body extends Shape = undefined,
  Params extends Shape = undefined,
>(app: FastifyInstance, declared: Declared<Query, Body, Params, Answer>): void {
  const { method, paths, access, isCounted = true, summary, query, body, params, answer, handle } = declared;
  const { consumes, statuses = [200], type = 'application/json', refusals = [], bodyLimit } = declared;
  const isClosed = access.config.door.kind === 'closed';
  const takes = query !== undefined || body !== undefined || params !== undefined;
  const refusing = [
    ...(takes ? [400] : []),
    ...(isClosed ? [401] : []),
    ...(body === undefined ? [] : [413, 415]),
    ...(isCounted ? [429] : []),
    ...refusals,
  ];
  const answers = Object.fromEntries([
    ...statuses.map((status) => [status, { description: summary, content: { [type]: { schema: answer } } }]),
    ...refusing.map((status) => [
      status,
      { description: 'Refused', content: { 'application/json': { schema: refused } } },
    ]),
  ]);
  const [name, ...aliases] = paths;
  for (const url of paths) {
    app.route({
      method,
      url,
      config: isCounted ? access.config : { ...access.config, rateLimit: false },
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      schema: {
        summary: aliases.includes(url) ? `The same as ${name}` : summary,
        ...(isClosed ? { security: [{ [TOKEN_SCHEME]: [] }] } : {}),
        ...(query === undefined ? {} : { querystring: query }),
        ...(body === undefined ? {} : { body }),
        ...(consumes === undefined ? {} : { consumes: [consumes] }),
        ...(params === undefined ? {} : { params }),
        response: answers,
      },
      handler(request, reply) {
        const leaving = new AbortController();
        reply.raw.once('close', () => leaving.abort());
        const { signal } = leaving;
        // Each is what its shape has let through, and undefined or unread where there is none.
        const asked = {
          query: request.query as OutputOf<Query>,
          body: request.body as OutputOf<Body>,
          params: request.params as OutputOf<Params>,
          signal,
        };
        return handle(asked, reply);
      },
    });
  }
}
