import { Pool } from 'undici';

/**
 * Posts updates the way Telegram does: so many connections, on each the next update once the one before was
 * answered with 200.
 * @throws Error on any other answer
 */
export async function postUpdates(options: {
  url: string;
  secret: string;
  updates: readonly string[];
  inFlight: number;
}): Promise<number[]> {
  const { origin, pathname } = new URL(options.url);
  const pool = new Pool(origin, { connections: options.inFlight, pipelining: 1 });
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': options.secret,
  };
  const milliseconds: number[] = [];
  let next = 0;
  const lane = async () => {
    for (let body = options.updates[next++]; body !== undefined; body = options.updates[next++]) {
      const startedAt = performance.now();
      const response = await pool.request({ method: 'POST', path: pathname, headers, body });
      await response.body.dump();
      if (response.statusCode !== 200) throw new Error(`an update was answered with ${response.statusCode}`);
      milliseconds.push(performance.now() - startedAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.inFlight }, lane));
  } finally {
    await pool.close();
  }
  return milliseconds;
}
