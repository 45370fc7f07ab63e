/**
 * `node start.mjs [options of Node] program [arguments]`: runs a program of this project on a Node that can run
 * TypeScript as it is: this one where it can, else a packaged one. It stands behind every npm script.
 *
 * Plain JavaScript, and nothing that Node 18 lacks: it is read by the very Nodes that it replaces or refuses.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chooseNode, findPackage } from './tools/starter/choose-node.mjs';
import { MALLOC } from './tools/starter/malloc.mjs';
import { runProcess, watchParent } from './tools/starter/run-process.mjs';

const ROOT = dirname(fileURLToPath(import.meta.url));
/** Every program starts in a fraction of the time with it. It asks for things that a Node has which runs TypeScript. */
const QUICK_IMPORTS = pathToFileURL(join(ROOT, 'src/quick-imports.mjs')).href;

/** Runs for months; whatever else is started ends, and gives all of its memory back. */
const VITRINE = join(ROOT, 'src/main.ts');

const given = process.argv.slice(2);
const programAt = given.findIndex((argument) => !argument.startsWith('-'));
const program = given[programAt];
const choice = chooseNode(
  {
    version: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    libc,
  },
  (name) => findPackage(join(ROOT, 'node_modules'), name),
);

if (program === undefined) {
  refuse('Usage: node start.mjs [options of Node] program [arguments]');
} else if (choice.kind === 'none') {
  refuse(choice.sentence);
} else {
  const path = resolve(ROOT, program);
  const options = given.slice(0, programAt);
  const rest = given.slice(programAt + 1);
  watchParent();
  if (choice.kind === 'own' && options.length === 0) {
    process.argv.splice(1, Number.POSITIVE_INFINITY, path, ...rest);
    await import(QUICK_IMPORTS);
    await import(pathToFileURL(path).href);
  } else {
    // Options are for Node's own start, so they need a process as well.
    const node = choice.kind === 'own' ? process.execPath : choice.path;
    const environment = path === VITRINE ? MALLOC : {};
    await runProcess(node, [...options, '--import', QUICK_IMPORTS, path, ...rest], environment, refuse);
  }
}

/** Of the running Node, and so of the machine. */
function libc() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** @param {string} sentence */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
