/** Who may show the dashboard in a frame, and whom its doors let in: in Chromium, which decides it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { hasChromium, useBrowser } from '../support/browser.ts';
import { signedInitData, signInLink } from '../support/dashboard.ts';
import { playScene } from '../support/played-scene.ts';

const PATIENCE_MS = 30_000;
/** Where Telegram's web client is; nothing of it is asked for, the page is the test's own. */
const TELEGRAM = 'https://web.telegram.org/k/';

describe.skipIf(!hasChromium)('the dashboard in a frame', () => {
  const scene = playScene({ IP_RATE_LIMIT: '1000' });
  const browser = useBrowser();
  let context: BrowserContext | undefined;
  const stranger = createServer((request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(framing(decodeURIComponent(request.url?.slice('/?'.length) ?? ''))),
  );

  beforeAll(() => new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve)));
  afterEach(() => context?.close());
  afterAll(() => void stranger.close());

  async function openPage(): Promise<Page> {
    context = await browser().newContext({ locale: 'en' });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.route(`${TELEGRAM}**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: framing(decodeURIComponent(new URL(route.request().url()).search.slice(1))),
      }),
    );
    return context.newPage();
  }

  /** The frame within a page of Telegram's, or of somebody else on another port. */
  async function frameIn(page: Page, site: 'telegram' | 'stranger', address: string): Promise<Frame> {
    const { port } = stranger.address() as AddressInfo;
    const outer = site === 'telegram' ? TELEGRAM : `http://127.0.0.1:${port}/`;
    await page.goto(`${outer}?${encodeURIComponent(address)}`);
    const frame = await page.locator('iframe').elementHandle();
    return (await frame?.contentFrame()) ?? expect.fail('there is no frame');
  }

  const app = (initData: string) => `${scene.app.url}/admin/app#tgWebAppData=${encodeURIComponent(initData)}`;

  test('opens within Telegram’s web client, keeps no cookie, and can be used there', async () => {
    const page = await openPage();
    const frame = await frameIn(page, 'telegram', app(signedInitData(scene, ADMIN_ID)));
    await frame.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await frame.getByRole('link', { name: 'Payments' }).first().click();
    await frame.getByRole('heading', { name: 'Payments', level: 1 }).waitFor();
    expect(frame.url()).toBe(`${scene.app.url}/admin/app`);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('is shown in no frame of anybody else, and no other page of it in Telegram’s', async () => {
    const signIn = new URL(await signInLink(scene)).pathname;
    for (const [site, path] of [
      ['stranger', '/admin/app'],
      ['stranger', '/admin'],
      ['telegram', '/admin'],
      ['telegram', signIn],
      ['telegram', '/admin/payments'],
    ] as const) {
      const page = await openPage();
      const refused = page.waitForEvent('requestfailed');
      await frameIn(page, site, `${scene.app.url}${path}`);
      expect((await refused).failure()?.errorText, `${path} in a frame of ${site}`).toBe(
        'net::ERR_BLOCKED_BY_RESPONSE',
      );
      await page.context().close();
    }
  });

  test('lets nobody in by data that is forged, or that has been used', async () => {
    const page = await openPage();
    const once = signedInitData(scene, ADMIN_ID, { at: new Date(Date.now() - 5_000) });
    const first = await frameIn(page, 'telegram', app(once));
    await first.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    const forged = signedInitData(scene, ADMIN_ID, { token: '123456:another-bot' });
    for (const data of [once, forged, '']) {
      const frame = await frameIn(page, 'telegram', app(data));
      await frame.getByText('I cannot open the dashboard here').waitFor();
      expect(await frame.getByRole('heading', { name: 'Overview' }).count()).toBe(0);
    }
  });

  test('a link that something else has opened still works, once', async () => {
    const link = await signInLink(scene);
    const preview = await openPage();
    await preview.goto(link);
    await preview.getByRole('button', { name: 'Sign in' }).waitFor();
    const page = await (await browser().newContext({ locale: 'en' })).newPage();
    try {
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    } finally {
      await page.context().close();
    }
    await preview.getByRole('button', { name: 'Sign in' }).click();
    await preview.getByText('This key has been used, or is too old').first().waitFor();
  });
});

/** A page of somebody's with another one in it. */
function framing(address: string): string {
  const safe = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><title>A client</title><iframe src="${safe}" width="390" height="800"></iframe>`;
}
