import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultRule } from '../faults.ts';
import { answerBytes, type RawAnswer, refused } from './calls.ts';
import { Refusal } from './refusal.ts';

const DEFAULT_RETRY_AFTER_S = 3;
const DEFAULT_PROXY_STATUS = 502;
const PROXY_PAGE = '<html><head><title>Bad Gateway</title></head><body>nginx</body></html>';

/** What a fault does in place of carrying a request out; undefined when the request may go on. */
export function answerInPlace(rule: FaultRule): RawAnswer | 'silence' | 'reset' | undefined {
  switch (rule.kind) {
    case '429': {
      const seconds = rule.retryAfter ?? DEFAULT_RETRY_AFTER_S;
      const description = `Too Many Requests: retry after ${seconds}`;
      return answerBytes(refused(new Refusal(429, description, { retry_after: seconds })));
    }
    case 'refusal':
      return answerBytes(
        refused(new Refusal(rule.status ?? 400, rule.description ?? 'Bad Request: refused by the sandbox')),
      );
    case '5xx':
      return {
        code: rule.status ?? DEFAULT_PROXY_STATUS,
        type: 'text/html',
        bytes: Buffer.from(PROXY_PAGE),
      };
    case 'hang':
      return 'silence';
    case 'reset':
      return 'reset';
    case 'slow':
    case 'hang-after':
    case 'reset-after':
    case 'truncate':
    // The rest are OpenAI's own ways to fail; a Bot API has none of them.
    case 'drip':
    case 'quota':
    case 'bad-key':
    case 'broken-json':
    case 'no-completed':
    case 'not-a-product':
    case 'different-products':
    case 'sees-trouble':
    case 'opaque':
    case 'api-error':
    case 'field-refused':
    case 'one-piece':
    case 'by-address':
    case 'no-picture':
    case 'recoloured':
    case 'misprinted':
      return undefined;
  }
}

/** Sends the answer of a request that was carried out, spoiled as the fault says. */
export function sendSpoiled(
  rule: FaultRule | undefined,
  answer: RawAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  switch (rule?.kind) {
    case 'hang-after':
      return staySilent(reply);
    case 'reset-after':
      return resetConnection(request, reply);
    case 'truncate':
      return sendHalf(reply, answer);
    default:
      return sendWhole(reply, answer);
  }
}

export function sendWhole(reply: FastifyReply, { code, type, bytes }: RawAnswer): FastifyReply {
  return reply.code(code).type(type).send(bytes);
}

/** Resets the connection: the other side sees ECONNRESET, not an end. */
export function resetConnection(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
  return reply;
}

/** Leaves the request without an answer until the other side gives up or the sandbox stops. */
export function staySilent(reply: FastifyReply): FastifyReply {
  return reply.hijack();
}

/** Sends the first half of the body under the length of the whole, then cuts the connection. */
function sendHalf(reply: FastifyReply, { code, type, bytes }: RawAnswer): FastifyReply {
  reply.hijack();
  reply.raw.writeHead(code, { 'content-type': type, 'content-length': bytes.byteLength });
  reply.raw.write(bytes.subarray(0, bytes.byteLength / 2), () => reply.raw.destroy());
  return reply;
}
