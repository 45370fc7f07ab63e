/** A Redis server for a test: started from Debian's binary, and spoiled at will. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { freePort } from './postgres-server.ts';

const INSTALLED_AT = '/usr/bin/redis-server';

/** Told once a run, because a skip that nobody hears of is none. */
export const hasRedis = existsSync(INSTALLED_AT);
if (!hasRedis)
  process.stdout.write('SKIPPED for want of a Redis server: caches and limits shared by Redis\n');

export type RedisServer = {
  url: string;
  /** As a power cut would; `start` brings it back, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It answers nothing and ends no connection. */
  freeze(): void;
  thaw(): void;
};

/** @param more arguments, such as `--maxmemory` */
export async function startRedis(...more: string[]): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess;
  const start = async () => {
    const fixed = ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
    server = spawn(INSTALLED_AT, [...fixed, ...more], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    for await (const chunk of server.stdout ?? []) {
      said += chunk;
      if (said.includes('Ready to accept connections')) return;
    }
    throw new Error(`Redis did not start:\n${said}`);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    async kill() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
    start,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
  };
}
