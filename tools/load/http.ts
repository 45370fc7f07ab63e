/** How many requests the HTTP server answers, and how soon. */
import { Pool } from 'undici';
import { quantile } from '../../bench/row.ts';
import { atLeast, atMost, count, type Finding, percent, seconds } from './finding.ts';

/** As many as a proxy keeps open. */
const CONNECTIONS = 32;
const LASTS_MS = 2_000;
/** KPIs of the documents (S3-50): requests a second, milliseconds, and the share of errors. */
const REQUESTS_A_SECOND = 1_000;
const P95_MS = 500;
const P99_MS = 1_000;
const ERRORS = 0.01;

/** @param token of the owner; null leaves the routes behind it out */
export async function tryHttp(appUrl: string, token: string | null): Promise<Finding[]> {
  const live = await ask(appUrl, '/api/health/live', {});
  if (token === null) return live;
  const headers = { authorization: `Bearer ${token}` };
  return [...live, ...(await ask(appUrl, '/api/performance/system', headers))];
}

async function ask(appUrl: string, path: string, headers: Record<string, string>): Promise<Finding[]> {
  const pool = new Pool(appUrl, { connections: CONNECTIONS, pipelining: 1 });
  const times: number[] = [];
  let errors = 0;
  const until = performance.now() + LASTS_MS;
  const lane = async () => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
      await body.dump();
      times.push(performance.now() - startedAt);
      if (statusCode !== 200) errors += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  } finally {
    await pool.close();
  }
  return [
    atLeast(`${path}, requests a second`, times.length / (LASTS_MS / 1000), REQUESTS_A_SECOND, count),
    atMost(`${path}, p95`, quantile(times, 0.95), P95_MS, seconds),
    atMost(`${path}, p99`, quantile(times, 0.99), P99_MS, seconds),
    atMost(`${path}, errors`, errors / times.length, ERRORS, percent),
  ];
}
