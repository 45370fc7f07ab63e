/** Vitrine as a whole, whose only address of the database is a pooler. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { startApp } from '../../src/app.ts';
import { hearLog } from '../support/heard-log.ts';
import { expectInvariants } from '../support/invariants.ts';
import { hasPgbouncer, startPgbouncer } from '../support/pgbouncer.ts';
import { prepareOrder, waitForOutcome } from '../support/process-stage.ts';
import { configFor, createHome, silentLog } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';

describe.runIf(hasPgbouncer).each(['transaction', 'session'] as const)(
  'behind a pooler in %s mode',
  (mode) => {
    test('ten sellers at once get what they ordered, nothing is lost, and the books are right', async () => {
      const home = await createHome();
      onTestFinished(() => home.remove());
      const { DATABASE_URL: url = '' } = home.environment;
      // As by turns as a pooler can be.
      const pooler = await startPgbouncer(url, mode, ['server_round_robin = 1']);
      onTestFinished(() => pooler.stop());
      const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
      onTestFinished(() => sandbox.stop());
      const config = configFor(home, sandbox, { DATABASE_URL: pooler.through(url), DB_POOL_MAX_SIZE: '10' });
      const heard = hearLog();
      const app = await startApp({ ...config, telegram: { ...config.telegram, pacing: 'off' } }, heard.log);
      onTestFinished(() => app.stop());

      const people = Array.from({ length: 10 }, () => seller({ sandbox }, 'en'));
      const photo = await sampleProductPhoto();
      await Promise.all(
        people.map(async (person) => {
          const order = await prepareOrder(person, photo, 2);
          order.create();
          await waitForOutcome(person, order.id);
        }),
      );
      await app.stop();
      expect(heard.errorEntries()).toEqual([]);
      await expectInvariants(home, 1);
    });
  },
);
