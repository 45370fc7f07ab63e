/** Writes answers, whole or spoiled: what a fault does to the bytes is done here and nowhere else. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultRule, Passage } from '../faults.ts';
import type { Answer, ServerEvent } from './call.ts';

/** How often a body drips when its rule does not say. */
const DRIP_EVERY_MS = 250;
const DRIP_BYTES = 16;

export type Delivery = Readonly<{
  request: FastifyRequest;
  reply: FastifyReply;
  fault: FaultRule | undefined;
  /** Waits at the holds before the answer: before a body, or before a stream's last event. */
  passAnswer: () => Promise<Passage>;
  gone: AbortSignal;
}>;

/** Resets the connection: the other side sees ECONNRESET, not an end. */
export function resetConnection(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!reply.sent) reply.hijack();
  request.raw.socket.resetAndDestroy();
  return reply;
}

/** Leaves the request without an answer until the other side gives up or the sandbox stops. */
export function staySilent(reply: FastifyReply): FastifyReply {
  return reply.hijack();
}

export async function deliver(answer: Answer, delivery: Delivery): Promise<FastifyReply> {
  switch (answer.kind) {
    case 'body':
      return deliverBody(JSON.stringify(answer.body), delivery);
    case 'stream':
      return deliverStream(answer.events, answer.isLast, delivery);
  }
}

async function deliverBody(body: string, delivery: Delivery): Promise<FastifyReply> {
  const { reply } = delivery;
  if ((await delivery.passAnswer()) === 'drop') return resetConnection(delivery.request, reply);
  const spoiled = spoil(delivery.fault);
  // A body has no completed event to leave out: the endpoint has said `incomplete` in it.
  if (spoiled === null || spoiled === 'unfinished') return reply.type('application/json').send(body);
  const bytes = Buffer.from(spoiled === 'malformed' ? body.slice(0, -2) : body);
  if (spoiled === 'reset') return resetConnection(delivery.request, reply);
  openAnswer(delivery, { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) });
  await writeLast(bytes, spoiled, delivery);
  return reply;
}

async function deliverStream(
  events: AsyncIterable<ServerEvent>,
  isLast: (event: ServerEvent) => boolean,
  delivery: Delivery,
): Promise<FastifyReply> {
  const { reply } = delivery;
  const spoiled = spoil(delivery.fault);
  openAnswer(delivery, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  for await (const event of events) {
    const text = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    if (!isLast(event)) {
      await write(Buffer.from(text), spoiled === 'drip' ? delivery : null, reply);
      continue;
    }
    if ((await delivery.passAnswer()) === 'drop') return resetConnection(delivery.request, reply);
    if (spoiled === 'reset') return resetConnection(delivery.request, reply);
    if (spoiled === null) {
      await write(Buffer.from(text), null, reply);
      continue;
    }
    if (spoiled === 'unfinished') break;
    const last = spoiled === 'malformed' ? `${text.slice(0, text.length / 2)}\n\n` : text;
    await writeLast(Buffer.from(last), spoiled, delivery);
    return reply;
  }
  reply.raw.end();
  return reply;
}

type Spoiling = 'silence' | 'reset' | 'half' | 'drip' | 'malformed' | 'unfinished';

/** What a fault does to the bytes of an answer that was made; null for nothing. */
function spoil(fault: FaultRule | undefined): Spoiling | null {
  switch (fault?.kind) {
    case undefined:
    // Acted out before the answer was made, or in what it says.
    case 'slow':
    case '429':
    case '5xx':
    case 'refusal':
    case 'hang':
    case 'reset':
    case 'quota':
    case 'bad-key':
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
      return null;
    case 'hang-after':
      return 'silence';
    case 'reset-after':
      return 'reset';
    case 'truncate':
      return 'half';
    case 'drip':
      return 'drip';
    case 'broken-json':
      return 'malformed';
    case 'no-completed':
      return 'unfinished';
  }
}

/** Sends the headers at once: a client must be able to have them and nothing more. */
function openAnswer({ reply }: Delivery, headers: Record<string, string>): void {
  reply.hijack();
  reply.raw.writeHead(200, { ...stringHeaders(reply), ...headers });
  reply.raw.flushHeaders();
}

async function writeLast(bytes: Buffer, spoiled: Spoiling, delivery: Delivery): Promise<void> {
  const { raw } = delivery.reply;
  switch (spoiled) {
    case 'silence':
      return;
    case 'reset':
      resetConnection(delivery.request, delivery.reply);
      return;
    case 'half':
      await write(bytes.subarray(0, bytes.byteLength / 2), null, delivery.reply);
      raw.destroy();
      return;
    case 'drip':
      await write(bytes, delivery, delivery.reply);
      raw.end();
      return;
    case 'malformed':
    case 'unfinished':
      raw.end(bytes);
      return;
  }
}

/** Writes everything at once, or, with a `drip`, a few bytes at a time. */
async function write(bytes: Buffer, drip: Delivery | null, { raw }: FastifyReply): Promise<void> {
  const step = drip === null ? bytes.byteLength : DRIP_BYTES;
  for (let from = 0; from < bytes.byteLength && !raw.destroyed; from += step) {
    await new Promise<void>((resolve) => raw.write(bytes.subarray(from, from + step), () => resolve()));
    if (drip !== null) await delay(drip.fault?.delayMs ?? DRIP_EVERY_MS, undefined, { signal: drip.gone });
  }
}

function stringHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
