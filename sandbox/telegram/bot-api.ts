import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { answerBytes, type Calls, type RawAnswer, refused } from './calls.ts';
import type { Parameters } from './parameters.ts';
import { pause } from './pause.ts';
import { Refusal } from './refusal.ts';
import { readParameters } from './request-parameters.ts';
import { answerInPlace, resetConnection, sendSpoiled, sendWhole, staySilent } from './spoiled-answers.ts';
import type { Store } from './store.ts';

/** Above every limit that a method checks by itself, with its own words. */
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;
const MAX_FIELD_BYTES = 1024 * 1024;
/** An album of ten with ten thumbnails, and its fields. */
const MAX_PARTS = 60;
const NO_PARAMETERS: Parameters = { values: {}, uploads: new Map() };
const UNREADABLE: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
};

type Path = { Params: { token: string; '*': string } };

/**
 * Registers the Bot API: `/bot<token>/<method>`, and `/file/bot<token>/<path>`, which the faults know as the
 * method `file`.
 */
export async function registerBotApi(
  app: FastifyInstance,
  deps: { store: Store; calls: Calls; faults: Faults; token: string; log: Log },
): Promise<void> {
  const { store, calls, faults } = deps;
  await app.register(multipart, {
    limits: { fileSize: MAX_UPLOAD_BYTES, fieldSize: MAX_FIELD_BYTES, parts: MAX_PARTS, files: MAX_PARTS },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const code = error.statusCode ?? 500;
    if (code >= 500) deps.log.error({ err: error }, 'sandbox: the Bot API double failed');
    return refuse(reply, code, UNREADABLE[code] ?? 'Bad Request: the request cannot be read');
  });

  app.route<Path>({
    method: ['GET', 'POST'],
    url: '/bot:token/*',
    handler: async (request, reply) => {
      if (request.params.token !== deps.token) return refuse(reply, 401, 'Unauthorized');
      const method = calls.nameOf(request.params['*']);
      const call = await readParameters(request);
      return serve(method, call, request, reply, async (gone) =>
        answerBytes(await calls.carryOut(method, call, gone)),
      );
    },
  });

  app.get<Path>('/file/bot:token/*', async (request, reply) => {
    if (request.params.token !== deps.token) return refuse(reply, 401, 'Unauthorized');
    const file = store.files.findByPath(request.params['*']);
    if (!file) return refuse(reply, 404, 'Not Found');
    return serve('file', NO_PARAMETERS, request, reply, async () => ({
      code: 200,
      type: 'application/octet-stream',
      bytes: Buffer.from(await store.files.read(file)),
    }));
  });

  /** Carries a request out between the faults and holds that stand before it and before its answer. */
  async function serve(
    name: string,
    call: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
    carryOut: (gone: AbortSignal) => Promise<RawAnswer>,
  ): Promise<FastifyReply> {
    const gone = goneSignal(reply);
    const rule = faults.next('telegram', name);
    if (rule?.kind === 'slow') await pause(rule.delayMs ?? 0, gone);
    const inPlace = rule && answerInPlace(rule);
    if (rule && inPlace !== undefined) {
      calls.noteFault(name, call, typeof inPlace === 'object' ? inPlace.code : 0, `fault: ${rule.kind}`);
      if (inPlace === 'silence') return staySilent(reply);
      return inPlace === 'reset' ? resetConnection(request, reply) : sendWhole(reply, inPlace);
    }
    if ((await faults.passRequest('telegram', name)) === 'drop') {
      calls.noteFault(name, call, 0, 'dropped before it was carried out');
      return resetConnection(request, reply);
    }
    const answer = await carryOut(gone);
    if ((await faults.passAnswer('telegram', name)) === 'drop') return resetConnection(request, reply);
    return sendSpoiled(rule, answer, request, reply);
  }
}

function refuse(reply: FastifyReply, code: number, description: string): FastifyReply {
  return sendWhole(reply, answerBytes(refused(new Refusal(code, description))));
}

/** Aborts when the connection closes, which is also what the end of an answer does. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
