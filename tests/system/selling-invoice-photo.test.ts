/** The invoice bears the seller's own newest picture, which Telegram fetches from an address of ours. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { ask, order, tap } from '../support/conversation.ts';
import { type FrontDoor, openFrontDoor } from '../support/front-door.ts';
import { brisk, createHome, type Home, silentLog } from '../support/running-app.ts';
import { buttons, seller } from '../support/seller.ts';
import { connectedTo } from '../support/vitrine-process.ts';

let sandbox: Sandbox;
let home: Home;
let door: FrontDoor;
let app: App;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  home = await createHome();
  door = await openFrontDoor();
  const config = parseConfig({
    ...home.environment,
    ...connectedTo(sandbox),
    NODE_ENV: 'test',
    PORT: '0',
    // Only who is reached from outside has an address for Telegram.
    PUBLIC_URL: door.url,
    WEBHOOK_SECRET: 'a-secret-of-this-test',
  });
  if (config.mode !== 'webhook') throw new Error('a public address makes a webhook');
  app = await startApp(brisk(config), silentLog);
  door.targets.push(app.url);
});
afterAll(async () => {
  await app.stop();
  await sandbox.stop();
  await door.close();
  await home.remove();
});

/** The address that the newest invoice of a person bears, if it has one. */
async function photoOfInvoice(person: Person): Promise<unknown> {
  const shop = await ask(person, '/buy', /Choose a package/);
  await tap(person, buttons(shop)[0] ?? '');
  await person.waitFor((message) => message.invoice !== undefined && message.message_id > shop.message_id);
  const invoices = sandbox.journal.calls().filter(({ method }) => method === 'sendInvoice');
  return invoices.at(-1)?.parameters.photo_url;
}

test('the invoice of somebody with a picture bears it, and nobody can guess another’s', async () => {
  const emma = seller({ sandbox }, 'en');
  await ask(emma, '/start', /Hello/);
  expect(await photoOfInvoice(emma)).toBeUndefined();

  await order(emma, await sampleProductPhoto());
  const address = await photoOfInvoice(emma);
  if (typeof address !== 'string') throw new Error('the invoice has no picture');
  expect(address.startsWith(`${door.url}/invoice-photo/`)).toBe(true);
  const path = new URL(address).pathname;
  const shown = await fetch(`${app.url}${path}`);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toBe('image/jpeg');
  expect(new Uint8Array(await shown.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));

  const others = path.replace(/\d+(?=\/[^/]+$)/, (id) => String(Number(id) + 1));
  for (const wrong of [others, path.replace(/.\.jpg$/, 'x.jpg'), '/invoice-photo/1/0.jpg']) {
    expect((await fetch(`${app.url}${wrong}`)).status).toBe(404);
  }
});
