import { Telegraf, TelegramError } from 'telegraf';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { problemsOfResult, readSpecification } from './bot-api-specification.ts';
import { type Double, picture, startDouble } from './telegram-double.ts';

/** The real client, pointed at the double by its address alone. */
function clientOf(bot: Double) {
  return new Telegraf(bot.botToken, { telegram: { apiRoot: bot.url } }).telegram;
}

describe('the real Telegraf client', () => {
  test('sends text with a keyboard of its own making, edits it, and copes with “not modified”', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const telegram = clientOf(bot);
    const keyboard = { inline_keyboard: [[{ text: 'Go', callback_data: 'go', hide: false }]] };
    const sent = await telegram.sendMessage(ann.id, '<b>Hi</b>', {
      parse_mode: 'HTML',
      reply_markup: keyboard,
    });
    expect(sent).toMatchObject({ text: 'Hi', chat: { id: ann.id } });
    await telegram.editMessageText(ann.id, sent.message_id, undefined, 'Bye', { reply_markup: keyboard });
    expect(ann.lastMessage()).toMatchObject({ text: 'Bye', message_id: sent.message_id });
    const again = telegram.editMessageText(ann.id, sent.message_id, undefined, 'Bye', {
      reply_markup: keyboard,
    });
    await expect(again).rejects.toThrow(/400: Bad Request: message is not modified/);
  });

  test('sends a photo and an album from buffers, and replaces a photo', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const telegram = clientOf(bot);
    const photo = await telegram.sendPhoto(
      ann.id,
      { source: await picture(90, 60) },
      { caption: 'one', reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } },
    );
    expect(photo).toMatchObject({ caption: 'one', photo: [{ width: 90, height: 60 }] });
    expect(ann.lastMessage()?.reply_markup?.inline_keyboard).toHaveLength(1);

    const album = await telegram.sendMediaGroup(ann.id, [
      { type: 'document', media: { source: await picture(30, 30, 'png'), filename: 'кружка-1.png' } },
      {
        type: 'document',
        media: { source: await picture(30, 30, 'png'), filename: 'кружка-2.png' },
        caption: 'both',
      },
    ]);
    expect(album).toMatchObject([
      { document: { file_name: 'кружка-1.png' } },
      { document: { file_name: 'кружка-2.png' }, caption: 'both' },
    ]);

    const media = { type: 'photo', media: { source: await picture(40, 40) }, caption: 'two' } as const;
    const edited = await telegram.editMessageMedia(ann.id, photo.message_id, undefined, media);
    expect(edited).toMatchObject({ caption: 'two', photo: [{ width: 40 }] });
    const link = await telegram.getFileLink(photo.photo[0]?.file_id ?? '');
    expect((await fetch(link)).status).toBe(200);
  });

  test('receives updates, answers a tap once, and reads refusals with their parameters', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const telegram = clientOf(bot);
    ann.sendText('/help me');
    const updates = await telegram.callApi('getUpdates', {
      timeout: 0,
      limit: 100,
      offset: 0,
      allowed_updates: [],
    });
    expect(updates).toMatchObject([{ message: { text: '/help me', entities: [{ type: 'bot_command' }] } }]);

    await telegram.sendMessage(ann.id, 'menu', {
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    const id = ann.tap('Go');
    expect(await telegram.answerCbQuery(id, 'Done')).toBe(true);
    expect(ann.callbackAnswers()).toMatchObject([{ text: 'Done' }]);

    bot.faults.add('telegram', { match: 'sendMessage', kind: '429', retryAfter: 7, times: 1 });
    const refused = await telegram.sendMessage(ann.id, 'hi').catch((error: unknown) => error);
    if (!(refused instanceof TelegramError)) throw new Error('Telegraf says it with an error of its own');
    expect([refused.code, refused.parameters?.retry_after]).toEqual([429, 7]);
    bot.faults.add('telegram', { match: 'sendMessage', kind: '5xx', times: 1 });
    await expect(telegram.sendMessage(ann.id, 'hi')).rejects.toThrow('502: Bad Gateway');
    ann.block();
    await expect(telegram.sendMessage(ann.id, 'hi')).rejects.toThrow(
      '403: Forbidden: bot was blocked by the user',
    );
  });

  test('runs a whole bot: launch, a command, a button, stop', async () => {
    const bot = await startDouble();
    const real = new Telegraf(bot.botToken, { telegram: { apiRoot: bot.url } });
    real.command('start', (ctx) =>
      ctx.reply(`Hello, ${ctx.from.first_name}`, {
        reply_markup: { inline_keyboard: [[{ text: 'More', callback_data: 'more' }]] },
      }),
    );
    real.action('more', async (ctx) => {
      await ctx.answerCbQuery('Here');
      await ctx.editMessageText('More of it');
    });
    const ann = bot.people.of({ languageCode: 'en', firstName: 'Ann' });
    const running = real.launch();
    onTestFinished(() => running);

    ann.sendText('/start');
    await ann.waitFor((message) => message.text === 'Hello, Ann');
    ann.tap('More');
    await ann.waitFor((message) => message.text === 'More of it');
    expect(ann.callbackAnswers()).toMatchObject([{ text: 'Here' }]);
    real.stop();
  });
});

