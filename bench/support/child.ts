/** Children of a benchmark: what is measured runs in a process of its own, and the load in another. */
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { resolve } from 'node:path';

/**
 * Processor time since the start in microseconds, and memory in bytes. `threads`: the same by the kernel's names of
 * the threads, in steps of 10 ms, on Linux; empty elsewhere.
 */
export type Usage = { cpuUs: number; rssBytes: number; threads: Readonly<Record<string, number>> };

/** @typeParam Hello what it says when it is ready */
export type Child<Hello = unknown> = {
  hello: Hello;
  send(message: object): void;
  /** The next thing that the child says, or said while nobody listened. @throws Error when it ends instead */
  next<Message>(): Promise<Message>;
  ask<Answer>(question: object): Promise<Answer>;
  stop(): Promise<void>;
};

/** What a child's Node is given on its command line, and in its environment beside what this process has. */
export type NodeStart = Readonly<{ execArgv: readonly string[]; env: Readonly<Record<string, string>> }>;

/** Whatever takes longer hangs. */
const LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 30_000;

/**
 * Starts a file of this folder, or one that is named in full, which says hello when it is ready.
 * @param settings handed to the child as its only argument, as JSON
 */
export async function startChild<Hello>(
  file: string,
  settings: object,
  { execArgv, env }: NodeStart = { execArgv: [], env: {} },
): Promise<Child<Hello>> {
  const child = fork(resolve(import.meta.dirname, file), [JSON.stringify(settings)], {
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
  });
  const messages = on(child, 'message', { close: ['exit'], signal: AbortSignal.timeout(LIMIT_MS * 10) });

  async function next<Message>(): Promise<Message> {
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    const { value, done } = await messages.next();
    clearTimeout(timer);
    if (done === true) throw new Error(`${file} ended (${child.exitCode ?? child.signalCode})`);
    return value[0];
  }

  return {
    hello: await next<Hello>(),
    next,
    send: (message) => void child.send(message),
    ask(question) {
      child.send(question);
      return next();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exit;
      clearTimeout(timer);
    },
  };
}
