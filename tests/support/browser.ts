/** Chromium as a seller's phone: opens the sandbox's chat page and does what a thumb does. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { FONT_FILES } from '../../src/charts/fonts.ts';
import { isUpdatingScreenshots, type Scene } from './running-app.ts';

/** Where Debian and Ubuntu put it; without windows it computes a quarter less. */
const INSTALLED_AT = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** Nothing here needs a display, and nothing may leave the machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Else nobody may frame an address of loopback but loopback; where Vitrine really is, it has a public one.
  '--disable-features=LocalNetworkAccessChecks',
];
export const PHONE = { width: 390, height: 844 } as const;
/** Two cores may be busy with other test files; a wait ends when its condition holds, so this costs nothing. */
const PATIENCE_MS = 30_000;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const DOCS = join(import.meta.dirname, '../../docs');
/** Pixels of the screen for each CSS pixel: four times as many to paint, where nobody looks at them. */
export const SHARPNESS = isUpdatingScreenshots() || process.env.DASHBOARD_SHOTS !== undefined ? 2 : 1;
/** Pixels of a screenshot at most, so that none weighs more than 250 kB. */
const LARGEST = { width: 1600, height: 1800 } as const;

const executablePath = INSTALLED_AT.find((path) => existsSync(path));
/** Told once a run, because a skip that nobody hears of is none. */
export const hasChromium = executablePath !== undefined;
if (!hasChromium)
  process.stdout.write('SKIPPED for want of Chromium: the chat and the dashboard in a browser\n');

/** @throws Error where no Chromium is installed */
async function startBrowser(env: Readonly<Record<string, string>> = {}): Promise<Browser> {
  if (executablePath === undefined) throw new Error('no Chromium is installed');
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } });
}

/** Chromium for the tests that stand beside this call. @returns how they get it */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('the browser is there when the first test begins');
    return browser;
  };
}

/** Chromium on a machine that has letters and no emoji. Whoever starts it closes it. */
export async function startBrowserWithoutEmoji(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-no-emoji-'));
  const config = join(folder, 'fonts.conf');
  const letters = dirname(FONT_FILES[0]?.path ?? '');
  await writeFile(
    config,
    `<?xml version="1.0"?><fontconfig><dir>${letters}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  const browser = await startBrowser({ FONTCONFIG_FILE: config });
  browser.on('disconnected', () => void rm(folder, { recursive: true, force: true }));
  return browser;
}

/** The families of the fonts in which Chromium has written a page's element, and whether the page brought them. */
export async function fontsOf(page: Page, selector: string): Promise<{ family: string; own: boolean }[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName, isCustomFont }) => ({ family: familyName, own: isCustomFont }));
}

type Violation = { id: string; nodes: { html: string }[] };

/** What axe finds wrong with the page as it stands, one line each. */
export async function faultsByAxe(page: Page): Promise<string[]> {
  // By the debugger and not as a script of the page, which its policy would refuse.
  await page.evaluate(await readFile(AXE, 'utf8'));
  // What passes is not gathered, only what does not: it looks at as much, and takes less time.
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
    violations: Violation[];
  };
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Writes what is on the screen to a PNG below docs/, where screenshots are asked for; else does nothing. */
export async function keepScreenshot(page: Page, file: string): Promise<void> {
  if (!isUpdatingScreenshots()) return;
  await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))');
  // A desktop's pointer would light up the key below it.
  await page.mouse.move(0, 0);
  const path = join(DOCS, file);
  await mkdir(dirname(path), { recursive: true });
  // A palette is a third of the bytes, and the eye does not see it.
  const png = await page.screenshot({ caret: 'hide' });
  await sharp(png)
    .resize({ ...LARGEST, fit: 'inside', withoutEnlargement: true })
    .png({ palette: true, quality: 75 })
    .toFile(path);
}

export type ChatWindow = Awaited<ReturnType<typeof openChat>>;

/**
 * The chat at `url` as this persona sees it, on a phone unless `options` say otherwise. `complaints` holds what the
 * browser objected to: errors of the page's scripts, what its security policy stopped, files that did not load.
 */
export async function openChat(
  browser: Browser,
  url: string,
  personaId: number,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: SHARPNESS,
    // What glides in is where it belongs at once, for the presses and for the screenshots.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(`${url}/#${personaId}`);
  const messages = page.getByTestId('message');

  /** The key with this label in `place`; a string is the whole label. */
  function keyIn(place: Page | Locator, label: string | RegExp): Locator {
    return place.getByRole('button', { name: label, exact: typeof label === 'string' });
  }

  return {
    page,
    complaints,
    /** Presses Start and waits for the answer. */
    async start(): Promise<void> {
      await page.getByTestId('start').click();
      await messages.filter({ hasText: '👋' }).waitFor();
    },
    /** The newest message with these words, as soon as there is one. */
    async see(words: string | RegExp): Promise<Locator> {
      const message = messages.filter({ hasText: words }).last();
      await message.waitFor();
      return message;
    },
    /** The newest message with such a key, as soon as there is one. */
    async seeKey(label: string | RegExp): Promise<Locator> {
      const message = messages.filter({ has: keyIn(page, label) }).last();
      await message.waitFor();
      return message;
    },
    async tap(label: string | RegExp): Promise<void> {
      await keyIn(messages, label).last().click();
    },
    async say(text: string): Promise<void> {
      await page.getByTestId('composer').fill(text);
      await page.getByTestId('send').click();
    },
    async sendPhoto(jpeg: Uint8Array, caption = ''): Promise<void> {
      const file = { name: 'product.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(jpeg) };
      await page.getByTestId('attach-photo').setInputFiles(file);
      if (caption !== '') await page.getByTestId('caption').fill(caption);
      await page.getByTestId('preview-send').click();
    },
    /** Presses the link of a file. @returns its name and bytes as they were saved */
    async download(link: Locator): Promise<{ name: string; bytes: Buffer }> {
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk);
      return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
    },
    keepScreenshot: (file: string) => keepScreenshot(page, file),
    close: () => context.close(),
  };
}

/** A way to open chats whose windows are closed after each test; nothing that a browser complains of is passed over. */
export function useWindows(browser: () => Browser, scene: Pick<Scene, 'sandbox'>) {
  let windows: ChatWindow[] = [];
  afterEach(async () => {
    const complaints = windows.flatMap((window) => window.complaints);
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
    expect(complaints).toEqual([]);
  });
  return async (personaId: number, options: BrowserContextOptions = {}): Promise<ChatWindow> => {
    const window = await openChat(browser(), scene.sandbox.url, personaId, options);
    windows.push(window);
    return window;
  };
}

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
