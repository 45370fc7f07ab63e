import { chmod, chown, mkdtemp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { IMAGE } from './built-image.ts';
import type { Podman } from './podman.ts';

const HEALTH = 'http://127.0.0.1:3000/health';
const HEALTHY_WITHIN_MS = 180_000;

/** As compose.yaml runs it. */
const HARDENED = [
  ...['--read-only', '--read-only-tmpfs=false', '--cap-drop', 'all', '--security-opt', 'no-new-privileges'],
  // Podman would raise both, for which it may lack the capability.
  ...['--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=4096:4096'],
];

export type Running = Awaited<ReturnType<ReturnType<typeof createContainers>['start']>>;

/** Runs the image in the network that this process has. `environment` is what all containers get. */
export function createContainers(
  podman: Podman,
  { folder, environment }: { folder: string; environment: Readonly<Record<string, string>> },
) {
  const name = 'vitrine';

  /**
   * Starts a container and waits until it is healthy.
   * @param options.memory the most that it may have, in podman's words, such as `1g`
   * @param options.user `uid:gid`; the image's own unless given
   */
  async function start(options: {
    memory: string;
    user?: string;
    environment?: Readonly<Record<string, string>>;
  }) {
    const variables = Object.entries({ ...environment, ...options.environment });
    const data = await makeDataFolder();
    const startSeconds = await untilHealthy(() =>
      podman(
        ...['run', '--detach', '--name', name, '--network', 'host', ...HARDENED, '--volume', `${data}:/data`],
        ...variables.flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
        ...['--memory', options.memory, '--memory-swap', options.memory],
        ...(options.user === undefined ? [] : ['--user', options.user]),
        IMAGE,
      ),
    );
    return {
      startSeconds,
      /** @returns seconds until it was healthy */
      startAgain: () => untilHealthy(() => podman('start', name)),
      /** Runs a command within. @returns its output */
      run: (...command: readonly string[]) => podman('exec', name, ...command),
      /** What the image's own HEALTHCHECK says, once. */
      healthCheck: () =>
        podman('healthcheck', 'run', name).then(
          () => 'healthy',
          () => 'unhealthy',
        ),
      /** The image's stop signal, and SIGKILL after compose.yaml's grace. */
      async stop(): Promise<{ code: number; seconds: number }> {
        const startedAt = performance.now();
        await podman('stop', '--time', '60', name);
        const seconds = (performance.now() - startedAt) / 1000;
        return { code: Number(await podman('inspect', '--format', '{{.State.ExitCode}}', name)), seconds };
      },
      /** What the kernel tells of the process, as in /proc/<pid>/status. */
      status: () => podman('exec', name, 'cat', '/proc/1/status'),
      remove: () => podman('rm', '--force', name),
    };
  }

  /** A folder of the host with the owner and the rights of the image's /data, which a volume would have as well. */
  async function makeDataFolder(): Promise<string> {
    const data = await mkdtemp(join(folder, 'data-'));
    const image = await podman('image', 'mount', IMAGE);
    const { mode, uid, gid } = await stat(join(image, 'data'));
    await chown(data, uid, gid);
    await chmod(data, mode & 0o7777);
    await podman('image', 'unmount', IMAGE);
    return data;
  }

  async function untilHealthy(begin: () => Promise<unknown>): Promise<number> {
    const startedAt = performance.now();
    await begin();
    while (performance.now() - startedAt < HEALTHY_WITHIN_MS) {
      const answer = await fetch(HEALTH).catch(() => null);
      if (answer?.ok) return (performance.now() - startedAt) / 1000;
      await pause(20);
    }
    throw new Error(`it is not healthy after three minutes:\n${await podman('logs', name)}`);
  }

  return { start };
}
