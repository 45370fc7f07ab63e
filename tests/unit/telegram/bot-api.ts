/** A Bot API on loopback that does what a test tells it, well or badly, and writes down what it was asked. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import multipart from '@fastify/multipart';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import pino from 'pino';
import { createLog } from '../../../src/log.ts';

export const TOKEN = '4242424242:AAtestSecretOfThisBotThatNobodyMaySee_1';
export const SECRET = 'AAtestSecretOfThisBotThatNobodyMaySee_1';

export type ReceivedFile = { name: string; filename: string; contentType: string; bytes: Buffer };
export type ReceivedCall = {
  method: string;
  fields: Record<string, unknown>;
  files: ReceivedFile[];
  contentLength: string | undefined;
  contentType: string;
};
/** Answers one call, or spoils it. */
export type Behaviour = (reply: FastifyReply, call: ReceivedCall) => unknown;

export const ok =
  (result: unknown): Behaviour =>
  () => ({ ok: true, result });

export const refuse =
  (code: number, description: string, parameters?: object): Behaviour =>
  (reply) =>
    reply
      .code(code)
      .send({ ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) });

export const page =
  (code: number, html: string): Behaviour =>
  (reply) =>
    reply.code(code).type('text/html').send(html);

export const raw =
  (spoil: (response: ServerResponse) => void): Behaviour =>
  (reply) => {
    reply.hijack();
    spoil(reply.raw);
  };
export const hang = raw(() => {});
export const reset = raw((response) => response.socket?.resetAndDestroy());
export const cutBody = raw((response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"ok":true,"result":{"message_id"', () => response.destroy());
});
export const hugeBody = raw((response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(1024 * 1024, 0x20);
  const pump = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', pump);
  };
  pump();
});

/** Starts the server; `script` lists what each method does, in order; then it answers `true`. */
export async function startBotApi(script: Record<string, Behaviour[]> = {}) {
  const server = fastify({ forceCloseConnections: true, bodyLimit: 100 * 1024 * 1024 });
  await server.register(multipart, { limits: { fileSize: 100 * 1024 * 1024 } });
  const calls: ReceivedCall[] = [];
  const files = new Map<string, Behaviour>();
  const connections = new Set<unknown>();
  let wake = Promise.withResolvers<void>();
  server.server.on('connection', (socket) => connections.add(socket));

  server.post<{ Params: { token: string; method: string } }>('/bot:token/:method', async (request, reply) => {
    const { method, token } = request.params;
    if (token !== TOKEN) return refuse(401, 'Unauthorized')(reply, await receive(method, request));
    const call = await receive(method, request);
    calls.push(call);
    wake.resolve();
    wake = Promise.withResolvers();
    const behave = script[method]?.shift() ?? ok(true);
    return behave(reply, call);
  });
  server.get<{ Params: { token: string; '*': string } }>('/file/bot:token/*', async (request, reply) => {
    const behave = files.get(request.params['*']) ?? refuse(404, 'Not Found');
    const call = { method: 'download', fields: {}, files: [], contentLength: undefined, contentType: '' };
    return behave(reply, call);
  });
  const root = await server.listen({ host: '127.0.0.1', port: 0 });

  return {
    root,
    calls,
    files,
    connections,
    methods: () => calls.map((call) => call.method),
    /** Resolves when so many calls have arrived. */
    async received(count: number): Promise<void> {
      while (calls.length < count) await wake.promise;
    },
    close: () => server.close(),
  };
}

export type BotApi = Awaited<ReturnType<typeof startBotApi>>;

async function receive(method: string, request: FastifyRequest): Promise<ReceivedCall> {
  const contentType = request.headers['content-type'] ?? '';
  const contentLength = request.headers['content-length'];
  if (!request.isMultipart()) {
    // A JSON body of the Bot API is always an object.
    return { method, fields: request.body as Record<string, unknown>, files: [], contentLength, contentType };
  }
  const fields: Record<string, unknown> = {};
  const files: ReceivedFile[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = part.value;
    else {
      const { fieldname: name, filename, mimetype } = part;
      files.push({ name, filename, contentType: mimetype, bytes: await part.toBuffer() });
    }
  }
  return { method, fields, files, contentLength, contentType };
}

/** The product's own log, its lines kept for a search. */
export function recordingLog() {
  const lines: string[] = [];
  const log = createLog({ level: 'trace', pretty: false });
  const stream = { write: (line: string) => lines.push(line) };
  Reflect.set(log, pino.symbols.streamSym, stream);
  return { log, lines };
}

/** An address on which nobody listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const closed = once(server, 'close');
  server.close();
  await closed;
  return `http://127.0.0.1:${address.port}`;
}
