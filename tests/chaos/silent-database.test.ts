/** A database whose open connections carry nothing any more, while new ones are served: a failover behind a NAT. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { startApp } from '../../src/app.ts';
import { textOf } from '../support/conversation.ts';
import { prepareOrder, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import { brisk, configFor, createHome, silentLog } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

describe('connections that fall silent', () => {
  test('are given up, and everybody who wrote or ordered meanwhile is answered', async () => {
    const home = await createHome();
    onTestFinished(() => home.remove());
    const { DATABASE_URL: url = '' } = home.environment;
    const proxy = await startTcpProxy(Number(new URL(url).port));
    onTestFinished(() => proxy.close());
    const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
    onTestFinished(() => sandbox.stop());
    const config = configFor(home, sandbox, {
      DATABASE_URL: proxy.through(url),
      DB_POOL_MAX_SIZE: '10',
      QUERY_TIMEOUT: '3',
    });
    const app = await startApp(brisk(config), silentLog);
    onTestFinished(() => app.stop());

    const people = Array.from({ length: 10 }, () => seller({ sandbox }, 'en'));
    const photo = await sampleProductPhoto();
    const orders = await Promise.all(
      people.map(async (person) => ({ person, ...(await prepareOrder(person, photo, 1)) })),
    );
    const takenBefore = proxy.taken();
    proxy.silence();
    for (const order of orders) order.create();
    const writer = seller({ sandbox }, 'en');
    writer.sendText('/balance');

    await writer.waitFor((message) => textOf(message).includes('credits'), RESUMED);
    await Promise.all(orders.map(({ person, id }) => waitForOutcome(person, id)));
    expect(proxy.taken()).toBeGreaterThan(takenBefore);
  });
});
