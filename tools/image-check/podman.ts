import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Resolves to what the command wrote on standard output, trimmed. @throws Error with what it wrote on standard error */
export type Podman = (...args: readonly string[]) => Promise<string>;

/** Podman that keeps images and containers in `folder`: nothing of the machine's own is seen, changed or left behind. */
export function createPodman(folder: string): Podman {
  const own = [
    ...['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--tmpdir', join(folder, 'tmp')],
    // crun refuses machines that have both versions of cgroups; neither systemd nor a journal is needed.
    ...['--runtime', 'runc', '--cgroup-manager', 'cgroupfs', '--events-backend', 'none'],
  ];
  return async (...args) => {
    const { stdout } = await runFile('podman', [...own, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  };
}
