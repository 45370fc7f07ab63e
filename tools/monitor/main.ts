/** `npm run monitor -- --interval 5`: the figures of a running Vitrine, a line at a time. */
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand, UsageError } from '../../src/command-line.ts';
import { readConfig } from '../../src/config.ts';
import { StartRefused } from '../../src/errors.ts';
import type { Figures } from '../../src/monitoring/figures.ts';
import { figuresLine, headerLine, timeOf } from './line.ts';

const command = {
  usage: 'npm run monitor -- [--interval 5] [--url http://127.0.0.1:3000] [--lines 0]',
  about: `Prints the figures of a running Vitrine: processor, memory, disk, the event loop's delay, requests of the last
five minutes with their p50, p95 and errors, caches, jobs (in work+waiting), image tasks that wait, the pool of the
database and its lock waits, open circuits. It asks /api/performance with ADMIN_API_TOKEN, from the environment or .env.
Goes on until it is stopped; what cannot be reached is said and asked again. Ends with 1 when the token is refused.`,
  options: {
    interval: { type: 'string', about: 'seconds between two lines (5)' },
    url: { type: 'string', about: 'where it runs; HOST and PORT unless told' },
    lines: { type: 'string', about: 'end after so many lines (0: never)' },
  },
} as const;

const LINES_A_HEADER = 20;
const ANSWER_LIMIT_MS = 10_000;

await runCommand(command, async (_, options) => {
  const intervalMs = numberOf('interval', options.interval ?? '5', 0.1, 3600) * 1000;
  const lines = numberOf('lines', options.lines ?? '0', 0, 1e9);
  const { monitoring, http } = readConfig();
  if (monitoring.apiToken === null)
    throw new StartRefused('ADMIN_API_TOKEN is not set here. Set it to that of the Vitrine to be watched.');
  const url = new URL('/api/performance', String(options.url ?? `http://${http.host}:${http.port}`));
  for (let line = 0; lines === 0 || line < lines; line++) {
    if (line > 0) await delay(intervalMs);
    if (line % LINES_A_HEADER === 0) console.log(headerLine());
    console.log(await look(url, monitoring.apiToken));
  }
});

/** @throws StartRefused when the token is not that of the process */
async function look(url: URL, token: string): Promise<string> {
  const at = new Date();
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
  try {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
    if (answer.status === 401)
      throw new StartRefused(
        `${url.origin} does not take this ADMIN_API_TOKEN; it has another one, or none.`,
      );
    if (!answer.ok) return `${timeOf(at)} ${url.href} answers with ${answer.status}`;
    const { data } = (await answer.json()) as { data: Figures };
    return figuresLine(data, at);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    return `${timeOf(at)} ${url.origin} cannot be reached`;
  }
}

function numberOf(name: string, text: string | boolean, least: number, most: number): number {
  const value = Number(text);
  if (Number.isNaN(value) || value < least || value > most)
    throw new UsageError(`--${name} is a number from ${least} to ${most}.`);
  return value;
}
