/**
 * From the start of the process to the first answered update: `node src/main.ts` as in production, polling, on
 * a PostgreSQL server that is ready and migrated, with one text message waiting at the double of the Bot API. With the
 * compiled code that starts before left behind, and without any, in turn.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, describe, median, printRows, progress, rounds } from './row.ts';
import { type Child, startChild } from './support/child.ts';
import { withPostgres } from './support/postgres.ts';
import { startOf, THIS_VERSION } from './support/versions.ts';

const ROUNDS = rounds(7);
const LIMIT_MS = 1500;
/** Node's own word for a start that neither reads nor keeps compiled code. */
const WITHOUT_CACHE = { NODE_DISABLE_COMPILE_CACHE: '1' };
const TOKEN = `1:${'o'.repeat(35)}`;

export async function run(): Promise<BenchRow[]> {
  return withPostgres('the start', async (databases) => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-start-'));
    const stub = await startChild<{ url: string }>('telegram-stub.ts', {});
    const environment = {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      PORT: '0',
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: stub.hello.url,
      OPENAI_API_KEY: 'unused',
      DATABASE_URL: await databases.create('start'),
    };
    try {
      const milliseconds: number[] = [];
      const without: number[] = [];
      let updateId = 0;
      const start = (extra: Record<string, string>) =>
        startOnce(stub, { environment: { ...environment, ...extra }, folder, updateId: ++updateId });
      // The first start warms the file system's cache, as a deployment's would be, and leaves the compiled code behind.
      await start({});
      for (let round = 0; round < ROUNDS; round++) {
        milliseconds.push(await start({}));
        without.push(await start(WITHOUT_CACHE));
        progress(`start ${round + 1} of ${ROUNDS}`);
      }
      return [
        {
          what: 'from start to first answered update, PostgreSQL ready',
          measured: `${describe(milliseconds, 0)} ms`,
          against: `${describe(without, 0)} ms without compiled code`,
          ratio: median(milliseconds),
          limit: `≤ ${LIMIT_MS} ms`,
          ok: median(milliseconds) <= LIMIT_MS,
        },
      ];
    } finally {
      await stub.stop();
      await rm(folder, { recursive: true });
    }
  });
}

async function startOnce(
  stub: Child,
  about: { environment: Record<string, string>; folder: string; updateId: number },
): Promise<number> {
  stub.send({ token: TOKEN, expect: 1, poll: { firstId: about.updateId, people: 1000 } });
  const startedAt = performance.now();
  const { execArgv, env } = startOf(THIS_VERSION);
  const vitrine = spawn(process.execPath, [...execArgv, join(THIS_VERSION, 'src/main.ts')], {
    // A folder without an .env file.
    cwd: about.folder,
    env: { ...env, ...about.environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(vitrine, 'exit');
  try {
    const [code] = await Promise.race([stub.next().then(() => [null]), exited]);
    if (code !== null) throw new Error(`Vitrine ended with ${code} instead of answering`);
    return performance.now() - startedAt;
  } finally {
    vitrine.kill('SIGTERM');
    await exited;
  }
}

if (import.meta.main) printRows(await run());
