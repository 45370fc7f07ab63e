import { describe, expect, test } from 'vitest';
import { startDouble } from './telegram-double.ts';

const list = (command: string) => [{ command, description: `Does ${command}` }];

describe('commands', () => {
  test('the narrowest scope wins, and in it the person’s language', async () => {
    const bot = await startDouble();
    const ira = await bot.acquaintance('ru');
    const ann = await bot.acquaintance('en');
    const seenBy = async (id: number) => {
      const chat = await (await bot.client(`/chats/${id}`)).json();
      return (chat as { commands: { command: string }[] }).commands.map(({ command }) => command);
    };
    await bot.call('setMyCommands', { commands: list('start') });
    await bot.call('setMyCommands', { commands: list('start_ru'), language_code: 'ru' });
    expect([await seenBy(ira.id), await seenBy(ann.id)]).toEqual([['start_ru'], ['start']]);
    await bot.call('setMyCommands', { commands: list('private'), scope: { type: 'all_private_chats' } });
    expect([await seenBy(ira.id), await seenBy(ann.id)]).toEqual([['private'], ['private']]);
    await bot.call('setMyCommands', { commands: list('admin'), scope: { type: 'chat', chat_id: ann.id } });
    expect([await seenBy(ira.id), await seenBy(ann.id)]).toEqual([['private'], ['admin']]);
    await bot.call('deleteMyCommands', { scope: { type: 'chat', chat_id: ann.id } });
    expect(await seenBy(ann.id)).toEqual(['private']);
  });

  test('getMyCommands gives the list of exactly that scope and language', async () => {
    const bot = await startDouble();
    await bot.call('setMyCommands', { commands: list('start') });
    expect((await bot.call('getMyCommands')).result).toEqual(list('start'));
    expect((await bot.call('getMyCommands', { language_code: 'ru' })).result).toEqual([]);
  });

  test('a change is told to those whose menu changes, and to nobody else', async () => {
    const bot = await startDouble();
    const ira = await bot.acquaintance('ru');
    const ann = await bot.acquaintance('en');
    const told: string[] = [];
    ira.watch((event) => told.push(`ira ${event.kind}`));
    ann.watch((event) => told.push(`ann ${event.kind}`));
    await bot.call('setMyCommands', { commands: list('start'), language_code: 'ru' });
    await bot.call('setMyCommands', { commands: list('start'), language_code: 'ru' });
    expect(told).toEqual(['ira commands']);
  });

  test.each([
    [{ commands: [{ command: 'Start', description: 'x' }] }, 'BOT_COMMAND_INVALID'],
    [{ commands: [{ command: 'start', description: '' }] }, 'BOT_COMMAND_DESCRIPTION_INVALID'],
    [{ commands: list('x'), language_code: 'english' }, 'invalid language code specified'],
    [{ commands: list('x'), scope: { type: 'chat', chat_id: 5 } }, 'chat not found'],
    [{ commands: list('x'), scope: { type: 'moon' } }, /can't parse BotCommandScope/],
  ])('%j is refused', async (parameters, description) => {
    const bot = await startDouble();
    expect((await bot.call('setMyCommands', parameters)).description).toMatch(description);
  });
});

test('name, descriptions and menu button are kept by language and chat', async () => {
  const bot = await startDouble();
  const ira = await bot.acquaintance('ru');
  await bot.call('setMyDescription', { description: 'Pictures', language_code: '' });
  await bot.call('setMyDescription', { description: 'Картинки', language_code: 'ru' });
  expect((await bot.call('getMyDescription', { language_code: 'ru' })).result).toEqual({
    description: 'Картинки',
  });
  expect((await bot.call('getMyDescription', { language_code: 'de' })).result).toEqual({
    description: 'Pictures',
  });
  await bot.call('setMyName', { name: 'Shop window' });
  expect((await bot.call('getMe')).result.first_name).toBe('Shop window');
  expect((await bot.call('setMyShortDescription', { short_description: 'x'.repeat(121) })).description).toBe(
    'Bad Request: bot short description is too long',
  );
  await bot.call('setChatMenuButton', { menu_button: { type: 'default' } });
  await bot.call('setChatMenuButton', { chat_id: ira.id, menu_button: { type: 'commands' } });
  expect((await bot.call('getChatMenuButton')).result).toEqual({ type: 'default' });
  expect((await bot.call('getChatMenuButton', { chat_id: ira.id })).result).toEqual({ type: 'commands' });
});
