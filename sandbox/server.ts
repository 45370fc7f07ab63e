import { type FastifyInstance, fastify } from 'fastify';

const HOST = '127.0.0.1';
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const MAX_JSON_BYTES = 32 * 1024 * 1024;

/**
 * The sandbox's server: on this machine's loopback and nowhere else. A web page of another site can reach
 * loopback through its reader's browser, so a request is refused when its Host is not this machine (a name that
 * was rebound) or its Origin is another page.
 */
export function createServer(): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: MAX_JSON_BYTES, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    if (isLoopback(`http://${host ?? ''}`) && (origin === undefined || origin === `http://${host}`)) return;
    await reply.code(403).send({ error: 'The sandbox answers to this machine only' });
  });
  return app;
}

/** Starts to listen. @throws when the port is taken. */
export async function listen(app: FastifyInstance, port: number): Promise<string> {
  return app.listen({ host: HOST, port });
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK_NAMES.includes(new URL(address).hostname);
}
