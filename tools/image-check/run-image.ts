/**
 * Started by main.ts within a network of its own: runs the built image as an owner would run it, and sends a row to
 * its parent for everything that it has found.
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/index.ts';
import { createLog } from '../../src/log.ts';
import { findPostgres, startPostgres } from '../../tests/support/postgres-server.ts';
import { createContainers, type Running } from './container.ts';
import { createPodman } from './podman.ts';
import { exactly, figure, happened, type Row } from './row.ts';
import { largestPhoto, order, type Photo } from './sellers.ts';

const STARTS = 5;
/** An arbitrary user, as OpenShift assigns them: always with the group 0. */
const FOREIGN_USER = '1000720000:0';

const [folder = ''] = process.argv.slice(2);
execFileSync('ip', ['link', 'set', 'lo', 'up']);
const server = await startPostgres(findPostgres() ?? '');
const sandbox = await startSandbox({ port: 0, log: createLog({ level: 'silent', pretty: false }) });
const containers = createContainers(createPodman(folder), {
  folder,
  environment: {
    BOT_TOKEN: sandbox.botToken,
    TELEGRAM_API_ROOT: sandbox.telegramApiRoot,
    OPENAI_BASE_URL: sandbox.openaiBaseUrl,
    OPENAI_API_KEY: sandbox.openaiApiKey,
    IP_RATE_LIMIT: '1000000',
  },
});
const sample: Photo = {
  bytes: await readFile(join(import.meta.dirname, '../../docs/sample-product.jpg')),
  as: 'photo',
};
try {
  await asItsOwnUser();
  await asForeignUser();
} finally {
  await sandbox.stop();
  await server.stop();
}
// The parent's channel would keep this process alive.
process.disconnect?.();

async function asItsOwnUser(): Promise<void> {
  const vitrine = await containers.start({
    memory: '1g',
    environment: { DATABASE_URL: server.url('postgres') },
  });
  report(figure('first start to healthy, empty PostgreSQL', vitrine.startSeconds, 's', 1));
  report(exactly('user', await vitrine.run('id', '-u'), '1000'));
  report(exactly('health check of the image', await vitrine.healthCheck(), 'healthy'));
  await order(sandbox, sample).delivered;
  report(happened('an order delivered, nothing but /data writable'));
  await ignoresTheInspector(vitrine);
  await stopsInTheMiddle(vitrine);
  await startsQuickly(vitrine);
  await survivesTheLargestPhotos(vitrine);
  await server.crash();
  report(exactly('health check without the database', await vitrine.healthCheck(), 'unhealthy'));
  await server.start();
  await vitrine.remove();
}

/** SIGUSR1 would open it; told by the kernel's list of signals that the process listens for. */
async function ignoresTheInspector(vitrine: Running): Promise<void> {
  const [, caught = ''] = /^SigCgt:\s+(\w+)$/m.exec(await vitrine.status()) ?? [];
  const listens = (BigInt(`0x${caught}`) >> BigInt(constants.signals.SIGUSR1 - 1)) & 1n;
  report(exactly('inspector on SIGUSR1', listens === 0n ? 'never' : 'opens', 'never'));
}

async function stopsInTheMiddle(vitrine: Running): Promise<void> {
  const orders = Array.from({ length: 5 }, () => order(sandbox, sample));
  await Promise.all(orders.map(({ placed }) => placed));
  const { code, seconds } = await vitrine.stop();
  report(exactly('exit code after SIGTERM amid five orders', String(code), '0'));
  report(figure('time to stop', seconds, 's', 1));
  await vitrine.startAgain();
  await Promise.all(orders.map(({ delivered }) => delivered));
  report(happened('the five orders delivered after the next start'));
}

async function startsQuickly(vitrine: Running): Promise<void> {
  const seconds: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    await vitrine.stop();
    seconds.push(await vitrine.startAgain());
  }
  const median = seconds.toSorted((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
  report(figure('later start to healthy, median of five', median, 's', 1));
}

async function survivesTheLargestPhotos(vitrine: Running): Promise<void> {
  const photo = await largestPhoto();
  await Promise.all(Array.from({ length: 8 }, () => order(sandbox, photo).delivered));
  report(happened('eight orders of 48 megapixels at once delivered, in 1 GB'));
  report(figure('most memory of the process', peakMegabytes(await vitrine.status()), 'MB'));
}

/** The most memory that the process ever had, without the kernel's caches of files. */
function peakMegabytes(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1000;
}

/** With the embedded database, so that /data is put to use; making that one takes 1.2 GB for some seconds. */
async function asForeignUser(): Promise<void> {
  const vitrine = await containers.start({
    memory: '2g',
    user: FOREIGN_USER,
    environment: { EMBEDDED_DATABASE: 'accept' },
  });
  report(figure('first start of a foreign user, embedded database', vitrine.startSeconds, 's', 1));
  report(exactly('foreign user', await vitrine.run('id', '-u'), '1000720000'));
  report(exactly('health check as a foreign user', await vitrine.healthCheck(), 'healthy'));
  await order(sandbox, sample).delivered;
  report(happened('an order delivered by a foreign user'));
  report(exactly('exit code of a foreign user', String((await vitrine.stop()).code), '0'));
  await vitrine.remove();
}

function report(row: Row): void {
  process.send?.(row);
}
