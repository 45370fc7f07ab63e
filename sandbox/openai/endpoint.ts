import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultRule, Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { badKey, ownError, quotaExhausted, rateLimited, unknownField } from './api-error.ts';
import type { Answer, Call } from './call.ts';
import { deliver, resetConnection, staySilent } from './deliver.ts';

const DEFAULT_SLOWNESS_MS = 5000;
const PROXY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>';

/** An id for the x-request-id header. */
export function newRequestId(): string {
  return `req_${randomBytes(16).toString('hex')}`;
}

/**
 * Makes route handlers: the request is read, the fault for `path` is acted out, holds are waited at, and only
 * then the endpoint is run and its answer delivered, whole or spoiled.
 */
export function createEndpoint({ faults, log }: { faults: Faults; log: Log }) {
  return function endpoint<Body = unknown>(
    path: string,
    run: (call: Call<Body>) => Promise<Answer>,
    // Without a reader the body is what Fastify parsed, of which nothing is known.
    read: (request: FastifyRequest) => Promise<Body> = async (request) => request.body as Body,
  ) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const gone = goneSignal(reply);
      const body = await read(request);
      const fault = faults.next('openai', path);
      log.debug({ path, fault: fault?.kind }, 'sandbox: asked of the OpenAI double');
      try {
        if (fault?.kind === 'slow') {
          await delay(fault.delayMs ?? DEFAULT_SLOWNESS_MS, undefined, { signal: gone });
        }
        const inPlace = fault && answerInPlace(fault, body, request, reply);
        if (inPlace !== undefined) return inPlace;
        if ((await faults.passRequest('openai', path)) === 'drop') return resetConnection(request, reply);
        const requestId = String(reply.getHeader('x-request-id'));
        const id = requestId.replace('req_', '');
        const origin = `http://${request.host}`;
        const answer = await run({ id, requestId, origin, body, fault, gone });
        const passAnswer = () => faults.passAnswer('openai', path);
        return await deliver(answer, { request, reply, fault, passAnswer, gone });
      } catch (error) {
        if (gone.aborted) return reply.sent ? reply : reply.hijack();
        if (!reply.sent) throw error;
        // Half an answer is out: all that is left to say is that there will be no more.
        log.error({ err: error, path }, 'sandbox: the OpenAI double failed');
        reply.raw.destroy();
        return reply;
      }
    };
  };
}

/**
 * Acts out a fault that stands in the place of an answer; undefined when the endpoint is to run all the same.
 * @throws ApiError for a fault that is an error of the API's own.
 */
function answerInPlace(
  fault: FaultRule,
  body: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  switch (fault.kind) {
    case '429':
      throw rateLimited(fault.retryAfter);
    case 'quota':
      throw quotaExhausted();
    case 'api-error':
      throw ownError(fault);
    case 'field-refused': {
      const { field = 'safety_identifier' } = fault;
      if (hasField(body, field)) throw unknownField(field);
      return undefined;
    }
    case 'bad-key':
      throw badKey(request.headers.authorization);
    case '5xx':
      return reply
        .code(fault.status ?? 502)
        .type('text/html')
        .send(PROXY_PAGE);
    case 'hang':
      return staySilent(reply);
    case 'reset':
      return resetConnection(request, reply);
    // These run the endpoint: it acts out the first ten in what it says, `deliver` the others.
    case 'one-piece':
    case 'by-address':
    case 'no-picture':
    case 'recoloured':
    case 'misprinted':
    case 'refusal':
    case 'not-a-product':
    case 'different-products':
    case 'sees-trouble':
    case 'opaque':
    case 'no-completed':
    case 'slow':
    case 'hang-after':
    case 'reset-after':
    case 'truncate':
    case 'drip':
    case 'broken-json':
      return undefined;
  }
}

/** Whether a JSON body, or a form, has this field. */
function hasField(body: unknown, field: string): boolean {
  const fields = Object(body).fields ?? body;
  return typeof fields === 'object' && fields !== null && field in fields;
}

/** Aborts when the connection closes before the answer was written. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
