import { describe, expect, test } from 'vitest';
import { file, picture, startDouble } from './telegram-double.ts';

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const button = (data: string) => ({ inline_keyboard: [[{ text: 'Go', callback_data: data, hide: false }]] });

describe('sending text', () => {
  test('a message is answered as it stands in the chat', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const { result } = await bot.call('sendMessage', {
      chat_id: ann.id,
      text: '  <b>Hello</b> /help ',
      parse_mode: 'HTML',
      reply_markup: button('go:1'),
    });
    expect(result).toMatchObject({
      chat: { id: ann.id, type: 'private', first_name: 'Ann' },
      from: { is_bot: true, username: 'vitrine_sandbox_bot' },
      text: 'Hello /help',
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'bot_command', offset: 6, length: 5 },
      ],
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go:1' }]] },
    });
    expect(ann.lastMessage()).toEqual(result);
  });

  test('a form and a query carry the same call, with nested values as JSON text', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const fields = new URLSearchParams({
      chat_id: String(ann.id),
      text: 'form',
      reply_markup: JSON.stringify(button('x')),
    });
    await fetch(bot.address('sendMessage'), { method: 'POST', body: fields });
    expect(ann.lastMessage()).toMatchObject({
      text: 'form',
      reply_markup: { inline_keyboard: [[{ callback_data: 'x' }]] },
    });
    await fetch(`${bot.address('SENDMESSAGE')}?chat_id=${ann.id}&text=query`);
    expect(ann.lastMessage()).toMatchObject({ text: 'query' });
  });

  test('a reply shows what it answers; one to a message that is gone is refused', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const [asked] = ann.sendText('how?');
    const reply = { message_id: asked?.message_id };
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'so', reply_parameters: reply });
    expect(sent.result.reply_to_message).toMatchObject({ text: 'how?' });
    const gone = { chat_id: ann.id, text: 'so', reply_parameters: { message_id: 9999 } };
    expect((await bot.call('sendMessage', gone)).description).toBe(
      'Bad Request: message to be replied not found',
    );
    const anyway = { ...gone, reply_parameters: { message_id: 9999, allow_sending_without_reply: true } };
    expect((await bot.call('sendMessage', anyway)).ok).toBe(true);
  });

  test.each([
    [{ text: ' ' }, 'Bad Request: message text is empty'],
    [{ text: '<b></b>', parse_mode: 'HTML' }, 'Bad Request: message text is empty'],
    [{ text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
    [{ text: '<i>x', parse_mode: 'HTML' }, /^Bad Request: can't parse entities: Can't find end tag/],
    [{ text: '*x*', parse_mode: 'MarkdownV2' }, 'Bad Request: unsupported parse_mode'],
    [{ text: 'x', reply_markup: button('я'.repeat(33)) }, 'Bad Request: BUTTON_DATA_INVALID'],
    [{ text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x' }]] } }, /Text buttons are unallowed/],
    [{ text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', pay: true }]] } }, /BUTTON_TYPE_INVALID/],
    [{ text: 'x', reply_markup: '{' }, "Bad Request: can't parse reply markup JSON object"],
    [{ text: 'x', chat_id: 12345 }, 'Bad Request: chat not found'],
    [{ text: 'x', chat_id: '' }, 'Bad Request: chat_id is empty'],
  ])('%j is refused', async (parameters, description) => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const before = ann.messages();
    const answer = await bot.call('sendMessage', { chat_id: ann.id, ...parameters });
    expect(answer).toMatchObject({
      ok: false,
      error_code: 400,
      description: expect.stringMatching(description),
    });
    expect(ann.messages()).toEqual(before);
  });

  test('4096 characters after parsing fit, however long the markup was', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const text = `<b>${'&lt;'.repeat(4096)}</b>`;
    const answer = await bot.call('sendMessage', { chat_id: ann.id, text, parse_mode: 'HTML' });
    expect(answer.result.text).toHaveLength(4096);
  });

  test('nobody is written to before they have written themselves', async () => {
    const bot = await startDouble();
    const stranger = bot.people.of({ languageCode: 'en', firstName: 'Bob' });
    const answer = await bot.call('sendMessage', { chat_id: stranger.id, text: 'hi' });
    expect(answer.description).toBe('Bad Request: chat not found');
  });

  test('a person who blocked the bot is out of its reach until they unblock it', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    ann.block();
    expect(await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(() => ann.sendText('hi')).toThrow('unblock');
    ann.unblock();
    expect((await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' })).ok).toBe(true);
    const { result } = await bot.call('getUpdates');
    expect(
      result.map(
        (update: { my_chat_member: { new_chat_member: { status: string } } }) =>
          update.my_chat_member.new_chat_member.status,
      ),
    ).toEqual(['kicked', 'member']);
  });
});

describe('editing', () => {
  test('an edit takes the old text’s place, and a call without a keyboard takes the keyboard away', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'one', reply_markup: button('a') });
    const target = { chat_id: ann.id, message_id: sent.result.message_id };
    const edited = await bot.call('editMessageText', { ...target, text: 'two' });
    expect(edited.result).toMatchObject({ message_id: target.message_id, text: 'two' });
    expect(edited.result.reply_markup).toBeUndefined();
    expect(edited.result.edit_date).toBeGreaterThan(0);
    expect(ann.lastMessage()).toEqual(edited.result);

    const keyboard = await bot.call('editMessageReplyMarkup', { ...target, reply_markup: button('b') });
    expect(keyboard.result).toMatchObject({
      text: 'two',
      reply_markup: { inline_keyboard: [[{ callback_data: 'b' }]] },
    });
  });

  test('an edit that changes nothing is refused, also after an edit', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'one', reply_markup: button('a') });
    const same = {
      chat_id: ann.id,
      message_id: sent.result.message_id,
      text: 'one',
      reply_markup: button('a'),
    };
    expect((await bot.call('editMessageText', same)).description).toBe(NOT_MODIFIED);
    await bot.call('editMessageText', { ...same, text: 'two' });
    expect((await bot.call('editMessageText', { ...same, text: ' two\n' })).description).toBe(NOT_MODIFIED);
    const markup = { ...same, text: undefined };
    expect((await bot.call('editMessageReplyMarkup', markup)).description).toBe(NOT_MODIFIED);
  });

  test('what cannot be edited says why', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const [own] = ann.sendText('mine');
    const photo = await bot.upload('sendPhoto', {
      chat_id: ann.id,
      photo: file(await picture(40, 30), 'p.jpg'),
    });
    const text = await bot.call('sendMessage', { chat_id: ann.id, text: 'text' });
    const edit = async (method: string, messageId: unknown, content: object) =>
      (await bot.call(method, { chat_id: ann.id, message_id: messageId, ...content })).description;

    expect(await edit('editMessageText', 999, { text: 'x' })).toBe('Bad Request: message to edit not found');
    expect(await edit('editMessageText', undefined, { text: 'x' })).toBe(
      'Bad Request: message identifier is not specified',
    );
    expect(await edit('editMessageText', own?.message_id, { text: 'x' })).toBe(
      "Bad Request: message can't be edited",
    );
    expect(await edit('editMessageText', photo.result.message_id, { text: 'x' })).toBe(
      'Bad Request: there is no text in the message to edit',
    );
    expect(await edit('editMessageCaption', text.result.message_id, { caption: 'x' })).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
  });

  test('a text becomes a photo, and the photo another photo, in place', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const text = await bot.call('sendMessage', { chat_id: ann.id, text: 'wait' });
    const edit = async (bytes: Uint8Array) =>
      bot.upload('editMessageMedia', {
        chat_id: ann.id,
        message_id: text.result.message_id,
        media: { type: 'photo', media: 'attach://shot', caption: '<b>k of n</b>', parse_mode: 'HTML' },
        shot: file(bytes, 'shot.jpg'),
      });
    const first = await edit(await picture(60, 40));
    expect(first.result).toMatchObject({ caption: 'k of n', photo: [{ width: 60, height: 40 }] });
    expect(first.result.text).toBeUndefined();
    const second = await edit(await picture(50, 50));
    expect(second.result.photo.at(-1)).toMatchObject({ width: 50, height: 50 });
    const caption = await bot.call('editMessageCaption', {
      chat_id: ann.id,
      message_id: text.result.message_id,
      caption: 'done',
    });
    expect(caption.result).toMatchObject({ caption: 'done', photo: second.result.photo });
    expect(ann.messages().filter((message) => message.from?.is_bot)).toHaveLength(1);
  });
});

