import type { FastifyReply } from 'fastify';
import type { ChatEvent } from './chats.ts';

/**
 * Answers with server-sent events until the other side leaves: `watch` is given the writer and gives back how to
 * stop. Each event is named by its kind and carries the rest of it as JSON.
 */
export function streamEvents(
  reply: FastifyReply,
  watch: (watcher: (event: ChatEvent) => void) => () => void,
): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  // A comment, so that the headers leave at once and the page knows that it hears everything from here on.
  reply.raw.write(': connected\n\n');
  const stop = watch((event) => {
    reply.raw.write(`event: ${event.kind}\ndata: ${JSON.stringify(dataOf(event))}\n\n`);
  });
  reply.raw.once('close', stop);
}

function dataOf(event: ChatEvent): unknown {
  switch (event.kind) {
    case 'message':
      return event.message;
    case 'commands':
      return event.commands;
    case 'deleted':
    case 'action':
    case 'callback-answer':
    case 'reaction': {
      const { kind: _, ...data } = event;
      return data;
    }
  }
}
