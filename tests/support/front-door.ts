/** What stands before several processes of a bot: one address, whose requests go to them in turn. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FrontDoor = {
  url: string;
  /** The addresses behind it, which may change at any time; one that does not answer is passed over. */
  targets: string[];
  close(): Promise<void>;
};

export async function openFrontDoor(): Promise<FrontDoor> {
  const targets: string[] = [];
  let turn = 0;
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    const headers = { 'content-type': 'application/json', ...secretOf(request) };
    turn += 1;
    for (let next = 0; next < targets.length; next++) {
      const target = targets[(turn + next) % targets.length];
      try {
        const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body });
        response.writeHead(answer.status).end();
        return;
      } catch {
        // It has died: the next one takes it, as a load balancer would have it.
      }
    }
    response.writeHead(503).end();
  }

  return {
    url: `http://127.0.0.1:${port}`,
    targets,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function secretOf(request: IncomingMessage): Record<string, string> {
  const secret = request.headers['x-telegram-bot-api-secret-token'];
  return typeof secret === 'string' ? { 'x-telegram-bot-api-secret-token': secret } : {};
}
