import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Podman } from './podman.ts';

const runFile = promisify(execFile);
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a Dockerfile starts from: `node:24-bookworm-slim` is Node 24 on Debian bookworm. */
export type Base = { image: string; nodeMajor: string; suite: string };

/** The base that a Dockerfile names. @throws Error for one that this check cannot make */
export function readBase(dockerfile: string): Base {
  const [, image, nodeMajor, suite] = /^FROM (node:(\d+)-([a-z]+)-slim)$/m.exec(dockerfile) ?? [];
  if (image === undefined || nodeMajor === undefined || suite === undefined) {
    throw new Error('the Dockerfile does not start FROM node:<version>-<Debian release>-slim');
  }
  return { image, nodeMajor, suite };
}

/**
 * Makes an image like the official one, under its name, out of Debian's packages, the Node that runs this and the
 * npm that started it. It lacks yarn and the entry point that puts `node` before an argument that is no program.
 * @param npmCli npm's own `bin/npm-cli.js`
 */
export async function makeBaseImage(
  podman: Podman,
  base: Base,
  { folder, npmCli }: { folder: string; npmCli: string },
): Promise<void> {
  const root = join(folder, 'base');
  await runFile('debootstrap', ['--variant=minbase', base.suite, root], { maxBuffer: 16 * 1024 * 1024 });
  // The official image has none of these either; they would make the size that is held against it too small.
  for (const unused of [
    'var/cache/apt',
    'var/lib/apt/lists',
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
  ]) {
    await rm(join(root, unused), { recursive: true });
    await mkdir(join(root, unused));
  }
  await putNode(join(root, 'usr/local'), npmCli);
  await runFile('chroot', [root, 'groupadd', '--gid', '1000', 'node']);
  await runFile('chroot', [root, 'useradd', '--uid', '1000', '--gid', 'node', '--create-home', 'node']);
  const archive = `${root}.tar`;
  await runFile('tar', ['--directory', root, '--create', '--file', archive, '.']);
  const settings = ['--change', `ENV PATH=${PATH}`, '--change', 'CMD ["node"]'];
  await podman('import', ...settings, archive, `docker.io/library/${base.image}`);
  await Promise.all([root, archive].map((path) => rm(path, { recursive: true })));
}

async function putNode(local: string, npmCli: string): Promise<void> {
  await cp(process.execPath, join(local, 'bin/node'));
  await chmod(join(local, 'bin/node'), 0o755);
  await mkdir(join(local, 'lib/node_modules'), { recursive: true });
  await cp(dirname(dirname(npmCli)), join(local, 'lib/node_modules/npm'), {
    recursive: true,
    dereference: true,
  });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  await runFile('chown', ['--recursive', '0:0', local]);
}
