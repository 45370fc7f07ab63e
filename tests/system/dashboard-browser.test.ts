/** The owner's dashboard in Chromium, on a phone and on a desktop: every page looked at, and acts as a thumb does them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { EMOJI_FONT } from '../../src/charts/theme.ts';
import { seed } from '../../tools/seed/seed.ts';
import {
  faultsByAxe,
  fontsOf,
  hasChromium,
  keepScreenshot,
  PHONE,
  SHARPNESS,
  startBrowserWithoutEmoji,
  useBrowser,
} from '../support/browser.ts';
import { ask, order, tap, textsOf, waitForText } from '../support/conversation.ts';
import { signedInitData, signInLink } from '../support/dashboard.ts';
import { withDatabase } from '../support/invariants.ts';
import { type PlayedScene, playScene, playSceneInTest } from '../support/played-scene.ts';
import type { Scene } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';
import { OWNERS_AWAY } from '../support/tidy.ts';

const PATIENCE_MS = 30_000;
const DESKTOP = { width: 1280, height: 900 };
const PAGES = [
  '',
  '/payments',
  '/orders',
  '/people',
  '/tickets',
  '/pictures',
  '/styles',
  '/channels',
  '/prices',
  '/sources',
  '/cohorts',
  '/broadcasts',
  '/audit',
  '/health',
  '/alerts',
  '/limits',
  '/find',
  '/more',
];
/** Where pictures of the pages are put, for whoever wants to look at them. */
const SHOTS = process.env.DASHBOARD_SHOTS;

const DEVICES = [
  ['phone', {}],
  ['small-phone-dark', { colorScheme: 'dark' as const, viewport: { width: 320, height: 568 } }],
  ['desktop', { viewport: DESKTOP, isMobile: false, hasTouch: false, deviceScaleFactor: 1 }],
] as const;
/** The smallest package by card as well. */
const CARDS = {
  PAYMENT_PROVIDER_TOKEN: '381764678:TEST:40209',
  PAYMENT_CURRENCY: 'RUB',
  PACKAGES: '[{"name": "Start", "credits": 12, "stars": 99, "card": 25000}]',
};
/** A history that fills every chart and every list. */
const HISTORY = { people: 400, days: 90, seed: 1, force: false };

