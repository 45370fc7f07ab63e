/** A PostgreSQL server for one test run: started from Debian's binaries in a folder of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALLED_AT = '/usr/lib/postgresql';

/** The folder with `initdb` and `postgres` of the newest installed server, or null where there is none. */
export function findPostgres(): string | null {
  if (!existsSync(INSTALLED_AT)) return null;
  const versions = readdirSync(INSTALLED_AT).sort((a, b) => Number(b) - Number(a));
  const folders = versions.map((version) => join(INSTALLED_AT, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'postgres'))) ?? null;
}

/** It outlives its processes (`crash`), and no machine; and its log of changes must not fill a folder in memory. */
const THROWN_AWAY = { fsync: 'off', full_page_writes: 'off', max_wal_size: '256MB' };

export type PostgresServer = {
  url(database: string): string;
  /** The file of the authority that signed its certificate, where it has TLS. */
  authority: string;
  /** Stops it as a power cut would, and resolves when it is gone; `start` brings it back with its data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a server that answers on loopback; data is not made safe against power loss, because it is thrown away.
 * @param tls it takes encrypted connections as well, with a certificate of a private authority
 * @param settings parameters of the server, by their names in its documentation
 */
export async function startPostgres(
  binaries: string,
  { tls = false, settings: extra = {} }: { tls?: boolean; settings?: Readonly<Record<string, string>> } = {},
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-'));
  const owner = serverUser();
  chmodSync(folder, 0o700);
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const as = { ...(owner ?? {}), cwd: folder, stdio: 'ignore' as const };
  const data = join(folder, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'vitrine', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    as,
  );
  const port = await freePort();
  if (tls) makeCertificate(data, owner);
  const parameters = { ...THROWN_AWAY, max_connections: '300', ssl: tls ? 'on' : 'off', ...extra };
  const settings = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = () =>
    spawn(
      join(binaries, 'postgres'),
      ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', ...settings],
      as,
    );
  const ready = () => untilReady(join(binaries, 'pg_isready'), port);
  let server = launch();
  const end = async (signal: 'SIGINT' | 'SIGQUIT') => {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  await ready();
  return {
    url: (database: string) => `postgres://vitrine@127.0.0.1:${port}/${database}`,
    authority: join(data, AUTHORITY),
    crash: () => end('SIGQUIT'),
    async start() {
      server = launch();
      await ready();
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A private authority, and a certificate by it for `localhost` and no other host, in the files that the server looks
 * for; Debian's package brings openssl.
 */
function makeCertificate(data: string, owner: { uid: number; gid: number } | null): void {
  const file = (name: string) => join(data, name);
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: data, stdio: 'ignore' });
  const newKey = 'req -newkey rsa:2048 -nodes';
  openssl(`${newKey} -x509 -days 30 -subj /CN=authority -keyout authority.key -out ${AUTHORITY}`);
  openssl(`${newKey} -subj /CN=localhost -keyout server.key -out server.csr`);
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost');
  openssl(
    `x509 -req -days 30 -in server.csr -CA ${AUTHORITY} -CAkey authority.key -CAcreateserial -extfile names -out server.crt`,
  );
  chmodSync(file('server.key'), 0o600);
  if (owner !== null)
    for (const name of ['server.key', 'server.crt']) chownSync(file(name), owner.uid, owner.gid);
}

const AUTHORITY = 'authority.pem';

/** The server refuses to run as root; Debian's package brings a user for it. */
export function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function untilReady(pgIsReady: string, port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const probe = spawn(pgIsReady, ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const [code] = await once(probe, 'exit');
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the PostgreSQL server for the tests did not start within a minute');
}
