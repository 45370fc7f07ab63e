import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** What the bot asks for when it has no room. */
const AGAIN_MS = 1000;

export type Poster = ReturnType<typeof createPoster>;

/** Posts updates as Telegram does: over so many connections, on each one at a time. */
export function createPoster(options: { url: string; secret: string; connections: number }) {
  const { origin, pathname } = new URL(options.url);
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': options.secret,
  };

  async function send(body: string): Promise<number> {
    const response = await pool.request({ method: 'POST', path: pathname, headers, body });
    await response.body.dump();
    return response.statusCode;
  }

  /** Posts one update again and again until it is taken, as Telegram does: what has no room is not lost. */
  async function deliver(body: string): Promise<void> {
    while ((await send(body)) !== 200) await delay(AGAIN_MS);
  }

  return {
    deliver,
    /** Keeps every connection busy until all are posted; milliseconds from each first POST to its 200. */
    async postAll(bodies: readonly string[]): Promise<number[]> {
      const milliseconds: number[] = [];
      let next = 0;
      const lane = async () => {
        for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
          const startedAt = performance.now();
          await deliver(body);
          milliseconds.push(performance.now() - startedAt);
        }
      };
      await Promise.all(Array.from({ length: options.connections }, lane));
      return milliseconds;
    },
    close: () => pool.close(),
  };
}
