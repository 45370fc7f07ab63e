import type { InlineKeyboardButton, Message } from '@grammyjs/types';
import type { ChatEvent, NewPersona } from './chats.ts';
import type { PersonActions } from './person-actions.ts';
import { NotPossible } from './refusal.ts';
import type { Chat, Persona } from './state.ts';
import type { Store } from './store.ts';
import { waitForOne } from './wait-for-one.ts';

const WAIT_MS = 30_000;

export type CallbackAnswer = Omit<Extract<ChatEvent, { kind: 'callback-answer' }>, 'kind'>;
/** A button by its visible text, or what a hostile messenger may send: any data, to any message. */
export type Button = string | RegExp | { data: string; messageId?: number };
export type People = ReturnType<typeof createPeople>;
export type Person = ReturnType<People['of']>;

/** People for tests and the demo: they act at once and wait for what the bot answers, without polling. */
export function createPeople(store: Store, actions: PersonActions) {
  const { chats } = store;
  const answers = new Map<Chat, CallbackAnswer[]>();

  function answersTo(chat: Chat): CallbackAnswer[] {
    const known = answers.get(chat);
    if (known) return known;
    const list: CallbackAnswer[] = [];
    answers.set(chat, list);
    chats.watch(chat, (event) => {
      if (event.kind !== 'callback-answer') return;
      const { kind: _, ...answer } = event;
      list.push(answer);
    });
    return list;
  }

  function personOf(persona: Persona) {
    const chat = chats.of(persona.id);
    const heard = answersTo(chat);

    return {
      id: persona.id,
      persona,
      sendText: (text: string, options: { replyTo?: number } = {}) => actions.sendText(chat, text, options),
      /** Looks whether the messenger would send it. @throws NotAPhoto when it would not */
      choosePhoto: (bytes: Uint8Array) => actions.choosePhoto(bytes),
      /** With a `mediaGroupId`, one part of an album, so that a part can come late or not at all. */
      sendPhoto: (bytes: Uint8Array, options: { caption?: string; mediaGroupId?: string } = {}) =>
        actions.sendFiles(chat, [{ filename: 'photo.jpg', mimeType: 'image/jpeg', bytes }], {
          as: 'photo',
          ...options,
        }),
      sendDocument: (
        bytes: Uint8Array,
        options: { filename: string; mimeType: string; caption?: string; mediaGroupId?: string },
      ) => {
        const { filename, mimeType, ...rest } = options;
        return actions.sendFiles(chat, [{ filename, mimeType, bytes }], { as: 'document', ...rest });
      },
      sendAlbum: (pictures: readonly Uint8Array[], options: { caption?: string } = {}) =>
        actions.sendFiles(
          chat,
          pictures.map((bytes, index) => ({ filename: `photo${index}.jpg`, mimeType: 'image/jpeg', bytes })),
          { as: 'photo', ...options },
        ),

      /**
       * Taps the newest button that fits, and gives the id of the query.
       * @throws NotPossible when there is none, or it is a button of another kind.
       */
      tap(button: Button): string {
        const { messageId, data } = findButton(chats.visible(chat), button);
        return actions.tap(chat, messageId, data);
      },
      /** Pays an invoice: the id of its message, or its link. */
      pay: (invoice: number | string) => actions.pay(chat, invoice),
      /** A subscription's period is over: Telegram takes the next one, unless it was cancelled. */
      renew: (firstChargeId: string) => actions.renew(chat, firstChargeId),

      messages: () => chats.visible(chat),
      lastMessage: () => chats.visible(chat).at(-1),
      /** What the bot answered to the taps so far. */
      callbackAnswers: (): readonly CallbackAnswer[] => [...heard],
      stars: () => chat.stars,
      block: () => actions.block(chat),
      unblock: () => actions.unblock(chat),
      clear: () => actions.clear(chat),
      /** Calls `watcher` with everything that happens in the chat until the returned function is called. */
      watch: (watcher: (event: ChatEvent) => void) => chats.watch(chat, watcher),

      /**
       * The newest message that fits, as it stands now, or else the first that comes to fit, new or edited. With
       * `after`, only messages with a larger id count.
       * @throws Error when none did within `timeoutMs` (30 s); it shows the end of the chat.
       */
      async waitFor(
        predicate: (message: Message) => boolean,
        options: { timeoutMs?: number; after?: number } = {},
      ): Promise<Message> {
        const fits = (message: Message) => message.message_id > (options.after ?? 0) && predicate(message);
        const present = chats.visible(chat).findLast(fits);
        if (present) return present;
        return waitForOne<Message>({
          subscribe: (listener) =>
            chats.watch(chat, (event) => {
              if (event.kind === 'message') listener(event.message);
            }),
          fits,
          timeoutMs: options.timeoutMs ?? WAIT_MS,
          failure() {
            const end = chats.visible(chat).slice(-5).map(describe).join('\n');
            return new Error(`No such message came to ${persona.first_name}; the chat ends with:\n${end}`);
          },
        });
      },
    };
  }

  return {
    /** Someone who is there, by id, or someone new. */
    of: (who: number | NewPersona) =>
      personOf(typeof who === 'number' ? chats.of(who).persona : chats.addPersona(who)),
    all: () => chats.all().map((chat) => chat.persona),
    /** Puts an update into the bot's queue as it is; with an `update_id` it keeps it, so it may come twice. */
    injectUpdate: (raw: Readonly<Record<string, unknown>>) => store.updates.inject(raw),
  };
}

function findButton(messages: readonly Message[], wanted: Button): { messageId: number; data: string } {
  const newestFirst = messages.toReversed();
  if (typeof wanted === 'object' && 'data' in wanted) {
    const holder = newestFirst.find((message) =>
      buttonsOf(message).some((button) => dataOf(button) === wanted.data),
    );
    const fallback = newestFirst.find((message) => message.from?.is_bot);
    const messageId = wanted.messageId ?? holder?.message_id ?? fallback?.message_id;
    if (messageId === undefined) throw new NotPossible('The bot has written nothing that could be tapped');
    return { messageId, data: wanted.data };
  }
  for (const message of newestFirst) {
    const button = buttonsOf(message).find(({ text }) =>
      typeof wanted === 'string' ? text === wanted : wanted.test(text),
    );
    if (!button) continue;
    const data = dataOf(button);
    if (data === undefined) throw new NotPossible(`The button “${button.text}” sends nothing to the bot`);
    return { messageId: message.message_id, data };
  }
  const present = newestFirst.flatMap(buttonsOf).map(({ text }) => `“${text}”`);
  throw new NotPossible(`There is no button ${wanted}; there are ${present.join(', ') || 'none'}`);
}

function buttonsOf(message: Message): InlineKeyboardButton[] {
  return message.reply_markup?.inline_keyboard.flat() ?? [];
}

function dataOf(button: InlineKeyboardButton): string | undefined {
  return 'callback_data' in button ? button.callback_data : undefined;
}

function describe(message: Message): string {
  const who = message.from?.is_bot ? 'bot' : 'person';
  const buttons = buttonsOf(message).map(({ text }) => `[${text}]`);
  const kind = message.photo ? '(photo)' : message.document ? '(document)' : '';
  return `  ${message.message_id} ${who}: ${kind}${message.text ?? message.caption ?? ''} ${buttons.join(' ')}`;
}
