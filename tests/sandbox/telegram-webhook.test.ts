import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDouble } from './telegram-double.ts';

type Delivery = { update: { message: { text: string } }; secret: unknown; response: ServerResponse };

/** A bot's webhook whose answers the test gives by hand, delivery by delivery. */
async function startReceiver() {
  const arrived: Delivery[] = [];
  const waiting: ((delivery: Delivery) => void)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const update = JSON.parse(Buffer.concat(chunks).toString());
      const delivery = {
        update,
        secret: request.headers['x-telegram-bot-api-secret-token'],
        response,
      };
      const taker = waiting.shift();
      if (taker) taker(delivery);
      else arrived.push(delivery);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    next(): Promise<Delivery> {
      const delivery = arrived.shift();
      return delivery ? Promise.resolve(delivery) : new Promise((resolve) => waiting.push(resolve));
    },
    unread: () => arrived.length,
  };
}

describe('a webhook', () => {
  test('gets updates with its secret, one chat in order, chats side by side', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const bob = await bot.acquaintance();
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url, secret_token: 'a-secret' });
    ann.sendText('ann 1');
    ann.sendText('ann 2');
    bob.sendText('bob 1');

    const [first, second] = [await receiver.next(), await receiver.next()];
    expect([first.update.message.text, second.update.message.text].sort()).toEqual(['ann 1', 'bob 1']);
    expect(first.secret).toBe('a-secret');
    expect(receiver.unread()).toBe(0);
    first.response.end();
    second.response.end();
    const third = await receiver.next();
    expect(third.update.message.text).toBe('ann 2');
    third.response.end();
  });

  test('gets an update again until it answers with 2xx, and an earlier one holds back the later', async () => {
    const bot = await startDouble({ timing: { firstWebhookRetryMs: 1 } });
    const ann = await bot.acquaintance();
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url });
    ann.sendText('one');
    ann.sendText('two');
    for (const status of [500, 403, 200]) {
      const delivery = await receiver.next();
      expect(delivery.update.message.text).toBe('one');
      delivery.response.writeHead(status).end();
    }
    const info = await bot.call('getWebhookInfo');
    expect(info.result).toMatchObject({
      url: receiver.url,
      last_error_message: expect.stringContaining('403'),
    });
    const last = await receiver.next();
    expect(last.update.message.text).toBe('two');
    last.response.end();
  });

  test('that has one connection and refuses one chat still hears the others', async () => {
    const bot = await startDouble({ timing: { firstWebhookRetryMs: 60_000 } });
    const ann = await bot.acquaintance();
    const bob = await bot.acquaintance();
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url, max_connections: 1 });
    ann.sendText('refused');
    bob.sendText('welcome');
    const refused = await receiver.next();
    expect(refused.update.message.text).toBe('refused');
    refused.response.writeHead(500).end();
    const welcome = await receiver.next();
    expect(welcome.update.message.text).toBe('welcome');
    welcome.response.end();
  });

  test('waits as long as Retry-After says', async () => {
    const bot = await startDouble({ timing: { firstWebhookRetryMs: 60_000 } });
    const ann = await bot.acquaintance();
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url });
    ann.sendText('busy');
    const refused = await receiver.next();
    refused.response.writeHead(429, { 'retry-after': '1' }).end();
    // Its own first pause would be a minute, longer than this test may take.
    const again = await receiver.next();
    expect(again.update.message.text).toBe('busy');
    again.response.end();
  });

  test('may answer with a call of its own', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url });
    ann.sendText('hi');
    const delivery = await receiver.next();
    delivery.response.end(JSON.stringify({ method: 'sendMessage', chat_id: ann.id, text: 'by answer' }));
    expect(await ann.waitFor((message) => message.text === 'by answer')).toBeDefined();
  });

  test('gets what waited before it was set, and leaves the rest when it is deleted', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    ann.sendText('waited');
    const receiver = await startReceiver();
    await bot.call('setWebhook', { url: receiver.url });
    const delivery = await receiver.next();
    expect(delivery.update.message.text).toBe('waited');
    await bot.call('deleteWebhook');
    expect((await bot.call('getUpdates')).result).toMatchObject([{ message: { text: 'waited' } }]);
  });

  test('is on this machine, at an address, with a plain secret', async () => {
    const bot = await startDouble();
    const set = async (parameters: object) => (await bot.call('setWebhook', parameters)).description;
    expect(await set({ url: 'https://example.org/hook' })).toMatch('this machine only');
    expect(await set({ url: 'nonsense' })).toBe(
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    );
    expect(await set({ url: 'http://127.0.0.1:9/', secret_token: 'with space' })).toBe(
      'Bad Request: secret token contains unallowed characters',
    );
  });
});
