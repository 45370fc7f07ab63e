/** What an address says of TLS, with each driver, on a server whose certificate a private authority has signed. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { connectServer } from '../../../src/database/driver.ts';
import { findServer, pgOptions, type Server } from '../../../src/database/server.ts';
import { watchForSilence } from '../../../src/database/silence.ts';
import { refuseToStart } from '../../../src/database/start-fault.ts';
import { createServerDatabase } from '../../support/database.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { silentLog } from '../../support/running-app.ts';
import '../../support/provided.ts';

const source = inject('testDatabase');

/** What pg-boss has inside, of which nothing else here knows. */
type PgClient = {
  connect(): Promise<void>;
  query(text: string): Promise<{ rows: unknown[] }>;
  end(): Promise<void>;
  on(event: 'error', heard: () => void): void;
};
const { Client }: { Client: new (options: object) => PgClient } = createRequire(
  import.meta.resolve('pg-boss'),
)('pg');

const QUESTION = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

const DRIVERS: Record<string, (server: Server) => Promise<unknown>> = {
  async 'postgres.js'(server) {
    const client = connectServer(server, { max: 1, ...watchForSilence(30_000) });
    try {
      return (await client.unsafe(QUESTION))[0];
    } finally {
      await client.end({ timeout: 0 });
    }
  },
  async pg(server) {
    const client = new Client(pgOptions(server));
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(QUESTION)).rows[0];
    } finally {
      await client.end();
    }
  },
};

type Outcome = 'encrypted' | 'plain' | RegExp;
const STRANGER = /not signed by an authority that is trusted here/;
const OTHER_HOST = /certificate is for another host/;

/** ROOT stands for the file of the authority. */
const CASES: readonly [string, string, Outcome][] = [
  ['127.0.0.1', '', 'encrypted'],
  ['127.0.0.1', 'sslmode=disable', 'plain'],
  ['127.0.0.1', 'sslmode=prefer', 'encrypted'],
  ['127.0.0.1', 'sslmode=require', 'encrypted'],
  ['127.0.0.1', 'sslmode=no-verify&sslrootcert=ROOT', 'encrypted'],
  ['127.0.0.1', 'sslmode=require&channel_binding=require&uselibpqcompat=true', 'encrypted'],
  ['127.0.0.1', 'sslmode=require&sslrootcert=ROOT', 'encrypted'],
  ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=ROOT', 'encrypted'],
  ['127.0.0.1', 'sslmode=verify-full&sslrootcert=ROOT', OTHER_HOST],
  ['localhost', 'sslmode=verify-full&sslrootcert=ROOT', 'encrypted'],
  ['localhost', 'sslrootcert=ROOT', 'encrypted'],
  ['localhost', 'sslmode=verify-full', STRANGER],
  ['localhost', 'ssl=true', STRANGER],
  ['localhost', 'sslmode=require&sslrootcert=system', STRANGER],
];

describe.runIf(source.kind === 'server')('on a server with TLS', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    const binaries = findPostgres();
    if (binaries === null) throw new Error('no PostgreSQL server is installed');
    server = await startPostgres(binaries, { tls: true });
  });
  afterAll(() => server.stop());

  const url = (host: string, query: string) =>
    `${server.url('postgres').replace('127.0.0.1', host)}?${query.replace('ROOT', encodeURIComponent(server.authority))}`;

  describe.each(Object.entries(DRIVERS))('%s', (_name, ask) => {
    test.each(CASES)('%s with “%s” is %s', async (host, query, outcome) => {
      const answer = ask(await findServer(url(host, query)));
      if (outcome instanceof RegExp) {
        const error = await answer.then(
          () => new Error('it connected'),
          (reason) => reason,
        );
        expect(refuseToStart(error)?.message).toMatch(outcome);
      } else {
        expect(await answer).toEqual({ ssl: outcome === 'encrypted' });
      }
    });
  });

  test('a whole start is refused in one sentence when the certificate is not trusted', async () => {
    await expect(start(url('localhost', 'sslmode=verify-full'))).rejects.toThrow(STRANGER);
  });

  test('a file of an authority that is not there is named', async () => {
    await expect(start(url('localhost', 'sslrootcert=/nowhere/ca.pem'))).rejects.toThrow(
      /\/nowhere\/ca\.pem as its sslrootcert/,
    );
  });

  test('a database that there is not is said to be missing', async () => {
    await expect(start(server.url('nowhere'))).rejects.toThrow(/no database of the name.*CREATE DATABASE/);
  });
});

describe.runIf(source.kind === 'server')('on a server without TLS', () => {
  test.each(['', 'sslmode=prefer'])('“%s” connects in plain', async (query) => {
    const database = await openStage();
    for (const ask of Object.values(DRIVERS)) {
      expect(await ask(await findServer(`${database}?${query}`))).toEqual({ ssl: false });
    }
  });

  test.each(['require', 'verify-full'])('sslmode=%s is refused, and says what to do', async (mode) => {
    await expect(start(`${await openStage()}?sslmode=${mode}`)).rejects.toThrow(
      /takes no encrypted connections/,
    );
  });

  async function openStage(): Promise<string> {
    if (source.kind !== 'server') throw new Error('the server was asked for');
    const { url, drop } = await createServerDatabase(source.url);
    onTestFinished(drop);
    return url;
  }
});

async function start(url: string): Promise<string> {
  const handle = await openDatabase(
    {
      kind: 'server',
      url,
      directUrl: null,
      poolMaxSize: 1,
      connectTimeoutMs: 30_000,
      recycleMs: 3_600_000,
      queryTimeoutMs: 30_000,
    },
    silentLog,
  );
  await handle.close();
  return 'it started';
}