describe.skipIf(!hasChromium)('the dashboard in a browser', () => {
  const subscription = JSON.stringify({ name: 'Monthly', credits: 60, stars: 399 });
  const scene = playScene(
    { SUBSCRIPTION: subscription, IP_RATE_LIMIT: '1000', ...CARDS },
    // The owner reads the ticket on its page.
    { expected: { refusals: OWNERS_AWAY } },
  );
  const browser = useBrowser();
  let contexts: BrowserContext[] = [];
  let buyerId: number;
  let complaints: string[] = [];

  beforeAll(async () => {
    buyerId = await live(scene);
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    expect(complaints).toEqual([]);
    complaints = [];
  });

  async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const phone = { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: SHARPNESS };
    const context = await browser().newContext({
      ...phone,
      reducedMotion: 'reduce',
      locale: 'en',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    return page;
  }

  async function signIn(
    options: Parameters<Browser['newContext']>[0] = {},
    at: Pick<Scene, 'sandbox'> = scene,
  ): Promise<Page> {
    const page = await open(await signInLink(at), options);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    return page;
  }

  async function keep(page: Page, name: string): Promise<void> {
    if (SHOTS === undefined) return;
    await mkdir(SHOTS, { recursive: true });
    await page.evaluate(
      'Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode(); }))',
    );
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }

  /** What axe finds wrong with the page, and whether a phone has to be pushed sideways to read it. */
  async function expectSound(page: Page, where: string): Promise<void> {
    // Also what stands behind a summary.
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await faultsByAxe(page), where).toEqual([]);
    // A phone's innerWidth grows with a page that is too wide; what it was opened with does not.
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
    expect(width, `${where} is wider than its window`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  }

  test.each(DEVICES)(
    'shows every page on a %s, and axe finds nothing wrong with them',
    async (name, options) => {
      const page = await signIn(options);
      const root = new URL(page.url()).origin;
      for (const path of [...PAGES, `/people/${buyerId}`, '/payments/1', '/tickets/1', '/broadcasts/1']) {
        await page.goto(`${root}/admin${path}`);
        await page.locator('h1').waitFor();
        await keep(page, `${name}${path.replaceAll('/', '-') || '-overview'}`);
        await expectSound(page, `${name} ${path}`);
      }
    },
  );

  test('shows a shop of three months as soundly on each of them', async () => {
    const shop = await playSceneInTest(
      { IP_RATE_LIMIT: '1000' },
      {
        tempo: 'hasty',
        prepare: (home, config) =>
          withDatabase(home, (db) => seed(db, HISTORY, { ...config, adminIds: [ADMIN_ID] }, new Date())),
      },
    );
    for (const [name, options] of DEVICES) {
      const page = await signIn(options, shop);
      const root = new URL(page.url()).origin;
      for (const path of ['', '/cohorts', '/sources', '/people']) {
        await page.goto(`${root}/admin${path}`);
        await page.locator('h1').waitFor();
        await keep(page, `${name}-shop${path.replaceAll('/', '-') || '-overview'}`);
        await expectSound(page, `${name} ${path} of a shop`);
        if (name === 'phone' && (path === '' || path === '/cohorts'))
          await keepScreenshot(page, `screenshots/dashboard${path.replace('/', '-')}.png`);
        if (name !== 'phone' || path !== '') continue;
        await page.evaluate("document.querySelector('.charts').scrollIntoView()");
        await keepScreenshot(page, 'screenshots/dashboard-charts.png');
      }
    }
  });

  test('refunds a payment, corrects credits after one question, and answers a ticket', async () => {
    const page = await signIn();
    await page.getByRole('link', { name: 'Payments' }).click();
    await page.getByRole('link', { name: /99/ }).first().click();
    await page.getByLabel('Why').selectOption('goodwill');
    await keep(page, 'phone-refund');
    await page.getByRole('button', { name: /^Refund/ }).click();
    await page.getByText('The money is back.').waitFor();
    await keep(page, 'phone-refunded');
    expect(await page.getByRole('button', { name: /^Refund/ }).count()).toBe(0);

    await page.getByRole('link', { name: 'Emma <b>' }).click();
    await page.getByText('Correct credits').click();
    await page.getByLabel('Up or down').selectOption('up');
    await page.locator('form[action$="/correct"]').getByLabel('How many credits').fill('3');
    await page.locator('form[action$="/correct"]').getByLabel(/^Why/).fill('Two <pictures> were cut');
    await keep(page, 'phone-correct');
    await page.locator('form[action$="/correct"]').getByRole('button').click();
    await page.getByText(/They have \d+ now and \d+ then/).waitFor();
    await keep(page, 'phone-question');
    await expectSound(page, 'the question');
    await page.getByRole('button', { name: 'Correct by +3' }).click();
    await page.getByText('Corrected, and the person knows.').waitFor();
    await keep(page, 'phone-person-acts');

    await page.getByRole('link', { name: 'Tickets' }).first().click();
    await page.getByRole('link', { name: /#1/ }).click();
    await page.getByLabel('Your answer').fill('It is on its way');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your answer has arrived.').waitFor();
    await keep(page, 'phone-answered');
  });

  test('gives back a part of a card payment after one question that has its numbers', async () => {
    const page = await signIn();
    await page.getByRole('link', { name: 'Payments' }).click();
    await page.getByRole('link', { name: /250/ }).first().click();
    await page.getByText('Give back a part').click();
    const form = page.locator('form[action$="/refund-part"]');
    await form.getByLabel(/^How much \(RUB\)/).fill('62.50');
    await form.getByLabel(/^Why/).fill('Two <pictures> were cut');
    await keep(page, 'phone-part');
    await form.getByRole('button', { name: 'Go on' }).click();
    await page.getByText(/Of its 12 credits 3 go with it/).waitFor();
    await keep(page, 'phone-part-question');
    await expectSound(page, 'the question of a part');
    await page.getByRole('button', { name: /^Mark RUB.62\.50 as returned/ }).click();
    await page.getByText('The part is given back, and the person knows.').waitFor();
    await keep(page, 'phone-part-done');
    await expectSound(page, 'a payment with a part');
    await page.getByRole('link', { name: 'Payments' }).click();
    await page.getByText(/RUB.62\.50 given back/).waitFor();
    await keep(page, 'phone-payments-part');
    await expectSound(page, 'the list with a part');
  });

  test('lowers a limit for two hours and says why, and sets it as usual again', async () => {
    const page = await signIn();
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Limits' }).click();
    await page.getByText('messages of one person').click();
    const form = page.locator('form[action$="/limits/messages"]');
    await form.getByLabel('How many').fill('777');
    await form.getByLabel('For how long').fill('2');
    await form.getByLabel(/^Why/).fill('A flood of <bots>');
    await keep(page, 'phone-limit');
    await form.getByRole('button', { name: 'Set' }).click();
    await page.getByText('The limit counts from now on, in all processes within seconds.').waitFor();
    await page.getByText(/777 in .+ A flood of <bots>/).waitFor();
    await keep(page, 'phone-limit-set');
    await expectSound(page, 'limits that are set');
    await page.getByRole('button', { name: /^As usual/ }).click();
    await page.getByText('777 in').waitFor({ state: 'detached' });
  });

  test('writes a broadcast, looks at it, and watches it arrive', async () => {
    const page = await signIn();
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Broadcasts' }).click();
    await page.getByRole('button', { name: 'New broadcast' }).click();
    await page.getByLabel('Readers').selectOption('all');
    await page.getByLabel('Write in en').fill('For everybody:\n<linen> is here');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'It is read like this' }).waitFor();
    await page.locator('blockquote', { hasText: '<linen> is here' }).waitFor();
    await keep(page, 'phone-broadcast-draft');
    await expectSound(page, 'a broadcast that is written');
    await page.getByRole('button', { name: 'Send it to me alone' }).click();
    await page.getByText('It is in your chat').waitFor();
    const send = page.getByRole('button', { name: /^Send to \d+$/ });
    // Those of this shop, in which the tests before have left theirs.
    const readers = /\d+/.exec(await send.innerText())?.[0] ?? '';
    await send.click();
    await page.locator('[data-figure="state"]', { hasText: /^sent$/ }).waitFor();
    await page.locator('[data-figure="sent"]', { hasText: new RegExp(`^${readers}$`) }).waitFor();
    await keep(page, 'phone-broadcast-sent');
    await expectSound(page, 'a broadcast that has arrived');
  });

  test('changes the limit of an alert, and says so in the audit', async () => {
    const page = await signIn();
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.getByText('Processor').first().click();
    const form = page.locator('form[action$="/thresholds/cpu"]');
    await form.getByLabel('Warning').fill('72.5');
    await form.getByLabel('Critical').fill('');
    await keep(page, 'phone-threshold');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The limits count from now on.').waitFor();
    await page.getByText('warning from 72.5 %').waitFor();
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('cpu.warning: 72.5').waitFor();
  });

  test('shows emoji on a machine that has none, under the pages’ own policy', async () => {
    const bare = await startBrowserWithoutEmoji();
    try {
      const page = await bare.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(await signInLink(scene));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      await page.evaluate('document.querySelector("h1").textContent = "🎁"');
      await expect
        .poll(() => fontsOf(page, 'h1'), { timeout: PATIENCE_MS })
        .toContainEqual({ family: EMOJI_FONT, own: true });
    } finally {
      await bare.close();
    }
  });

  test('is opened from the chat by its owner, by one key', async () => {
    const chat = await open(`${scene.sandbox.url}/#${ADMIN_ID}`);
    await chat.getByTestId('composer').fill('/admin');
    await chat.getByTestId('send').click();
    await chat.getByRole('button', { name: 'Dashboard', exact: true }).last().click();
    // The chat has older links above it, which are used.
    const newest = chat.getByTestId('message').last();
    const link = newest.getByRole('button', { name: 'Open the dashboard' });
    await link.waitFor();
    const [page] = await Promise.all([chat.context().waitForEvent('page'), link.click()]);
    await keep(page, 'phone-sign-in');
    await expectSound(page, 'the sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  });

  test('is opened within Telegram’s web client, in a frame that no other site may have', async () => {
    const initData = signedInitData(scene, ADMIN_ID);
    const origin = new URL(await signInLink(scene)).origin;
    const page = await open(`${origin}/admin/app#tgWebAppData=${encodeURIComponent(initData)}`);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(page.url()).toBe(`${origin}/admin/app`);
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Pictures' }).click();
    const picture = page.locator('.gallery img[src^="blob:"]').first();
    await picture.waitFor();
    // Rejects what is no picture.
    await picture.evaluate('(image) => image.decode()');
    await page.getByRole('link', { name: 'Tickets' }).first().click();
    await page.getByRole('link', { name: /#1/ }).click();
    await page.getByLabel('Your answer').fill('And here it is');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your answer has arrived.').waitFor();
    await keep(page, 'mini-app');
    await page.goBack();
    await page.getByLabel('Your answer').waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });
});

/** A morning of a small shop. @returns the id of a buyer */
async function live(scene: PlayedScene): Promise<number> {
  const [admin, mug] = [scene.sandbox.people.of(ADMIN_ID), await sampleProductPhoto('mug')];
  const emma = scene.sandbox.people.of({ firstName: 'Emma <b>', languageCode: 'en' });
  const marina = seller(scene, 'ru');
  await ask(emma, '/start', /Hello/);
  await order(emma, mug, 2);
  await tap(emma, textsOf(emma)('button-not-right'));
  await tap(emma, textsOf(emma)('not-right-picture', { position: 1 }));
  await tap(emma, textsOf(emma)('button-give-back'));
  await order(marina, await sampleProductPhoto('bottle'), 2);
  emma.sendText('/buy');
  emma.tap((await buyButton(emma)) ?? '');
  const invoice = await emma.waitFor((message) => message.invoice !== undefined);
  await emma.pay(invoice.message_id);
  await waitForText(emma, /12 credits added/);
  marina.sendText('/buy');
  marina.tap((await buyButton(marina, 'card')) ?? '');
  const cardInvoice = await marina.waitFor((message) => message.invoice !== undefined);
  await marina.pay(cardInvoice.message_id);
  await waitForText(marina, /Добавлено: 12|12 кредитов/);
  await ask(emma, '/support', /What can we do for you/);
  await ask(
    emma,
    'My <mug> is late, and I need it for the fair on Sunday. Can you look into it?',
    /is with us/,
  );
  await ask(admin, `/gift ${emma.id} 2 Sorry for the wait`, /2/);
  await ask(admin, '/promo_new SPRING percent 20 max=100 days=30', /SPRING/);
  await ask(admin, '/broadcast', /not sent/);
  await tap(admin, 'Write in en');
  await ask(admin, 'A new style is here: <linen>', /A new style/);
  return emma.id;
}

async function buyButton(
  person: ReturnType<typeof seller>,
  by: 'stars' | 'card' = 'stars',
): Promise<string | undefined> {
  const shop = await person.waitFor((message) =>
    JSON.stringify(message.reply_markup ?? '').includes('99 ⭐'),
  );
  return shop.reply_markup?.inline_keyboard[by === 'stars' ? 0 : 1]?.[0]?.text;
}
