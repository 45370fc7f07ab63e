import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Base } from './base-image.ts';
import type { Podman } from './podman.ts';
import { atMost, exactly, figure, type Row } from './row.ts';

export const IMAGE = 'localhost/vitrine:check';
/** What the image adds to its base; measured 158. The cache of npm alone, left behind, would be as much again. */
const MOST_ADDED_MB = 170;
const CERTIFICATES = '/etc/ssl/certs';

/**
 * Builds the Dockerfile as it stands. The host's certificates and settings of npm are lent to the steps, for hosts
 * that reach the registry of packages by a way of their own; nothing of them stays in the image.
 */
export async function buildImage(
  podman: Podman,
  root: string,
  npmSettings: string | undefined,
): Promise<Row> {
  const lent = [
    ...(existsSync(CERTIFICATES) ? ['--volume', `${CERTIFICATES}:${CERTIFICATES}:ro`] : []),
    ...(npmSettings !== undefined && existsSync(npmSettings)
      ? ['--volume', `${npmSettings}:/usr/local/etc/npmrc:ro`]
      : []),
  ];
  const startedAt = performance.now();
  // Docker's format, because the other one has no HEALTHCHECK.
  const how = ['--format', 'docker', '--isolation', 'chroot', '--network', 'host', '--pull=never'];
  await podman('build', ...how, ...lent, '--tag', IMAGE, root);
  const seconds = (performance.now() - startedAt) / 1000;
  return figure('time to build', seconds, 's');
}

/** What the image weighs, and what must not lie in it. */
export async function inspectImage(podman: Podman, base: Base): Promise<Row[]> {
  const megabytes = async (image: string) =>
    Number(await podman('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6;
  const whole = await megabytes(IMAGE);
  const added = whole - (await megabytes(`docker.io/library/${base.image}`));
  const folder = await podman('image', 'mount', IMAGE);
  const has = (path: string) => existsSync(join(folder, path));
  const idle = [
    ...['root/.npm', 'app/sandbox', 'app/tools', 'app/tests', 'app/.env'].filter(has),
    ...readdirSync(join(folder, 'app/node_modules')).filter((name) => /^node-(linux|win|darwin)/.test(name)),
    ...readdirSync(join(folder, 'tmp')).map((name) => `tmp/${name}`),
  ];
  const cache = 'app/node_modules/.cache/vitrine';
  const compiled = has(cache) ? readdirSync(join(folder, cache)) : [];
  await podman('image', 'unmount', IMAGE);
  return [
    figure('size', whole, 'MB'),
    atMost('size without the base', added, MOST_ADDED_MB, 'MB'),
    exactly('what nothing in it needs', idle.join(' ') || 'nothing', 'nothing'),
    exactly(
      'users whose code is compiled',
      compiled.map((name) => name.split('-').at(-1)).join(' ') || 'none',
      '1000',
    ),
  ];
}
