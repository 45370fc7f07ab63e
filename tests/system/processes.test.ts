/** Several processes on one PostgreSQL server, behind one webhook: nothing twice, nothing lost, whoever dies. */
import type { Message } from '@grammyjs/types';
import postgres from 'postgres';
import { describe, expect, inject, type TestContext, test } from 'vitest';
import { type FrontDoor, openFrontDoor } from '../support/front-door.ts';
import { expectInvariants, withDatabase } from '../support/invariants.ts';
import { openProcessStage, photosSent, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import { createHome, type Home } from '../support/running-app.ts';
import type { VitrineProcess } from '../support/vitrine-process.ts';

const SECRET = 'a-secret-of-the-front-door';
const WELL = { code: 0, signal: null };

/** Processes that share an empty database, and the address at which Telegram reaches them all. */
async function openCluster(context: TestContext) {
  const door = await openFrontDoor();
  const home = await emptyHome();
  const stage = await openProcessStage(context, { home });
  context.onTestFinished(() => door.close());
  const webhook = { PUBLIC_URL: door.url, WEBHOOK_SECRET: SECRET, ASYNC_WORKERS: '3' };
  return {
    ...stage,
    door,
    /** Starts a process, which gets updates from now on. */
    async join(): Promise<VitrineProcess> {
      const vitrine = await stage.start(webhook);
      door.targets.push(vitrine.url);
      return vitrine;
    },
    /** Takes a process from behind the door, as a load balancer does when it is unwell. */
    leave(vitrine: VitrineProcess): void {
      door.targets.splice(door.targets.indexOf(vitrine.url), 1);
    },
  };
}
