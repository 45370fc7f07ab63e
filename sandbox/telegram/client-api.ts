import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { FAULT_KINDS, type Service } from '../fault-kinds.ts';
import type { FaultRules, Faults } from '../faults.ts';
import { streamEvents } from './event-stream.ts';
import type { PersonActions } from './person-actions.ts';
import { NotAPhoto, NotPossible } from './refusal.ts';
import { readMultipart } from './request-parameters.ts';
import type { Store } from './store.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 30;
/** What a browser may show by itself; anything else could be a page with a script in it. */
const SHOWN_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

type ChatPath = { Params: { personaId: number } };
const chatPath = {
  type: 'object',
  properties: { personaId: { type: 'integer' } },
  required: ['personaId'],
} as const;
const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const rulesFor = (service: Service) =>
  ({
    type: 'array',
    items: {
      type: 'object',
      required: ['match', 'kind'],
      additionalProperties: false,
      properties: {
        match: { type: 'string', minLength: 1 },
        kind: { enum: FAULT_KINDS[service] },
        times: { type: 'integer', minimum: 1 },
        delayMs: { type: 'integer', minimum: 0 },
        retryAfter: { type: 'integer', minimum: 0 },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        code: text,
        description: text,
        field: text,
      },
    },
  }) as const;
const faultsSchema = {
  body: {
    type: 'object',
    required: ['telegram', 'openai'],
    properties: { telegram: rulesFor('telegram'), openai: rulesFor('openai') },
  },
} as const;

/** Registers `/client`: the sandbox as a person's messenger sees it, for the web chat. */
export async function registerClientApi(
  app: FastifyInstance,
  deps: { store: Store; actions: PersonActions; faults: Faults },
): Promise<void> {
  const { store, actions, faults } = deps;
  const { chats, profile } = store;
  await app.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES } });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof NotPossible ? 409 : (error.statusCode ?? 500);
    if (status >= 500) store.log.error({ err: error }, 'sandbox: the client API failed');
    const about = error instanceof NotAPhoto ? { reason: 'not-a-photo' } : {};
    return reply.code(status).send({ error: status >= 500 ? 'The sandbox failed' : error.message, ...about });
  });

  app.get('/client/personas', () => chats.all().map((chat) => chat.persona));
  app.get('/client/faults', () => faults.rules());
  app.put<{ Body: FaultRules }>('/client/faults', { schema: faultsSchema }, (request) => {
    faults.set(request.body);
    return faults.rules();
  });

  app.get<ChatPath>('/client/chats/:personaId', { schema: { params: chatPath } }, (request) => {
    const chat = chats.of(request.params.personaId);
    const language = chat.persona.language_code;
    return {
      messages: chats.visible(chat),
      commands: profile.commandsFor(chat),
      botName: profile.text('names', language),
      description: profile.text('descriptions', language),
      blocked: chat.blocked,
      stars: chat.stars,
      reactions: Object.fromEntries(chat.reactions),
    };
  });

  app.get<ChatPath>('/client/chats/:personaId/events', { schema: { params: chatPath } }, (request, reply) => {
    const chat = chats.of(request.params.personaId);
    streamEvents(reply, (watcher) => chats.watch(chat, watcher));
    return reply;
  });

  app.post<ChatPath & { Body: { text?: unknown; reply_to_message_id?: unknown } }>(
    '/client/chats/:personaId/messages',
    { schema: { params: chatPath } },
    async (request) => {
      const chat = chats.of(request.params.personaId);
      if (!request.isMultipart()) {
        const { text, reply_to_message_id: id } = request.body ?? {};
        return actions.sendText(chat, String(text ?? ''), id === undefined ? {} : { replyTo: Number(id) });
      }
      const { values, files } = await readMultipart(request);
      const caption = typeof values.caption === 'string' ? values.caption : '';
      return actions.sendFiles(chat, files, { as: values.as === 'document' ? 'document' : 'photo', caption });
    },
  );

  app.post<ChatPath & { Body: { message_id: number; data: string } }>(
    '/client/chats/:personaId/taps',
    {
      schema: {
        params: chatPath,
        body: {
          type: 'object',
          required: ['message_id', 'data'],
          properties: { message_id: integer, data: text },
        },
      },
    },
    (request) => {
      const chat = chats.of(request.params.personaId);
      return { callback_query_id: actions.tap(chat, request.body.message_id, request.body.data) };
    },
  );

  app.post<ChatPath & { Body: { message_id: number } | { link: string } }>(
    '/client/chats/:personaId/payments',
    {
      schema: {
        params: chatPath,
        body: {
          type: 'object',
          properties: { message_id: integer, link: text },
          oneOf: [{ required: ['message_id'] }, { required: ['link'] }],
        },
      },
    },
    (request) => {
      const { body, params } = request;
      return actions.pay(chats.of(params.personaId), 'link' in body ? body.link : body.message_id);
    },
  );

  app.get<{ Querystring: { link: string } }>(
    '/client/invoices',
    { schema: { querystring: { type: 'object', required: ['link'], properties: { link: text } } } },
    (request) => store.payments.invoice(request.query.link),
  );

  for (const verb of ['block', 'unblock', 'clear'] as const) {
    app.post<ChatPath>(`/client/chats/:personaId/${verb}`, { schema: { params: chatPath } }, (request) => {
      actions[verb](chats.of(request.params.personaId));
      return { ok: true };
    });
  }

  app.get<{ Params: { fileId: string } }>('/client/files/:fileId', async (request, reply) => {
    const file = store.files.find(request.params.fileId);
    if (!file) return reply.code(404).send({ error: 'There is no such file' });
    const shown = SHOWN_TYPES.includes(file.mimeType);
    const filename = encodeURIComponent(file.filename ?? file.path.split('/').at(-1) ?? 'file');
    return reply
      .headers({
        'content-type': shown ? file.mimeType : 'application/octet-stream',
        'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${filename}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=31536000, immutable',
      })
      .send(Buffer.from(await store.files.read(file)));
  });
}
