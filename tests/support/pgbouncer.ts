/** A real PgBouncer before a server, with a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePort, serverUser } from './postgres-server.ts';

const INSTALLED_AT = '/usr/sbin/pgbouncer';

/** Where it is not installed, tests that need it tell so and are skipped. */
export const hasPgbouncer = existsSync(INSTALLED_AT);
if (!hasPgbouncer) process.stdout.write('SKIPPED for want of PgBouncer: databases behind a pooler\n');

export type PoolMode = 'session' | 'transaction' | 'statement';

/**
 * Starts one that refuses what it does not know at the beginning of a connection, as it does unless told otherwise.
 * @param serverUrl of a server on loopback that asks for no password
 * @param settings lines of its own, such as `server_round_robin = 1`
 */
export async function startPgbouncer(
  serverUrl: string,
  mode: PoolMode,
  settings: readonly string[] = [],
): Promise<{ through(url: string): string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-pgbouncer-'));
  const owner = serverUser();
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    [
      '[databases]',
      `* = host=127.0.0.1 port=${new URL(serverUrl).port} user=vitrine`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      `pool_mode = ${mode}`,
      'default_pool_size = 30',
      'max_client_conn = 300',
      ...settings,
      '',
    ].join('\n'),
  );
  chmodSync(folder, 0o700);
  if (owner !== null) for (const path of [folder, file]) chownSync(path, owner.uid, owner.gid);
  const child = spawn(INSTALLED_AT, [file], { ...(owner ?? {}), cwd: folder, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const through = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  await untilListening(through(serverUrl), exited);
  return {
    through,
    async stop() {
      child.kill('SIGTERM');
      child.kill('SIGQUIT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(url: string, exited: Promise<unknown>): Promise<void> {
  let over = false;
  exited.then(() => {
    over = true;
  });
  for (let tries = 0; tries < 300; tries++) {
    if (over) throw new Error('PgBouncer ended as it began');
    const probe = postgres(url, { max: 1, fetch_types: false, prepare: false, connect_timeout: 10 });
    const answered = await probe`select 1`.then(
      () => true,
      () => false,
    );
    await probe.end({ timeout: 0 });
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PgBouncer did not start');
}
