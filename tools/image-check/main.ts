/** `npm run image:check`: builds the Dockerfile as it stands and runs the image. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/command-line.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { type Base, makeBaseImage, readBase } from './base-image.ts';
import { buildImage, inspectImage } from './built-image.ts';
import { createPodman } from './podman.ts';
import { exactly, type Row } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Debian's packages: debootstrap, podman, runc, iproute2, util-linux. */
const COMMANDS = ['debootstrap', 'podman', 'runc', 'ip', 'unshare'];

const COMMAND = {
  usage: 'npm run image:check',
  about: `Builds the Dockerfile as it stands and runs the image, with no registry of images and no daemon. Prints a table
and ends with 1 when a line of it is not as it must be; where it cannot run it says “skipped” and why, and ends with 0.
It takes some minutes.`,
};

await runCommand(COMMAND, async () => {
  const base = readBase(await readFile(join(ROOT, 'Dockerfile'), 'utf8'));
  const obstacle = findObstacle(base);
  if (obstacle === null) return print(await check(base)) ? 0 : 1;
  console.log(`image:check is skipped: ${obstacle}`);
  return 0;
});

function findObstacle({ nodeMajor, suite }: Base): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root, for containers without a daemon';
  const missing = COMMANDS.filter((command) => spawnSync('which', [command]).status !== 0);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (findPostgres() === null) return 'no PostgreSQL server is installed';
  if (!existsSync(`/usr/share/debootstrap/scripts/${suite}`)) return `debootstrap does not know ${suite}`;
  if (process.version.split('.')[0] !== `v${nodeMajor}`) {
    return `the image has Node ${nodeMajor}, and this is ${process.version}`;
  }
  if (npmCli() === undefined) return 'it was not started by npm, whose files the image needs';
  return null;
}

/** npm tells what it starts where it lies itself. */
function npmCli(): string | undefined {
  return process.env.npm_execpath;
}

async function check(base: Base): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-image-check-'));
  const podman = createPodman(folder);
  try {
    console.log(`making ${base.image} out of Debian's packages`);
    await makeBaseImage(podman, base, { folder, npmCli: npmCli() ?? '' });
    console.log('building the image');
    const built = await buildImage(podman, ROOT, process.env.npm_config_globalconfig);
    const inspected = await inspectImage(podman, base);
    console.log('running the image');
    return [built, ...inspected, ...(await runImage(folder))];
  } finally {
    await podman('rm', '--all', '--force');
    // Podman binds this folder onto itself.
    spawnSync('umount', ['--lazy', join(folder, 'storage/overlay')]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a network of its own that has nothing but loopback: every port is free, and nothing leaves the machine. */
async function runImage(folder: string): Promise<Row[]> {
  const child = fork(join(import.meta.dirname, 'run-image.ts'), [folder], {
    execPath: 'unshare',
    execArgv: ['--net', process.execPath],
  });
  const rows: Row[] = [];
  child.on('message', (row: Row) => {
    console.log(`${row.what}: ${row.found}`);
    rows.push(row);
  });
  const [code] = await once(child, 'exit');
  // What kept it from that has been written to standard error.
  return [...rows, exactly('run to the end', code === 0 ? 'yes' : 'no', 'yes')];
}

/** @returns whether every line is as it must be */
function print(rows: readonly Row[]): boolean {
  console.table(rows);
  return rows.every((row) => row.ok);
}
