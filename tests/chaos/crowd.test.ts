/** Many sellers in the same moment on few connections to the database; bench/crowd.ts does it with a thousand. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { startApp } from '../../src/app.ts';
import { expectInvariants, waitForEmptyInbox } from '../support/invariants.ts';
import { photosSent, prepareOrder, waitForOutcome } from '../support/process-stage.ts';
import { brisk, configFor, createHome, silentLog } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';

const SELLERS = 16;
const picturesOf = (index: number) => 1 + (index % 4);

describe('many sellers at once', () => {
  test(`get every picture that they ordered, ${SELLERS} of them on four connections`, async () => {
    const home = await createHome();
    onTestFinished(() => home.remove());
    const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
    onTestFinished(() => sandbox.stop());
    const config = configFor(home, sandbox, {
      ASYNC_WORKERS: '200',
      DB_POOL_MAX_SIZE: '4',
      MAX_CONCURRENT_REQUESTS: '400',
      THREAD_POOL_SIZE: '2',
      // The sandbox draws on the same cores.
      IMAGE_STALL_TIMEOUT: '240',
      IMAGE_DEADLINE: '290',
      PROMPT_TIMEOUT: '120',
    });
    const app = await startApp(brisk(config), silentLog);
    onTestFinished(() => app.stop());

    const photo = await sampleProductPhoto();
    const ordered = await Promise.all(
      Array.from({ length: SELLERS }, async (_, index) => {
        const person = seller({ sandbox }, 'en');
        const order = await prepareOrder(person, photo, picturesOf(index));
        order.create();
        await waitForOutcome(person, order.id);
        return picturesOf(index);
      }),
    );
    const pictures = ordered.reduce((sum, count) => sum + count, 0);
    expect(photosSent(sandbox)).toBe(pictures);
    await waitForEmptyInbox(home);
    const spending = await expectInvariants(home, 1);
    expect(spending.map(({ state }) => state)).toEqual(Array.from({ length: pictures }, () => 'delivered'));
  });
});
