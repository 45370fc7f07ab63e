/** The real program, by the starter that `npm start` uses, in a process of its own that can be killed at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/index.ts';
import { markDead } from './dead-process.ts';

const STARTER = join(import.meta.dirname, '../../start.mjs');
/** A first start makes an embedded database, on a machine that does other things as well. */
const SAYING_MS = 180_000;

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type VitrineProcess = {
  pid: number;
  /** Where it serves health and webhooks. */
  url: string;
  exited: Promise<Exit>;
  /** Everything it has written so far, log lines as JSON. */
  output(): string;
  /** Waits until its output has this in it. @returns the output so far */
  says(text: string): Promise<string>;
  send(signal: NodeJS.Signals): void;
  /** SIGKILL: it gets no chance to say goodbye. Resolves when it is gone, and the database knows it (`markDead`). */
  kill(): Promise<void>;
  /** The same, but the database must find out by itself, from its silence. */
  killUnnoticed(): Promise<void>;
  /** SIGTERM, as an orchestrator stops it. */
  stop(): Promise<Exit>;
};

/** For `onTestFailed`: writes down what the processes said, and says where. */
export function keepEvidence(name: string, processes: readonly VitrineProcess[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-evidence-'));
  for (const [index, { output }] of processes.entries()) {
    writeFileSync(join(folder, `process-${index + 1}.log`), output());
  }
  process.stderr.write(`What Vitrine said in “${name}” is kept in ${folder}\n`);
}

/** What makes the program talk to a sandbox of this process instead of to Telegram and OpenAI. */
export function connectedTo(sandbox: Sandbox): Record<string, string> {
  return {
    BOT_TOKEN: sandbox.botToken,
    TELEGRAM_API_ROOT: sandbox.telegramApiRoot,
    OPENAI_BASE_URL: sandbox.openaiBaseUrl,
    OPENAI_API_KEY: sandbox.openaiApiKey,
  };
}

/**
 * Starts Vitrine and waits until it says that it is up.
 * @param environment everything but what all test runs share; nothing is inherited from this process
 * @throws Error with all its output when it ends, or says nothing for three minutes, instead
 */
export async function startVitrine(environment: Record<string, string>): Promise<VitrineProcess> {
  const child = spawnVitrine(environment);
  const exited = exitOf(child);
  const output = collect(child);
  const says = async (text: string): Promise<string> => {
    const deadline = AbortSignal.timeout(SAYING_MS);
    while (!output.text().includes(text)) {
      const ended = await Promise.race([exited, output.more(deadline)]);
      if (ended === undefined && !deadline.aborted) continue;
      child.kill('SIGKILL');
      throw new Error(`Vitrine did not say “${text}”:\n${output.text()}`);
    }
    return output.text();
  };
  const url = /"health":"(http:[^"]+)\/health"/.exec(await says('"msg":"Vitrine is up"'))?.[1];
  if (url === undefined) throw new Error('Vitrine did not say where it serves health');
  const send = (signal: NodeJS.Signals) => void child.kill(signal);
  const killUnnoticed = async () => {
    send('SIGKILL');
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    url,
    exited,
    output: output.text,
    says,
    send,
    killUnnoticed,
    async kill() {
      await killUnnoticed();
      const owners = output.text().matchAll(/"owner":"([^"]+)","msg":"this process takes updates in"/g);
      if (environment.DATABASE_URL !== undefined) {
        await markDead(
          environment.DATABASE_URL,
          [...owners].map(([, owner = '']) => owner),
        );
      }
    },
    stop() {
      send('SIGTERM');
      return exited;
    },
  };
}

/** Runs Vitrine to its end: for starts that must be refused. `folder`: where it is started. */
export async function runVitrine(
  environment: Record<string, string>,
  folder?: string,
): Promise<Exit & { output: string }> {
  const child = spawnVitrine(environment, folder);
  const output = collect(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), SAYING_MS);
  const exit = await exitOf(child);
  clearTimeout(timer);
  return { ...exit, output: output.text() };
}

function spawnVitrine(
  environment: Record<string, string>,
  // Not where a developer's .env may lie.
  cwd = environment.DATA_DIR ?? import.meta.dirname,
): ChildProcess {
  return spawn(process.execPath, [STARTER, 'src/main.ts'], {
    cwd,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      PORT: '0',
      THREAD_POOL_SIZE: '1',
      USER_RATE_LIMIT: '1000',
      RATE_LIMIT_PER_USER: '1000',
      TRUTH_CHECK: 'off',
      CACHE_ENABLED: 'false',
      // What a test holds up may wait for another process's start; it must not be given up meanwhile.
      IMAGE_STALL_TIMEOUT: '240',
      IMAGE_DEADLINE: '290',
      PROMPT_TIMEOUT: '120',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  // `close`, unlike `exit`, comes after the last output.
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode };
}

function collect(child: ChildProcess) {
  let text = '';
  let arrived = Promise.withResolvers<void>();
  const take = (chunk: string) => {
    text += chunk;
    arrived.resolve();
    arrived = Promise.withResolvers();
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take);
  return {
    text: () => text,
    /** Resolves with the next output, or when the signal aborts. */
    async more(signal: AbortSignal): Promise<undefined> {
      const aborted = once(signal, 'abort').catch(() => {});
      await Promise.race([arrived.promise, aborted]);
    },
  };
}
