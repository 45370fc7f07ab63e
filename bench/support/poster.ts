import { Pool } from 'undici';

export type Poster = ReturnType<typeof createPoster>;

/** Posts updates as Telegram does: over so many connections, on each one at a time. */
export function createPoster(options: { url: string; secret: string; connections: number }) {
  const { origin, pathname } = new URL(options.url);
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': options.secret,
  };

  /** Posts one update, when a connection is free. @throws Error on any answer but 200 */
  async function post(body: string): Promise<void> {
    const response = await pool.request({ method: 'POST', path: pathname, headers, body });
    await response.body.dump();
    if (response.statusCode !== 200) throw new Error(`an update was answered with ${response.statusCode}`);
  }

  return {
    post,
    /** Keeps every connection busy until all are posted; milliseconds from each POST to its 200. */
    async postAll(bodies: readonly string[]): Promise<number[]> {
      const milliseconds: number[] = [];
      let next = 0;
      const lane = async () => {
        for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
          const startedAt = performance.now();
          await post(body);
          milliseconds.push(performance.now() - startedAt);
        }
      };
      await Promise.all(Array.from({ length: options.connections }, lane));
      return milliseconds;
    },
    close: () => pool.close(),
  };
}
