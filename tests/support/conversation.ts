/** What sellers do with the whole product, step by step, in whatever language they speak. */
import type { Message } from '@grammyjs/types';
import type { Button, CallbackAnswer, Person } from '../../sandbox/index.ts';
import { loadTexts, type Translate } from '../../src/texts/texts.ts';
import { buttons } from './seller.ts';

const texts = loadTexts();

/** The texts as this person reads them. */
export const textsOf = (person: Person): Translate => texts.in(texts.match(person.persona.language_code));

/** Generous: the machine may be busy, and a chat gets one message a second. */
export const PATIENCE = { timeoutMs: 120_000 } as const;

/** The text of a message without its formatting, as `t` gives it with its formatting. */
export const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The newest message that says this, now or as soon as there is one. */
export function waitForText(
  person: Person,
  wanted: string | RegExp,
  options: { after?: number; timeoutMs?: number } = {},
): Promise<Message> {
  const fits = (text: string) =>
    typeof wanted === 'string' ? text.includes(plain(wanted)) : wanted.test(text);
  return person.waitFor((message) => !isFromPerson(message) && fits(textOf(message)), {
    ...PATIENCE,
    ...options,
  });
}

/** Writes, and waits for the bot's next words that fit. */
export async function ask(person: Person, words: string, wanted: string | RegExp): Promise<Message> {
  const [sent] = person.sendText(words);
  return waitForText(person, wanted, { after: sent?.message_id ?? 0 });
}

export const textOf = (message: Message): string => message.text ?? message.caption ?? '';

/** Everything that the bot has written and that is still there. */
export const botMessages = (person: Person): Message[] =>
  person.messages().filter((message) => !isFromPerson(message));

/** The pictures that were made and are still there; the greeting's is none of them. */
export const picturesOf = (person: Person): Message[] =>
  botMessages(person).filter((message) => message.photo !== undefined && idIn(message, 'menu') === null);

/** Taps and waits until the bot has answered the tap. */
export async function tap(person: Person, button: Button): Promise<CallbackAnswer> {
  return answerTo(person, person.tap(button));
}

/** The answer to a tap, now or as soon as it comes. */
export async function answerTo(
  person: Person,
  queryId: string,
  { timeoutMs }: { timeoutMs: number } = PATIENCE,
): Promise<CallbackAnswer> {
  const find = () => person.callbackAnswers().find((answer) => answer.callback_query_id === queryId);
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = person.watch(() => {
    if (find() !== undefined) resolve();
  });
  const timer = setTimeout(resolve, timeoutMs);
  if (find() === undefined) await promise;
  stop();
  clearTimeout(timer);
  const answer = find();
  if (answer === undefined) throw new Error(`the tap ${queryId} was never answered`);
  return answer;
}

/** Waits until the message is not in the chat any more. */
export async function waitUntilGone(person: Person, { message_id: id }: Message): Promise<void> {
  const isThere = () => person.messages().some((message) => message.message_id === id);
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = person.watch((event) => {
    if (event.kind === 'deleted' && event.message_id === id) resolve();
  });
  const timer = setTimeout(resolve, PATIENCE.timeoutMs);
  if (isThere()) await promise;
  stop();
  clearTimeout(timer);
  if (isThere()) throw new Error(`the message ${id} stayed`);
}

/** The card of a draft from the moment something can be chosen. */
export function waitForCard(person: Person, options: { after?: number } = {}): Promise<Message> {
  const t = textsOf(person);
  return person.waitFor(
    (message) => buttons(message).includes(t('button-catalogue')) && idIn(message, 'place') !== null,
    { ...PATIENCE, ...options },
  );
}

/** Sends a photo and waits for its card. */
export async function sendProduct(person: Person, photo: Uint8Array, caption?: string): Promise<Message> {
  const [sent] = await person.sendPhoto(photo, caption === undefined ? {} : { caption });
  return waitForCard(person, { after: sent?.message_id ?? 0 });
}

/** The id that the message's first button with this verb carries, or null. */
export function idIn(message: Message, verb: string): number | null {
  for (const button of message.reply_markup?.inline_keyboard.flat() ?? []) {
    const [found, id] = 'callback_data' in button ? button.callback_data.split(':') : [];
    if (found === verb) return Number(id);
  }
  return null;
}

/** Chooses the first `pictures` proposals of the card and presses Create. @returns the photoshoot's id */
export async function place(person: Person, card: Message, pictures = 1): Promise<number> {
  const id = await choose(person, card, pictures);
  await tap(person, { data: `place:${id}`, messageId: card.message_id });
  return id;
}

/** Chooses the first `pictures` proposals of the card. @returns the draft's id */
export async function choose(person: Person, card: Message, pictures = 1): Promise<number> {
  const id = idIn(card, 'place');
  if (id === null) throw new Error('this is not the card of a draft');
  for (let number = 1; number <= pictures; number += 1) {
    await tap(person, { data: `style:${id}:${number}`, messageId: card.message_id });
  }
  return id;
}

/** The message below the album, or in its place. */
export function waitForResult(person: Person, photoshootId: number): Promise<Message> {
  return person.waitFor((message) => idIn(message, 'again') === photoshootId, PATIENCE);
}

/** A whole order of `pictures` proposals. */
export async function order(
  person: Person,
  photo: Uint8Array,
  pictures = 1,
): Promise<{ photoshootId: number; result: Message }> {
  const photoshootId = await place(person, await sendProduct(person, photo), pictures);
  return { photoshootId, result: await waitForResult(person, photoshootId) };
}

function isFromPerson(message: Message): boolean {
  return message.from?.is_bot !== true;
}
