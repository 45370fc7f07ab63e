/** What every measured child says of itself, and when it ends. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Usage } from './child.ts';

const SETTLE_MS = 300;

/** Answers each question of the parent with this process's usage; with `settle`, after the garbage is gone. */
export function answerUsage(): void {
  process.on('message', async (question: { settle?: boolean }) => {
    if (question.settle) {
      for (let round = 0; round < 3; round++) {
        globalThis.gc?.();
        await delay(SETTLE_MS);
      }
    }
    const { user, system } = process.cpuUsage();
    const usage: Usage = {
      cpuUs: user + system,
      rssBytes: process.memoryUsage.rss(),
      threads: readThreads(),
    };
    process.send?.(usage);
  });
}

/** Resolves when the parent is done with this process, or gone. */
export async function untilParentLeaves(): Promise<void> {
  await once(process, 'disconnect');
}

const TASKS = '/proc/self/task';
/** What a tick of the kernel's accounting is, in microseconds (USER_HZ is 100 on every Linux that Node runs on). */
const TICK_US = 10_000;

/** Processor time of this process's threads by their names; the first one is the main thread. */
function readThreads(): Record<string, number> {
  const threads: Record<string, number> = {};
  if (!existsSync(TASKS)) return threads;
  for (const id of readdirSync(TASKS)) {
    const stat = readStat(id);
    if (stat === null) continue;
    const name =
      id === String(process.pid) ? 'main' : stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    // After the name: state, and as the 12th and 13th words the ticks in user and system mode (proc(5)).
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    threads[name] = (threads[name] ?? 0) + (Number(words[11]) + Number(words[12])) * TICK_US;
  }
  return threads;
}

/** Null for a thread that has ended since it was listed. */
function readStat(id: string): string | null {
  try {
    return readFileSync(`${TASKS}/${id}/stat`, 'utf8');
  } catch {
    return null;
  }
}
