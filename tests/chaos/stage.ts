/** What chaos happens on: a PostgreSQL server, a network before it, two processes behind one door, and sellers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startSandbox } from '../../sandbox/index.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { findPostgres, startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/running-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { connectedTo, startVitrine, type VitrineProcess } from '../support/vitrine-process.ts';

const SECRET = 'a-secret-of-the-front-door';
const PROCESSES = 2;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Opens it with both processes up. @throws Error where no PostgreSQL server is installed */
export async function openStage() {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('chaos needs an installed PostgreSQL server');
  const server = await startPostgres(binaries);
  const admin = postgres(server.url('postgres'), { max: 1 });
  await admin`create database chaos`;
  await admin.end();
  const network = await startTcpProxy(Number(new URL(server.url('chaos')).port));
  const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  const door = await openFrontDoor();
  const dataDir = mkdtempSync(join(tmpdir(), 'vitrine-chaos-'));
  const living: VitrineProcess[] = [];
  const all: VitrineProcess[] = [];
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: network.through(server.url('chaos')),
    PUBLIC_URL: door.url,
    WEBHOOK_SECRET: SECRET,
    ASYNC_WORKERS: '6',
    FREE_CREDITS: '1000',
    // What falls silent is noticed within the minute that the short form takes.
    QUERY_TIMEOUT: '5',
    IMAGE_STALL_TIMEOUT: '5',
    IMAGE_DEADLINE: '30',
    PROMPT_TIMEOUT: '5',
    CIRCUIT_RESET_TIMEOUT: '5',
  };

  /** Starts one more process; where the database is away just now, as often as it takes. */
  async function joinOne(): Promise<void> {
    const vitrine = await startVitrine({ ...environment, ...connectedTo(sandbox) });
    all.push(vitrine);
    living.push(vitrine);
    door.targets.push(vitrine.url);
  }

  function leave(vitrine: VitrineProcess): void {
    living.splice(living.indexOf(vitrine), 1);
    door.targets.splice(door.targets.indexOf(vitrine.url), 1);
  }

  // The first one migrates the empty database, both at once.
  await Promise.all(Array.from({ length: PROCESSES }, joinOne));
  return {
    server,
    network,
    sandbox,
    living: living as readonly VitrineProcess[],
    /** Every process that there was, for what it said. */
    all: all as readonly VitrineProcess[],
    join: joinOne,
    leave,
    /** As the tests' invariants open it: past the network. */
    home: { environment: { ...environment, DATABASE_URL: server.url('chaos') }, async remove() {} },
    async close(): Promise<void> {
      for (const { send, killUnnoticed } of all) {
        send('SIGCONT');
        await killUnnoticed();
      }
      await sandbox.stop();
      await door.close();
      await network.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
