/** What every measured child says of itself, and when it ends. */
import { once } from 'node:events';
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
    const usage: Usage = { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
    process.send?.(usage);
  });
}

/** Resolves when the parent is done with this process, or gone. */
export async function untilParentLeaves(): Promise<void> {
  await once(process, 'disconnect');
}
