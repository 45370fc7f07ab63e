import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** As behind every npm script: it makes imports quick. */
const STARTER = join(import.meta.dirname, '../../../../start.mjs');

export type Spawned = {
  /** The next line that the process writes, or null once it has ended. */
  nextLine(): Promise<string | null>;
  /** Ends it as a crash would, and waits until it is gone. @returns the lines that nobody had read */
  kill(): Promise<string[]>;
};

/** Starts one of the files of this folder as a process of its own. */
export function spawnProcess(file: string, args: readonly string[]): Spawned {
  const child: ChildProcess = spawn(process.execPath, [STARTER, join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('the process has no output');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const line = await lines.next();
    return line.done === true ? null : line.value;
  };
  const ended = once(child, 'exit');
  return {
    nextLine,
    async kill() {
      child.kill('SIGKILL');
      await ended;
      const rest: string[] = [];
      for (let line = await nextLine(); line !== null; line = await nextLine()) rest.push(line);
      return rest;
    },
  };
}
