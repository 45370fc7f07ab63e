/** Stands between whoever started it and a program, as if it were not there: signals go in, the end comes out. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** @type {readonly NodeJS.Signals[]} */
const ASKING = ['SIGTERM', 'SIGHUP'];
/**
 * What keys send (Ctrl-C, Ctrl-\).
 * @type {readonly NodeJS.Signals[]}
 */
const KEYS = ['SIGINT', 'SIGQUIT'];
const LOOK_FOR_PARENT_MS = 100;

/**
 * Runs a program on a Node to its end, with this process's standard streams, and ends as it ended: with its exit
 * code, or of the signal that it died of.
 * @param {string} node path
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} environment beside this process's own, which goes first
 * @param {(sentence: string) => void} refuse gets a sentence when the Node itself cannot be started
 * @returns {Promise<void>} when the program has ended
 */
export async function runProcess(node, args, environment, refuse) {
  const child = spawn(node, args, { stdio: 'inherit', env: { ...environment, ...process.env } });
  // A terminal sends what its keys mean to every process in front of it, and so to the program itself: a second
  // one from here would mean “now”. Windows has no signals to pass on, and its console does the same.
  const reachesProgram = process.platform === 'win32' || hasTerminal();
  for (const signal of ASKING) process.on(signal, () => child.kill(signal));
  for (const signal of KEYS) process.on(signal, () => reachesProgram || child.kill(signal));
  await new Promise((resolve) => {
    child.once('error', (error) => {
      refuse(`Vitrine cannot start the Node at ${node} (${error.message}): install Node 22.18 or newer.`);
      resolve(undefined);
    });
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 1;
      if (signal !== null) dieOf(signal);
      resolve(undefined);
    });
  });
}

/**
 * Tells the program to stop (SIGTERM) when the shell that npm put between itself and this process is gone. npm
 * passes a signal to that shell, and some shells, such as Debian's, die of it and tell nobody; the program would
 * go on without anyone knowing. With a terminal it is the terminal that tells everyone.
 */
export function watchParent() {
  if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined || hasTerminal()) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_FOR_PARENT_MS);
  timer.unref();
}

/** Whether a terminal controls this process; where its streams lead says nothing about that. */
function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

/** @param {NodeJS.Signals} signal */
function dieOf(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
