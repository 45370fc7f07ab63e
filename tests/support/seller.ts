/** Short ways to say what a seller does and sees. */
import type { Message } from '@grammyjs/types';
import type { Person } from '../../sandbox/index.ts';
import type { Scene } from './running-app.ts';

/** Somebody new who writes to the bot. */
export function seller(scene: Pick<Scene, 'sandbox'>, languageCode: string): Person {
  return scene.sandbox.people.of({ firstName: languageCode === 'ru' ? 'Марина' : 'Emma', languageCode });
}

/** The texts of a message's buttons, in reading order. */
export function buttons(message: Message): string[] {
  return message.reply_markup?.inline_keyboard.flat().map((button) => button.text) ?? [];
}

/** The newest message with such a button, now or as soon as there is one. */
export function waitForButton(
  person: Person,
  wanted: string | RegExp,
  options: { timeoutMs?: number; after?: number } = {},
): Promise<Message> {
  const fits = (text: string) => (typeof wanted === 'string' ? text === wanted : wanted.test(text));
  return person.waitFor((message) => buttons(message).some(fits), { timeoutMs: 60_000, ...options });
}
