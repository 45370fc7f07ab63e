/** Commands and the menu: what somebody meets before they send a photo, in both languages. */
import { describe, expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { commandsFor, commandTextId } from '../../src/bot/commands.ts';
import { HOUSE_STYLES } from '../../src/photoshoots/styles/house-styles.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { botMessages, PATIENCE, plain, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const texts = loadTexts();
const languages = ['en', 'ru'] as const;

describe('the menu', { concurrent: true }, () => {
  const scene = playScene({ FREE_CREDITS: '8' });

  describe.each(languages)('in %s', (language) => {
    const t = texts.in(language);

    test('greets somebody new by name, with the free pictures', async () => {
      const person = seller(scene, language);
      person.sendText('/start');
      const { first_name: name } = person.persona;
      const greeting = await waitForText(person, t('start', { name }));
      expect(textOf(greeting)).toContain(plain(t('start-free', { pictures: 8 })));
      // A photo and what becomes of it, above the words.
      expect(greeting.photo?.at(-1)).toMatchObject({ width: 1212, height: 800 });
      expect(buttons(greeting)).toEqual([
        t('menu-buy'),
        t('menu-balance'),
        t('menu-history'),
        t('menu-styles'),
        t('menu-help'),
        t('menu-settings'),
      ]);
      expect(botMessages(person)).toHaveLength(1);
    });

    test('answers each command with its own screen', async () => {
      const person = seller(scene, language);
      const screens: Record<string, string> = {
        help: t('help'),
        styles: t('styles-title'),
        history: t('history-empty'),
        balance: t('balance', { credits: 8 }),
        cancel: t('cancel-nothing'),
        settings: t('settings-title', { language: t('language-name') }),
        language: t('language-title'),
      };
      for (const [command, screen] of Object.entries(screens)) {
        person.sendText(`/${command}`);
        await waitForText(person, screen);
      }
      expect(botMessages(person)).toHaveLength(Object.keys(screens).length);
    });

    test('goes from screen to screen in one message and comes back', async () => {
      const person = seller(scene, language);
      person.sendText('/start');
      const menu = await waitForButton(person, t('menu-help'));
      const steps: [button: string, shows: string][] = [
        [t('menu-help'), t('help')],
        [t('button-back'), t('start-sample')],
        [t('menu-styles'), t(`style-${HOUSE_STYLES[0].key}`)],
        [t('button-back'), t('start-sample')],
        [t('menu-history'), t('history-empty')],
        [t('button-back'), t('start-sample')],
        [t('menu-balance'), t('balance', { credits: 8 })],
        [t('menu-buy'), t('shop-hint')],
        [t('button-back'), t('start-sample')],
        [t('menu-settings'), t('settings-title', { language: t('language-name') })],
        [t('button-language'), t('language-title')],
        [t('button-back'), t('settings-title', { language: t('language-name') })],
      ];
      for (const [button, shows] of steps) {
        await tap(person, button);
        expect((await waitForText(person, shows)).message_id).toBe(menu.message_id);
      }
      expect(botMessages(person)).toHaveLength(1);
    });

    test('has its commands and descriptions registered in the language', async () => {
      const { journal } = scene.sandbox;
      const whom = language === 'en' ? undefined : language;
      const commands = await journal.waitFor(
        (call) => call.method === 'setMyCommands' && call.parameters.language_code === whom,
      );
      expect(commands.parameters).toMatchObject({
        scope: { type: 'all_private_chats' },
        commands: commandsFor('everyone').map((command) => ({
          command,
          description: t(commandTextId(command)),
        })),
      });
      for (const method of ['setMyDescription', 'setMyShortDescription']) {
        await journal.waitFor(
          (call) => call.method === method && call.parameters.language_code === whom && call.code === 200,
        );
      }
    });
  });

  test('uploads the picture of the greeting once for everybody', async () => {
    const people = [seller(scene, 'en'), seller(scene, 'ru')];
    for (const person of people) {
      person.sendText('/start');
      await waitForText(person, textsOf(person)('start-sample'));
    }
    // The tests beside this one greet as well; whoever came first has uploaded it, and some may have at the same time.
    const last = seller(scene, 'en');
    last.sendText('/start');
    const greeting = await waitForText(last, textsOf(last)('start-sample'));
    const sent = scene.sandbox.journal
      .calls()
      .find(({ method, parameters }) => method === 'sendPhoto' && Number(parameters.chat_id) === last.id);
    expect(sent?.parameters.photo).toBe(greeting.photo?.at(-1)?.file_id);
  });

  test('gives somebody new their free pictures once, however often and fast they start', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const { id, persona } = person;
    const from = { id, is_bot: false, first_name: persona.first_name, language_code: 'en' };
    const before = botMessages(person).length;
    person.sendText('/start');
    for (let count = 1; count < 20; count += 1) {
      scene.sandbox.people.injectUpdate({
        message: {
          message_id: 1_000_000 + count,
          date: Math.floor(Date.now() / 1000),
          chat: { id, type: 'private', first_name: persona.first_name },
          from,
          text: '/start',
          entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        },
      });
    }
    await person.waitFor(() => botMessages(person).length === before + 20, PATIENCE);
    const greetings = new Set(botMessages(person).map(textOf));
    expect(greetings.size).toBe(1);
    person.sendText('/balance');
    await waitForText(person, t('balance', { credits: 8 }));
  });

  test('speaks the language that was chosen, whatever Telegram says later', async () => {
    const person = seller(scene, 'en');
    person.sendText('/language');
    await waitForText(person, texts.in('en')('language-title'));
    const ru = texts.in('ru');
    const answer = await tap(person, ru('language-name'));
    expect(answer.text).toBe(ru('language-done'));
    await waitForText(person, ru('settings-title', { language: ru('language-name') }));
    // The persona's language_code is still `en` in every update.
    person.sendText('/balance');
    await waitForText(person, ru('balance', { credits: 8 }));
  });

  test('follows the language of somebody’s Telegram until they choose one', async () => {
    const person = seller(scene, 'ru');
    person.sendText('/balance');
    await waitForText(person, texts.in('ru')('balance', { credits: 8 }));
    person.persona.language_code = 'en-GB';
    person.sendText('/balance');
    await waitForText(person, texts.in('en')('balance', { credits: 8 }));
    person.persona.language_code = 'de';
    person.sendText('/help');
    await waitForText(person, texts.in('en')('help'));
  });

  test('says what it is for when somebody just talks, or sends a command that is none', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    person.sendText('Здравствуйте');
    const first = await waitForText(person, t('unknown-message'));
    person.sendText('/nosuchcommand');
    await waitForText(person, t('unknown-message'), { after: first.message_id });
  });

  test('shows an admin the owner’s commands from their first message on, and nobody else', async () => {
    const t = texts.in('en');
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const menus: string[][] = [];
    const stop = admin.watch((event) => {
      if (event.kind === 'commands') menus.push(event.commands.map(({ command }) => command));
    });
    admin.sendText('/start');
    await waitForText(admin, t('start-sample'));
    const call = await scene.sandbox.journal.waitFor(
      ({ method, parameters, code }) =>
        method === 'setMyCommands' &&
        code === 200 &&
        JSON.stringify(parameters.scope) === JSON.stringify({ type: 'chat', chat_id: ADMIN_ID }),
    );
    stop();
    const names = [...commandsFor('everyone'), ...commandsFor('owner')];
    expect(call.parameters.commands).toHaveLength(names.length);
    expect(menus.at(-1)).toEqual(names);
  });
});