describe('deleting, copying, forwarding, reacting', () => {
  test('a deleted message is gone, and a second time it is not found', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const [own] = ann.sendText('mine');
    const target = { chat_id: ann.id, message_id: own?.message_id };
    expect((await bot.call('deleteMessage', target)).result).toBe(true);
    expect(ann.messages().map((message) => message.text)).toEqual(['/start']);
    expect((await bot.call('deleteMessage', target)).description).toBe(
      'Bad Request: message to delete not found',
    );
  });

  test('several are deleted at once, those that are not there passed over', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const ids = [...ann.sendText('a'), ...ann.sendText('b')].map((message) => message.message_id);
    expect((await bot.call('deleteMessages', { chat_id: ann.id, message_ids: [...ids, 777] })).result).toBe(
      true,
    );
    expect(ann.messages().map((message) => message.text)).toEqual(['/start']);
  });

  test('a copy has no history, a forward says where it came from', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const [own] = ann.sendText('mine');
    const from = { chat_id: ann.id, from_chat_id: ann.id, message_id: own?.message_id };
    const copy = await bot.call('copyMessage', from);
    expect(copy.result).toEqual({ message_id: expect.any(Number) });
    expect(ann.lastMessage()).toMatchObject({ text: 'mine', from: { is_bot: true } });
    const forward = await bot.call('forwardMessage', from);
    expect(forward.result).toMatchObject({
      text: 'mine',
      forward_origin: { type: 'user', sender_user: { id: ann.id } },
    });
    expect((await bot.call('copyMessage', { ...from, message_id: 999 })).description).toBe(
      'Bad Request: message to copy not found',
    );
  });

  test('a reaction is one of Telegram’s, on a message that is there', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const react = (messageId: number | undefined, emoji: string) =>
      bot.call('setMessageReaction', {
        chat_id: ann.id,
        message_id: messageId,
        reaction: [{ type: 'emoji', emoji }],
      });
    const id = ann.lastMessage()?.message_id;
    expect((await react(id, '👍')).result).toBe(true);
    expect((await react(id, '🥕')).description).toBe('Bad Request: REACTION_INVALID');
    expect((await react(999, '👍')).description).toBe('Bad Request: message to react not found');
  });

  test('a chat action reaches the person; an unknown one is refused', async () => {
    const bot = await startDouble();
    const ann = await bot.acquaintance();
    const seen: unknown[] = [];
    ann.watch((event) => seen.push(event));
    await bot.call('sendChatAction', { chat_id: ann.id, action: 'upload_photo' });
    expect(seen).toEqual([{ kind: 'action', action: 'upload_photo' }]);
    expect((await bot.call('sendChatAction', { chat_id: ann.id, action: 'dance' })).description).toBe(
      'Bad Request: wrong parameter action in request',
    );
  });
});

describe('who may call what', () => {
  test('an unknown method is not found, and the journal has it', async () => {
    const bot = await startDouble();
    expect(await bot.call('sendSticker')).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
    expect(bot.journal.calls('sendSticker')).toMatchObject([{ code: 404 }]);
  });

  test('another token opens nothing', async () => {
    const bot = await startDouble();
    const response = await fetch(`${bot.url}/bot123:wrong/getMe`);
    expect([response.status, await response.json()]).toEqual([
      401,
      { ok: false, error_code: 401, description: 'Unauthorized' },
    ]);
  });
});