describe('answers and the public specification', () => {
  const specification = readSpecification();
  beforeAll(() => {
    if (!specification) {
      process.stdout.write(
        'SKIPPED for want of ../shared/specs: answers of the Bot API double against the specification\n',
      );
    }
  });

  test('every answer has what its type requires', async () => {
    const bot = await startDouble();
    const results = await exercise(bot);
    expect(results.size).toBeGreaterThan(30);
    if (!specification) return;
    const found = [...results].flatMap(([method, result]) => problemsOfResult(specification, method, result));
    expect(found).toEqual([]);
  });
});

/** Calls every method of the double that answers with something, and gives each method's last result. */
async function exercise(bot: Double): Promise<Map<string, unknown>> {
  const results = new Map<string, unknown>();
  const ann = await bot.acquaintance();
  const call = async (method: string, parameters: object = {}) => {
    const { ok, result, description } = await bot.call(method, { chat_id: ann.id, ...parameters });
    if (!ok) throw new Error(`${method}: ${description}`);
    results.set(method, result);
    return result;
  };
  const upload = async (method: string, parameters: Record<string, unknown>) => {
    const { ok, result, description } = await bot.upload(method, { chat_id: ann.id, ...parameters });
    if (!ok) throw new Error(`${method}: ${description}`);
    results.set(method, result);
    return result;
  };

  const keyboard = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] };
  const text = await call('sendMessage', {
    text: '<a href="https://example.org">x</a> @someone',
    parse_mode: 'HTML',
    reply_markup: keyboard,
  });
  await call('editMessageText', { message_id: text.message_id, text: 'y' });
  await call('editMessageReplyMarkup', { message_id: text.message_id, reply_markup: keyboard });
  await call('setMessageReaction', {
    message_id: text.message_id,
    reaction: [{ type: 'emoji', emoji: '👍' }],
  });
  await call('sendChatAction', { action: 'typing' });
  const photo = await upload('sendPhoto', { photo: await pictureFile(), caption: 'c' });
  await call('editMessageCaption', { message_id: photo.message_id, caption: 'd' });
  const media = { type: 'photo', media: 'attach://shot' };
  await upload('editMessageMedia', { message_id: photo.message_id, media, shot: await pictureFile() });
  const document = await upload('sendDocument', { document: await pictureFile() });
  await call('getFile', { file_id: document.document.file_id });
  await upload('sendMediaGroup', { media: [media, media], shot: await pictureFile() });
  const from = { from_chat_id: ann.id, message_id: text.message_id };
  await call('copyMessage', from);
  await call('forwardMessage', from);

  const invoice = {
    title: 'T',
    description: 'D',
    payload: 'p',
    currency: 'XTR',
    prices: [{ label: 'L', amount: 5 }],
  };
  const bill = await call('sendInvoice', invoice);
  await call('createInvoiceLink', invoice);
  await ann.sendPhoto(await picture(40, 40));
  await ann.sendDocument(await picture(40, 40, 'webp'), { filename: 'a.webp', mimeType: 'image/webp' });
  await ann.sendDocument(await picture(40, 40, 'gif'), { filename: 'a.gif', mimeType: 'image/gif' });
  const query = ann.tap('Go');
  await call('answerCallbackQuery', { callback_query_id: query });
  ann.block();
  ann.unblock();
  const paying = ann.pay(bill.message_id);
  const updates = await call('getUpdates');
  const preCheckout = updates.at(-1).pre_checkout_query;
  await call('answerPreCheckoutQuery', { pre_checkout_query_id: preCheckout.id, ok: true });
  const outcome = await paying;
  if (outcome.status !== 'paid') throw new Error(outcome.status);
  await call('getMyStarBalance');
  await call('refundStarPayment', {
    user_id: ann.id,
    telegram_payment_charge_id: outcome.telegram_payment_charge_id,
  });
  await call('getStarTransactions');
  await call('getUpdates');

  await call('getMe');
  await call('getChat');
  await call('setMyCommands', { commands: [{ command: 'start', description: 'Start' }] });
  await call('getMyCommands');
  await call('deleteMyCommands');
  await call('setMyName', { name: 'N' });
  await call('getMyName');
  await call('setMyDescription', { description: 'D' });
  await call('getMyDescription');
  await call('setMyShortDescription', { short_description: 'S' });
  await call('getMyShortDescription');
  await call('setChatMenuButton', { menu_button: { type: 'commands' } });
  await call('getChatMenuButton');
  await call('deleteMessage', { message_id: text.message_id });
  await call('deleteMessages', { message_ids: [photo.message_id] });
  await call('setWebhook', { url: 'http://127.0.0.1:9/', allowed_updates: ['message'] });
  await call('getWebhookInfo');
  await call('deleteWebhook');
  return results;
}

async function pictureFile(): Promise<File> {
  return new File([new Uint8Array(await picture(50, 40))], 'p.jpg', { type: 'image/jpeg' });
}
