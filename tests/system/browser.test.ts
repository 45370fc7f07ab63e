/** The whole product as people see it: the sandbox's chat in Chromium. */
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { ADMIN_ID, EMMA_ID, MARINA_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { EMOJI_FONT } from '../../src/charts/theme.ts';
import {
  type ChatWindow,
  faultsByAxe,
  fontsOf,
  hasChromium,
  openChat,
  PHONE,
  startBrowserWithoutEmoji,
  useBrowser,
  useWindows,
} from '../support/browser.ts';
import { playScene } from '../support/played-scene.ts';

const photo = await sampleProductPhoto();

/** A browser, the bot and both doubles share what cores the other test files leave. */
const WHOLE_ORDER_MS = 120_000;
const PATIENCE_MS = 30_000;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What a page sees of a machine with emoji, which this one may lack. */
const DRAWS_EMOJI_IN_COLOUR = `
  CanvasRenderingContext2D.prototype.fillText = function () {
    this.fillStyle = 'red';
    this.fillRect(0, 0, 9, 9);
  };`;

/** When the font of emoji was there, and when the page asked whom it is to show, in milliseconds of the page. */
const LOADED_AND_ASKED = `
  (() => {
    const entries = performance.getEntriesByType('resource');
    const of = (part) => entries.find(({ name }) => name.includes(part));
    return [of('/chat/emoji.ttf').responseEnd, of('/client/personas').startTime];
  })()`;

/** What can be seen or pressed and has no name for whoever hears the page (WCAG 2.2, 1.1.1 and 4.1.2). */
const UNNAMED = `
  [...document.querySelectorAll('img, button, input, textarea, a')]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      if (element.tagName === 'IMG') return !element.hasAttribute('alt');
      const names = [element.ariaLabel, element.title, element.placeholder, element.textContent];
      return (element.labels?.length ?? 0) === 0 && !names.some((name) => name?.trim());
    })
    .map((element) => element.outerHTML.slice(0, 200))`;

/** What is wider than the window, stands beyond its edge, or has words that are cut off. */
const BEYOND = `
  [document.documentElement, ...document.querySelectorAll('#list .message, #list .message *')]
    .filter((element) => element.checkVisibility() && !(element instanceof SVGElement))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const isCut = element.matches('html, .words, .key, .file-words') && element.scrollWidth > element.clientWidth + 1;
      return isCut || left < -0.5 || right > innerWidth + 0.5;
    })
    .map((element) => element.outerHTML.slice(0, 200))`;

describe.skipIf(!hasChromium)('the chat in a browser', { timeout: WHOLE_ORDER_MS }, () => {
  const scene = playScene();
  const browser = useBrowser();
  const open = useWindows(browser, scene);
  afterEach(async () => {
    scene.sandbox.faults.clear();
    for (const id of [EMMA_ID, MARINA_ID, ADMIN_ID]) {
      await fetch(`${scene.sandbox.url}/client/chats/${id}/clear`, { method: 'POST' });
    }
  });

  async function chooseStyle(chat: ChatWindow, title: string): Promise<void> {
    await chat.tap(title);
    await chat.seeKey(`✓ ${title}`);
  }

  test('a photo becomes an album and its originals', async () => {
    const { faults } = scene.sandbox;
    const chat = await open(EMMA_ID);
    await chat.start();
    await chat.keepScreenshot('screenshots/start.png');

    const looking = faults.hold('openai', 'responses');
    await chat.sendPhoto(photo);
    const received = await chat.see('Photo received.');
    const cardId = await idOf(received);
    looking.release();
    const card = await chat.see('Blue mug');
    expect(await idOf(card)).toBe(cardId);
    await chat.keepScreenshot('screenshots/card.png');

    const [, second = ''] = await card.locator('[data-press="tap"]').allInnerTexts();
    await chooseStyle(chat, second);
    await chat.tap('All styles');
    await chat.see('5. Dark premium');
    await chooseStyle(chat, '5');
    await chat.keepScreenshot('screenshots/catalogue.png');
    await chat.tap('✓ Done');
    await chat.seeKey('✓ 1:1 · Amazon, Etsy');
    await chooseStyle(chat, '3:4 · Wildberries, Ozon');
    await chat.keepScreenshot('screenshots/chosen.png');

    const drawing = faults.holdAnswer('openai', 'images/edits');
    await chat.tap('Create 2 pictures · 2 credits');
    const status = chat.page.locator(`[data-message-id="${cardId}"][data-kind="photo"]`);
    await status.filter({ hasText: '2 pictures, 0 ready…' }).waitFor();
    expect(await status.getByRole('button', { name: 'Cancel' }).isEnabled()).toBe(true);
    await chat.keepScreenshot('screenshots/progress.png');
    drawing.release();

    const result = await chat.seeKey('Originals (PNG)');
    expect(await status.count()).toBe(0);
    expect(await result.innerText()).toContain('2 pictures are ready.');
    expect(await result.locator('[data-press="tap"]').allInnerTexts()).toEqual([
      'Originals (PNG)',
      'As JPEG',
      '📦 Files for marketplaces',
      '✂️ Cut-out',
      'Save style',
      '📝 Title & keywords · free',
      '✏️ Change it',
      'Not right',
      'Again · 2 credits',
      'Other style',
      'More like one',
    ]);
    await chat.keepScreenshot('screenshots/album.png');

    const pictures = chat.page.locator('[data-kind="album"]').getByTestId('picture');
    expect(await pictures.count()).toBe(2);
    for (const [index, style] of [second, 'Dark premium'].entries()) {
      await pictures.nth(index).click();
      const viewer = chat.page.getByTestId('viewer');
      expect(await viewer.getByTestId('viewer-caption').innerText()).toBe(style);
      expect(await shapeOf(viewer.getByRole('img'))).toBeCloseTo(3 / 4, 2);
      await viewer.getByRole('button', { name: 'Close' }).click();
    }

    await chat.tap('Originals (PNG)');
    const documents = chat.page.getByTestId('document');
    await documents.nth(1).waitFor();
    await chat.keepScreenshot('screenshots/originals.png');
    expect(await documents.count()).toBe(2);
    for (const [index, name] of ['blue-mug-1.png', 'blue-mug-2.png'].entries()) {
      const file = await chat.download(documents.nth(index));
      expect(file.name).toBe(name);
      expect(file.bytes.subarray(0, 8)).toEqual(PNG_SIGNATURE);
      // The header's width and height (PNG specification, 11.2.1).
      expect(file.bytes.readUInt32BE(16) / file.bytes.readUInt32BE(20)).toBeCloseTo(3 / 4, 2);
    }

    await chat.tap('Save style');
    expect(await chat.page.getByTestId('toast').innerText()).toContain('2 styles saved');
  });

  test('a caption is on the card, and a reply to a picture corrects it', async () => {
    // High enough for the whole card, whose picture shows the note.
    const chat = await open(EMMA_ID, { viewport: { ...PHONE, height: 1000 } });
    await chat.start();
    await chat.sendPhoto(photo, 'on marble, no flowers, 3:4');
    const card = await chat.see(/Blue mug · Mug[\s\S]*Your note: on marble, no flowers/);
    await card.getByRole('button', { name: '✓ 3:4 · Wildberries, Ozon' }).waitFor();
    await chat.say('on an old oak table, morning light');
    const own = await chat.see('“on an old oak table, morning light”');
    await own.getByRole('button', { name: '✓ My idea' }).waitFor();
    await chat.keepScreenshot('screenshots/words.png');
    await chat.tap('Create 1 picture · 1 credit');
    await chat.seeKey('✏️ Change it');

    const picture = chat.page.locator('[data-kind="photo"]').last();
    await picture.getByRole('button', { name: 'Reply' }).click();
    await chat.page.getByTestId('reply').waitFor();
    await chat.page.getByTestId('composer').fill('darker table, no flowers');
    await chat.keepScreenshot('screenshots/reply.png');
    await chat.page.getByTestId('send').click();
    await chat.page.getByTestId('reply').waitFor({ state: 'hidden' });
    const correction = await chat.see('Change the picture');
    const words = chat.page.locator('[data-from="persona"]').last();
    expect(await words.locator('[data-part="quote"]').count()).toBe(1);
    expect(await correction.innerText()).toContain('“darker table, no flowers”');
    await chat.keepScreenshot('screenshots/correction.png');
    await chat.tap('Create 1 picture · 1 credit');
    await chat.seeKey('↩️ Version before');
    const album = chat.page.locator('[data-kind="album"]').last();
    expect(await album.getByTestId('picture').count()).toBe(2);
    await chat.keepScreenshot('screenshots/corrected.png');

    // In the viewer each picture of an album can be replied to.
    await album.getByTestId('picture').first().click();
    await chat.page.getByTestId('viewer').getByRole('button', { name: 'Reply' }).click();
    await chat.page.getByTestId('reply').getByText('Before').waitFor();
    await chat.page.getByTestId('reply-leave').click();
    await chat.page.getByTestId('reply').waitFor({ state: 'hidden' });
  });

  test.each([
    ['en-GB', 'en'],
    ['ru-RU', 'ru'],
    ['de-DE', 'en'],
  ])('whoever opens the page in %s is a seller who speaks %s', async (locale, language) => {
    const context = await browser().newContext({ locale });
    const page = await context.newPage();
    await page.goto(scene.sandbox.url);
    await page.getByTestId('start').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await context.close();
  });

  test('a result becomes files for marketplaces, named by the article number that is asked for', async () => {
    // Emma's free credits are for the others.
    const chat = await open(ADMIN_ID);
    await chat.start();
    await chat.sendPhoto(photo);
    const card = await chat.seeKey('Create all 4 · 4 credits');
    const [first = ''] = await card.locator('[data-press="tap"]').allInnerTexts();
    await chooseStyle(chat, first);
    await chat.tap('Create 1 picture · 1 credit');
    await chat.seeKey('📦 Files for marketplaces');
    await chat.tap('📦 Files for marketplaces');
    await chat.tap('🏷 Add an article number');
    await chat.see('Send the article number');
    await chat.say('MUG-01');
    await chat.see('Article number: MUG-01');
    for (const channel of ['Ozon', 'Amazon gallery', 'Stories']) {
      await chat.tap(channel);
      await chat.seeKey(`✓ ${channel}`);
    }
    await chat.seeKey('📦 Make 3 files · free');
    await chat.keepScreenshot('screenshots/marketplaces.png');
    await chat.tap('📦 Make 3 files · free');
    await chat.see('MUG-01.zip');
    await chat.see('3 files are ready');
    await chat.seeKey('📦 Make 3 files · free');
    await chat.keepScreenshot('screenshots/marketplace-files.png');
  });

  test('a Russian seller reads Russian, in the chat and around it', async () => {
    const chat = await open(MARINA_ID);
    await chat.start();
    await chat.see('Здравствуйте, Марина!');
    await chat.sendPhoto(photo);
    const empty = await chat.seeKey('Создать все 4 · 4 кредита');
    const [first = ''] = await empty.locator('[data-press="tap"]').allInnerTexts();
    await chooseStyle(chat, first);
    const card = await chat.seeKey('Создать 1 снимок · 1 кредит');
    await chat.keepScreenshot('screenshots/russian.png');

    // Marketplaces have the names that their sellers know.
    const words = (await card.innerText()).replaceAll(/Amazon|Etsy|Wildberries|Ozon|Instagram|Stories/g, '');
    expect(words).not.toMatch(/[a-z]{2}/i);
    expect(await chat.page.locator('html').getAttribute('lang')).toBe('ru');
    expect(await chat.page.getByTestId('composer').getAttribute('placeholder')).toBe('Сообщение');
  });

  test('an admin sees the statistics, a seller does not', async () => {
    const admin = await open(ADMIN_ID);
    await admin.start();
    await admin.say('/admin_stats');
    await admin.see('Statistics');
    await admin.keepScreenshot('screenshots/admin.png');

    const chat = await open(EMMA_ID);
    await chat.start();
    await chat.say('/admin_stats');
    await chat.say('/balance');
    await chat.see(/You have \d credits/);
    expect(await chat.page.getByText('Statistics').count()).toBe(0);
  });

  test('troubles are made in the panel, and the seller is told what happens', async () => {
    const chat = await open(EMMA_ID);
    await chat.start();

    await openSide(chat);
    await addTrouble(chat, { kind: 'slow', match: 'responses', delayMs: 1500 });
    await closeSide(chat);
    await chat.sendPhoto(photo);
    await chat.see('Photo received. Having a look at your product…');
    const card = await chat.seeKey('Create all 4 · 4 credits');
    const [first = ''] = await card.locator('[data-press="tap"]').allInnerTexts();
    await chooseStyle(chat, first);

    await openSide(chat);
    await addTrouble(chat, { kind: 'refusal', match: 'images/edits' });
    await chat.keepScreenshot('screenshots/troubles.png');
    await closeSide(chat);
    await chat.tap('Create 1 picture · 1 credit');
    const result = await chat.see('No picture could be made.');
    const words = await result.innerText();
    expect(words).toContain(
      'The studio’s safety rules do not allow this picture. Try another photo or style.',
    );
    expect(words).toContain('Nothing was charged.');

    await openSide(chat);
    await chat.page.getByTestId('fault-none').click();
    await chat.page.getByText('Everything works.').waitFor();
  });

  test('a file that is no photo is told in the person’s words, and nothing is sent', async () => {
    const chat = await open(MARINA_ID);
    await chat.start();
    await chat.sendPhoto(Buffer.from('a HEIC that no messenger could show'));
    const toast = chat.page.getByTestId('toast');
    await toast.waitFor();
    expect(await toast.innerText()).toBe('Этот файл нельзя отправить как фото. Отправьте его файлом.');
    // What the browser says of the answer is for developers.
    expect(chat.complaints.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  test('shows emoji on a machine that has none, from the sandbox itself', async () => {
    const bare = await startBrowserWithoutEmoji();
    try {
      const chat = await openChat(bare, scene.sandbox.url, MARINA_ID);
      await chat.start();
      await expect
        .poll(() => fontsOf(chat.page, '[data-kind="photo"] .words'), { timeout: PATIENCE_MS })
        .toContainEqual({ family: EMOJI_FONT, own: true });
      // Before there is anything to write with it.
      const [font = Number.NaN, people = Number.NaN] = await chat.page.evaluate<number[]>(LOADED_AND_ASKED);
      expect(font).toBeLessThanOrEqual(people);
      expect(chat.complaints).toEqual([]);
    } finally {
      await bare.close();
    }
    // Who has emoji loads none.
    const chat = await open(EMMA_ID);
    await chat.page.addInitScript(DRAWS_EMOJI_IN_COLOUR);
    await chat.page.reload();
    await chat.start();
    expect(await chat.page.locator('html.without-emoji').count()).toBe(0);
  });

  test('every card fits a phone of 320 pixels, says what it shows, and axe finds nothing wrong', async () => {
    const chat = await open(MARINA_ID, { viewport: { width: 320, height: 568 } });
    const { page } = chat;
    const step = async (seen: string | RegExp) => {
      await chat.see(seen);
      expect(await page.evaluate(BEYOND), String(seen)).toEqual([]);
      expect(await page.evaluate(UNNAMED), String(seen)).toEqual([]);
    };
    await chat.start();
    await step('Здравствуйте, Марина!');
    await chat.sendPhoto(photo, 'на мраморе, без цветов, 3:4');
    await step(/Ваша заметка/);
    await chat.tap('Все стили');
    await step('Выберите до 4 по номерам.');
    await chat.tap('✓ Готово');
    await chat.say('на дубовом столе, утренний свет, осенние листья, тёплое небо за окном');
    await step('«на дубовом столе');
    await chat.tap('Создать 1 снимок · 1 кредит');
    await step('Готов 1 снимок.');
    await chat.tap('📝 Текст карточки · бесплатно');
    await chat.seeKey('Скопировать название');
    await chat.tap('📦 Файлы для маркетплейсов');
    await chat.tap('Wildberries');
    await chat.tap(/^📦 Сделать 1 файл/);
    await step(/Готов 1 файл|1 файл готов/);
    await chat.tap('✂️ Вырезать товар · бесплатно');
    await step(/вырезать|Вырезан/i);
    await chat.say('стол темнее, без цветов');
    await step('Изменить снимок');
    await chat.tap('Создать 1 снимок · 1 кредит');
    await chat.seeKey('↩️ Как было');
    await chat.tap('Не то');
    await step('Простите.');
    await chat.tap('🔁 Переделать бесплатно');
    await step('Что было не так?');
    for (const [command, seen] of [
      ['/history', 'Ваши снимки'],
      ['/styles', 'Стили'],
      ['/buy', 'Выберите пакет'],
      ['/settings', 'Настройки'],
      ['/help', 'Как это работает'],
      ['/support', 'Чем'],
      ['/privacy', 'данные'],
      ['/deletedata', 'Удалить'],
    ] as const) {
      await chat.say(command);
      await step(seen);
    }
    expect(await faultsByAxe(page)).toEqual([]);
    const greeting = page.locator('[data-kind="photo"]').first().getByRole('img').first();
    expect(await greeting.getAttribute('alt')).toContain('Здравствуйте, Марина!');
    const corrected = page.locator('[data-kind="album"]').last().getByRole('img');
    expect(await Promise.all((await corrected.all()).map((picture) => picture.getAttribute('alt')))).toEqual([
      'Было',
      'Стало: «стол темнее, без цветов»',
    ]);
  });

  test('people and troubles stand beside the chat on a wide screen, and behind a button on a phone', async () => {
    const wide = { isMobile: false, hasTouch: false, viewport: { width: 1280, height: 900 } };
    const chat = await open(EMMA_ID, wide);
    const panel = chat.page.getByTestId('fault-form');
    await panel.waitFor();
    await chat.start();
    await chat.sendPhoto(photo);
    const card = await chat.seeKey('Create all 4 · 4 credits');
    for (const style of (await card.locator('[data-press="tap"]').allInnerTexts()).slice(0, 4)) {
      await chooseStyle(chat, style);
    }
    await chat.tap('Create 4 pictures · 4 credits');
    await chat.seeKey('Originals (PNG)');
    expect(await chat.page.locator('[data-kind="album"]').getByTestId('picture').count()).toBe(4);
    await chat.keepScreenshot('screenshots/desktop.png');

    await chat.page.setViewportSize({ ...PHONE, height: 1060 });
    await panel.waitFor({ state: 'hidden' });
    await chat.keepScreenshot('sandbox-chat.png');
  });
});

function idOf(message: Locator): Promise<string | null> {
  return message.getAttribute('data-message-id');
}

/** Width to height of a picture on the screen, once it is there. */
async function shapeOf(picture: Locator): Promise<number> {
  await picture.waitFor();
  const box = await picture.boundingBox();
  if (box === null) throw new Error('the picture has gone');
  return box.width / box.height;
}

async function openSide(chat: ChatWindow): Promise<void> {
  await chat.page.getByTestId('people').click();
}

async function closeSide(chat: ChatWindow): Promise<void> {
  await chat.page.keyboard.press('Escape');
  await chat.page.getByTestId('fault-form').waitFor({ state: 'hidden' });
}

/** Fills in the panel, which is open. */
async function addTrouble(
  chat: ChatWindow,
  trouble: { kind: 'slow' | 'refusal'; match: string; delayMs?: number },
): Promise<void> {
  const field = (name: string) => chat.page.getByTestId(`fault-${name}`);
  await field('service').selectOption('openai');
  await field('kind').selectOption(trouble.kind);
  await field('match').fill(trouble.match);
  if (trouble.delayMs !== undefined) await field('delay').fill(String(trouble.delayMs));
  await field('add').click();
  await field('rules').getByText(trouble.match).waitFor();
}
