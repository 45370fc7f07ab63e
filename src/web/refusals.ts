/** The one shape in which the server says no: a code for the machine and a sentence for its reader; never a stack. */
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';

export type Refusal = Readonly<{ status: 'error'; code: string; error: string }>;

const CODES: Readonly<Record<number, string>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'unprocessable',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** @param code a word that says more than the status does */
export function refusal(status: number, sentence: string, code = codeOf(status)): Refusal {
  return { status: 'error', code, error: sentence };
}

/** Thrown by a handler that cannot do what it was asked: the status, and the sentence that is shown. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, sentence: string, options: { code?: string; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.statusCode = statusCode;
    this.code = options.code ?? codeOf(statusCode);
  }
}

/** Answers what is not there, and what was thrown. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(refusal(404, 'there is nothing here')));
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
      // What went wrong inside is nobody's business outside.
      return reply.code(status).send(refusal(status, 'internal error'));
    }
    return reply
      .code(status)
      .send(refusal(status, error.message, error instanceof Refused ? error.code : undefined));
  });
}

function codeOf(status: number): string {
  return CODES[status] ?? (status >= 500 ? 'internal' : 'refused');
}
