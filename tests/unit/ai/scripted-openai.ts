import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AiEndpoint } from '../../../src/config.ts';
import { OPENAI_TAKES } from '../../../src/config-variables/providers.ts';

/** What the server received: JSON bodies parsed, multipart as text. */
export type Received = Readonly<{
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  json: Json | null;
}>;
/** The parts of a JSON body that tests look into. */
type Json = Readonly<{
  model: string;
  instructions: string;
  safety_identifier: string;
  input: readonly Readonly<{ type: string; content: readonly Readonly<{ text?: string }>[] }>[];
}>;

export type Step = (response: ServerResponse, received: Received) => void;

/**
 * A server on loopback that plays OpenAI by a script: each request takes the next step of its path, the last
 * step stays for all that follow. `disconnected` resolves when a client has closed its connection early. It ends with
 * the test that started it.
 */
export async function startScriptedOpenAi(script: Record<string, Step | Step[]>) {
  const received: Received[] = [];
  const steps = new Map(Object.entries(script).map(([path, step]) => [path, [step].flat()]));
  const disconnected = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnected.resolve();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('latin1');
    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    const path = (request.url ?? '').replace(/^\/v1/, '');
    const entry = {
      path,
      headers: request.headers,
      body,
      // A body of another form fails the expectation that reads it.
      json: isJson ? (JSON.parse(Buffer.concat(chunks).toString()) as Json) : null,
    };
    received.push(entry);
    const queue = steps.get(path);
    const step = queue === undefined ? undefined : queue.length > 1 ? queue.shift() : queue[0];
    if (step === undefined) throw new Error(`the script has no step for ${path}`);
    step(response, entry);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  const endpoint: AiEndpoint = {
    name: 'openai',
    baseURL: `http://127.0.0.1:${port}/v1`,
    apiKey: 'sk-test-key-of-nobody',
    api: 'images',
    takes: OPENAI_TAKES,
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { endpoint, received, disconnected: disconnected.promise };
}

export const WEBP = Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBPVP8L', 'latin1'), Buffer.alloc(32, 7)]);

export const IMAGE_USAGE = {
  input_tokens: 1600,
  input_tokens_details: { text_tokens: 400, image_tokens: 1200 },
  output_tokens: 1800,
  total_tokens: 3400,
};

const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'x-request-id': 'req_stream' };

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

export const partialEvent = (bytes: Buffer = WEBP) =>
  event('image_edit.partial_image', { b64_json: bytes.toString('base64'), partial_image_index: 0 });

export const completedEvent = (bytes: Buffer = WEBP, size = '1152x1536') =>
  event('image_edit.completed', { b64_json: bytes.toString('base64'), size, usage: IMAGE_USAGE });

/** A stream of these events, ended properly. */
export function streamed(...events: string[]): Step {
  return (response) => {
    response.writeHead(200, STREAM_HEADERS);
    response.end(events.join(''));
  };
}

/** A stream of these events that is then left open. */
export function stalled(...events: string[]): Step {
  return (response) => {
    response.writeHead(200, STREAM_HEADERS);
    response.write(events.join('') || ': waiting\n\n');
  };
}

/** A stream of these events whose connection then breaks. */
export function cut(...events: string[]): Step {
  return (response) => {
    response.writeHead(200, STREAM_HEADERS);
    response.write(`${events.join('')}data: {"type":`, () => response.destroy());
  };
}

export const errorEvent = (error: object) => `event: error\ndata: ${JSON.stringify({ error })}\n\n`;

/** Takes the request and never answers. */
export const hang: Step = () => {};

/** Headers, and then one byte after another that never makes a whole event. */
export const drip: Step = (response) => {
  response.writeHead(200, STREAM_HEADERS);
  const timer = setInterval(() => response.write(':'), 10);
  response.on('close', () => clearInterval(timer));
};

export function failed(status: number, error: object, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-request-id': `req_${status}`,
      ...headers,
    });
    response.end(JSON.stringify({ error }));
  };
}

export function page(status: number, type = 'text/html'): Step {
  return (response) => {
    response.writeHead(status, { 'content-type': type });
    response.end('<html><body>Bad gateway</body></html>');
  };
}

export function json(body: object): Step {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_json' });
    response.end(JSON.stringify(body));
  };
}

/** What /v1/responses answers when the model wrote `text`. */
export function answered(text: string, overrides: object = {}): Step {
  return json({
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    output: [
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] },
    ],
    usage: {
      input_tokens: 900,
      input_tokens_details: { cached_tokens: 100 },
      output_tokens: 500,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 1400,
    },
    ...overrides,
  });
}

export function moderated(...flagged: string[]): Step {
  const categories = Object.fromEntries(flagged.map((name) => [name, true]));
  return json({
    id: 'modr_1',
    model: 'omni-moderation-latest',
    results: [{ flagged: flagged.length > 0, categories: { sexual: false, violence: false, ...categories } }],
  });
}
