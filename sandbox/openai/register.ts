import { timingSafeEqual } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { registerSampleProduct } from '../sample-product.ts';
import { ApiError, badKey, invalidRequest, notFound, tooLarge } from './api-error.ts';
import type { Answer } from './call.ts';
import { createChat } from './chat-completions.ts';
import { checkEdit, readForm } from './edit-request.ts';
import { createEdits } from './edits.ts';
import { createEndpoint, newRequestId } from './endpoint.ts';
import { listModels } from './models.ts';
import { moderate } from './moderations.ts';
import { createPhotoShelf } from './photo-shelf.ts';
import { createPictureStore } from './picture-store.ts';
import { createResponses } from './responses.ts';
import type { Tempo } from './tempo.ts';

/** Above every limit that an endpoint checks by itself, with its own words. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export type OpenAiDeps = Readonly<{
  log: Log;
  faults: Faults;
  /** The one key that is accepted. */
  apiKey: string;
  tempo: Tempo;
}>;

/**
 * The OpenAI double at `/openai/v1`: responses (structured output, vision), images/edits (streamed or not),
 * moderations, models, and chat/completions with pictures, as other makers have it; beside it, at
 * `/sample-product.jpg`, a photo to try it with, and finished pictures that were asked for by address. Faults are asked
 * for under the path below `/openai/v1/`, such as `images/edits`.
 */
export async function registerOpenAi(app: FastifyInstance, deps: OpenAiDeps): Promise<void> {
  registerSampleProduct(app);
  const shelf = createPhotoShelf();
  const respond = createResponses({ shelf, paceMs: deps.tempo.paceMs });
  const store = createPictureStore();
  const edit = createEdits({ shelf, store, tempo: deps.tempo });
  const chat = createChat({ edit, respond });
  const limits = { bodyLimit: MAX_BODY_BYTES };
  const plain = (body: object): Answer => ({ kind: 'body', body });

  app.get<{ Params: { id: string } }>('/openai/pictures/:id', (request, reply) => {
    const picture = store.read(request.params.id);
    return picture === undefined
      ? reply.code(404).send()
      : reply.type('application/octet-stream').send(picture);
  });
  await app.register(
    async (api) => {
      if (!api.hasContentTypeParser('multipart/form-data')) await api.register(multipart);
      speakLikeOpenAi(api, deps);
      const endpoint = createEndpoint(deps);
      api.get(
        '/models',
        endpoint('models', async () => plain(listModels())),
      );
      api.post(
        '/moderations',
        limits,
        endpoint('moderations', async (call) => plain(moderate(call))),
      );
      api.post(
        '/responses',
        limits,
        endpoint('responses', async (call) => plain(await respond(call))),
      );
      api.post(
        '/chat/completions',
        limits,
        endpoint('chat/completions', async (call) => plain(await chat(call))),
      );
      const edits = endpoint('images/edits', async (call) => edit(checkEdit(call.body), call), readForm);
      api.post('/images/edits', limits, edits);
    },
    { prefix: '/openai/v1' },
  );
}

/** The key is checked, every answer has its request id, every error has OpenAI's form. */
function speakLikeOpenAi(api: FastifyInstance, { apiKey, log }: OpenAiDeps): void {
  api.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', newRequestId());
    const { authorization } = request.headers;
    if (!isEqual(authorization ?? '', `Bearer ${apiKey}`)) throw badKey(authorization);
  });
  api.setNotFoundHandler((request, reply) => sendError(reply, notFound(request.method, request.url)));
  api.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof ApiError) return sendError(reply, error);
    if (error.statusCode === 413) return sendError(reply, tooLarge());
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendError(reply, invalidRequest('We could not parse the body of your request.', null));
    }
    log.error({ err: error, path: request.url }, 'sandbox: the OpenAI double failed');
    const parts = { status: 500, type: 'server_error', code: null, param: null };
    return sendError(reply, new ApiError('The server had an error while processing your request.', parts));
  });
}

function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply
    .code(error.parts.status)
    .headers({ ...error.parts.headers })
    .send(error.body);
}

function isEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
