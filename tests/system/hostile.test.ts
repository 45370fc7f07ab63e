/** What a hostile messenger may send: other people's ids, forged data, odd and repeated updates. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { VERBS, type Verb } from '../../src/screens/callback-data.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { anyCharacter } from '../support/any-character.ts';
import {
  botMessages,
  choose,
  idIn,
  order,
  PATIENCE,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';
import { INJECTED_TAPS } from '../support/tidy.ts';

const mug = await sampleProductPhoto('mug');

const NOBODYS = 987_654_321;

describe('a hostile messenger', () => {
  // That their answers were tried is looked at below.
  const scene = playScene({}, { expected: { refusals: INJECTED_TAPS } });

  /** A private message or tap that no button of the sandbox's chat makes. */
  const inject = (update: Readonly<Record<string, unknown>>) => scene.sandbox.people.injectUpdate(update);
  const userOf = ({ id, persona }: Person) => ({
    id,
    is_bot: false,
    first_name: persona.first_name,
    language_code: persona.language_code,
  });
  const privateChat = ({ id, persona }: Person) => ({
    id,
    type: 'private',
    first_name: persona.first_name,
  });
  const seconds = () => Math.floor(Date.now() / 1000);
  /** Far above the sandbox's own ids, which begin at the clock's seconds. */
  let nextUpdateId = seconds() + 1_000_000;
  let nextMessageId = 3_000_000;

  async function started(language: string): Promise<Person> {
    const person = seller(scene, language);
    person.sendText('/start');
    await waitForText(person, textsOf(person)('start-sample'));
    return person;
  }

  test('gets the same answer for what belongs to others as for what does not exist, whatever it taps', async () => {
    const owner = seller(scene, 'en');
    const t = textsOf(owner);
    const { photoshootId, result } = await order(owner, mug);
    await tap(owner, t('button-save'));
    owner.sendText('/styles');
    const presetId = idIn(await waitForText(owner, t('styles-saved-hint')), 'preset') ?? 0;
    const card = await sendProduct(owner, mug);
    const draftId = await choose(owner, card);
    const pictureId = idIn(result, 'notright') ?? 0;
    await tap(owner, { data: `notright:${pictureId}` });
    await tap(owner, t('button-give-back'));
    await waitForText(owner, t('not-right-done', { credits: 1 }));

    const admin = scene.sandbox.people.of(ADMIN_ID);
    admin.sendText('/start');
    owner.sendText('/support');
    owner.sendText('Where is my order?');
    const reply = await admin.waitFor((message) => idIn(message, 'ticket') !== null, PATIENCE);
    const ticketId = idIn(reply, 'ticket') ?? 0;
    // The last word to the owner, who is told nothing from here on.
    await waitForText(owner, t('support-received', { id: String(ticketId) }));

    /** What the owner's button carries, and the same of something that is not there; null: it names nobody's. */
    type Pair = readonly [theirs: string, nobodys: string];
    const both = (id: number, argument = ''): Pair => [`${id}${argument}`, `${NOBODYS}${argument}`];
    const draft = (argument = '') => both(draftId, argument);
    const photoshoot = both(photoshootId);
    const theirs: Record<Verb, Pair | null> = {
      product: draft(),
      attach: both(draftId, `:${ticketId}`),
      card: draft(),
      style: draft(':1'),
      catalogue: draft(),
      surprise: draft(),
      ideas: draft(),
      describe: draft(),
      name: draft(),
      ratio: draft(':3:4'),
      size: draft(':large'),
      count: draft(':2'),
      split: draft(),
      series: draft(),
      keepphoto: draft(),
      place: draft(),
      cancel: draft(),
      originals: photoshoot,
      again: photoshoot,
      restyle: photoshoot,
      save: photoshoot,
      likes: photoshoot,
      change: both(pictureId),
      target: draft(`:${pictureId}`),
      more: both(pictureId),
      undo: both(pictureId),
      problem: photoshoot,
      show: photoshoot,
      past: both(photoshootId, ':1'),
      pack: photoshoot,
      channel: both(photoshootId, ':ozon'),
      sku: photoshoot,
      makepack: photoshoot,
      cutout: photoshoot,
      listing: photoshoot,
      notright: both(pictureId),
      redo: both(pictureId),
      giveback: both(pictureId),
      reason: both(pictureId, ':look'),
      preset: both(presetId),
      rename: both(presetId),
      forget: both(presetId),
      // A package is everybody's; the draft that its payment would start is not.
      buy: [`1:stars:${draftId}`, `1:stars:${NOBODYS}`],
      support: both(ticketId),
      // These are the owners' of the bot; a subscription and a payment need not be there to be refused.
      ticket: both(ticketId, ':open'),
      refund: both(1),
      settle: both(1),
      retry: both(1),
      figures: ['today', '90'],
      charts: ['7', 'nothing'],
      admin: ['menu', 'nothing'],
      list: ['payments:1', 'nothing:1'],
      person: both(owner.id),
      ask: both(owner.id, ':gift'),
      act: both(1, ':yes'),
      team: both(owner.id),
      brake: ['stop', 'nothing'],
      digest: ['begin', 'nothing'],
      cache: ['show', 'nothing'],
      limit: ['messages:1', 'nothing:1'],
      broadcast: both(1, ':start'),
      news: null,
      data: null,
      unsubscribe: both(1),
      subscribe: null,
      history: null,
      resubscribe: both(1),
      menu: null,
      shop: null,
      language: null,
    };
    const shown = () => owner.messages().map((message) => [textOf(message), ...buttons(message)]);
    const before = shown();
    const stranger = await started('ru');
    const expected = { text: textsOf(stranger)('error-not-found'), show_alert: false };
    const answers: object[] = [];
    const wanted: object[] = [];
    for (const verb of VERBS) {
      for (const which of theirs[verb] ?? []) {
        const { text, show_alert } = await tap(stranger, { data: `${verb}:${which}` });
        answers.push({ verb, which, text, show_alert });
        wanted.push({ verb, which, ...expected });
      }
    }
    expect(answers).toEqual(wanted);
    expect(botMessages(stranger)).toHaveLength(1);
    // Nothing of the owner's has moved.
    expect(shown()).toEqual(before);
    owner.sendText('/balance');
    await waitForText(owner, t('balance', { credits: 8 }));
  });

  test('cannot break anything with forged data: each tap is answered, once', async () => {
    const person = await started('en');
    const known = new Set(person.callbackAnswers().map((answer) => answer.callback_query_id));
    const id = fc.oneof(
      fc.integer({ min: -5, max: 60 }).map(String),
      fc.constantFrom('9007199254740991', '9007199254740992', '2147483648', '1e3', '0x1', '', '00', 'NaN'),
      fc.string({ maxLength: 12 }),
    );
    // What shows a screen is left to the tests of the menu: a chat gets one message a second.
    const verb = fc.constantFrom(
      ...VERBS.filter((name) => !['menu', 'history', 'language', 'buy', 'subscribe'].includes(name)),
    );
    const argument = fc.oneof(
      id,
      fc.tuple(id, id).map((parts) => parts.join(':')),
      fc.constantFrom('1:1', '3:4:5', 'label', 'catalogue', '1:catalogue', '__proto__', 'constructor'),
    );
    const data = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(verb, id, argument).map((parts) => parts.join(':')) },
      { weight: 2, arbitrary: fc.tuple(verb, id).map((parts) => parts.join(':')) },
      { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 64 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('menu:__proto__', 'language:xx', 'history:0', 'menu:', ':', ''),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(data, { minLength: 40, maxLength: 40 }), async (forged) => {
        const queries = forged.map((one) => person.tap({ data: one.slice(0, 64) }));
        await untilAnswered(person, queries);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    const answered = person.callbackAnswers().filter((one) => !known.has(one.callback_query_id));
    expect(answered).toHaveLength(400);
    const apology = textsOf(person)('error-unexpected');
    expect(answered.filter(({ text }) => text === apology)).toEqual([]);
    person.sendText('/balance');
    await waitForText(person, textsOf(person)('balance', { credits: 8 }));
  });

  test('may deliver an update five times, at once and later: it has one effect', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const id = await choose(person, card);
    const help = {
      update_id: nextUpdateId++,
      message: {
        message_id: nextMessageId++,
        date: seconds(),
        chat: privateChat(person),
        from: userOf(person),
        text: '/help',
        entities: [{ type: 'bot_command', offset: 0, length: 5 }],
      },
    };
    const create = {
      update_id: nextUpdateId++,
      callback_query: {
        id: `forged-${nextUpdateId}`,
        from: userOf(person),
        message: card,
        chat_instance: '1',
        data: `place:${id}`,
      },
    };
    const photo = {
      update_id: nextUpdateId++,
      message: {
        message_id: nextMessageId++,
        date: seconds(),
        chat: privateChat(person),
        from: userOf(person),
        photo: person.messages().find((message) => message.photo !== undefined)?.photo,
      },
    };
    const updates = [help, create, photo];
    for (const update of updates) for (let count = 0; count < 5; count += 1) inject(update);
    const result = await waitForResult(person, id);
    await waitForButton(person, t('button-create-all', { pictures: 4, credits: 4 }), PATIENCE);
    for (const update of updates) {
      inject(update);
      // One that is new, behind it in the same chat: when it is answered, the one before it was passed over.
      const [sent] = person.sendText('/balance');
      await waitForText(person, t('balance', { credits: 7 }), { after: sent?.message_id ?? 0 });
    }
    expect(textOf(result)).toContain(t('result-credits', { used: 1, left: 7 }));
    const texts = botMessages(person).map(textOf);
    expect(texts.filter((text) => text.includes(t('result-ready', { delivered: 1 })))).toHaveLength(1);
    expect(texts.filter((text) => text.startsWith('Как это работает'))).toHaveLength(1);
    expect(
      botMessages(person).filter((message) => buttons(message).includes(t('button-catalogue'))),
    ).toHaveLength(1);
    const answers = scene.sandbox.journal
      .calls('answerCallbackQuery')
      .filter(({ parameters }) => parameters.callback_query_id === create.callback_query.id);
    expect(answers).toHaveLength(1);
  });

  test('is not followed into groups and channels, and odd updates are passed over', async () => {
    const person = await started('en');
    const t = textsOf(person);
    const group = { id: -1_001_234_567_890, type: 'supergroup', title: 'Sellers' };
    const message = { message_id: 7, date: seconds(), chat: privateChat(person), from: userOf(person) };
    const command = { text: '/help', entities: [{ type: 'bot_command', offset: 0, length: 5 }] };
    const odd: Record<string, unknown>[] = [
      { message: { ...message, ...command, chat: group } },
      { message: { ...message, chat: group, photo: [] } },
      { message: { message_id: 8, date: seconds(), chat: group, ...command } },
      { channel_post: { ...message, ...command, chat: { ...group, type: 'channel' } } },
      { edited_message: { ...message, ...command, edit_date: seconds() } },
      { edited_channel_post: { ...message, ...command, chat: { ...group, type: 'channel' } } },
      { business_message: { ...message, ...command, business_connection_id: 'x' } },
      { inline_query: { id: '1', from: userOf(person), query: '', offset: '' } },
      { message: { message_id: 9, date: seconds(), chat: privateChat(person), ...command } },
      { message: { ...message, ...command, from: { ...userOf(person), is_bot: true } } },
      { message_reaction: { chat: privateChat(person), message_id: 1, user: userOf(person), date: 1 } },
      { poll: { id: '1', question: '?' } },
      { chat_join_request: { chat: group, from: userOf(person), date: 1, user_chat_id: person.id } },
      {
        my_chat_member: { chat: group, from: userOf(person), date: 1, new_chat_member: { status: 'member' } },
      },
      { something_of_next_year: { from: userOf(person) } },
      {},
    ];
    const before = scene.sandbox.journal.calls().filter(({ method }) => method.startsWith('send')).length;
    for (const update of odd) inject(update);
    person.sendText('/help');
    await waitForText(person, t('help'));
    const sent = scene.sandbox.journal.calls().filter(({ method }) => method.startsWith('send'));
    expect(sent.slice(before).map(({ parameters }) => Number(parameters.chat_id))).toEqual([person.id]);
  });

  test('taps elsewhere are answered, and lead nowhere', async () => {
    const person = await started('ru');
    const group = { id: -1_001_234_567_890, type: 'supergroup', title: 'Sellers' };
    const query = (id: string, about: object) => ({
      callback_query: { id, from: userOf(person), chat_instance: '1', data: 'menu:help', ...about },
    });
    inject(query('in-a-group', { message: { message_id: 7, date: 1, chat: group } }));
    inject(query('inline', { inline_message_id: 'abc' }));
    for (const id of ['in-a-group', 'inline']) {
      const answer = await scene.sandbox.journal.waitFor(
        ({ parameters }) => parameters.callback_query_id === id,
      );
      expect(answer.parameters.text).toBe(loadTexts().in('ru')('private-only'));
    }
    expect(botMessages(person)).toHaveLength(1);
  });

  test('somebody whose id needs all of its 52 bits is a seller like any other', async () => {
    const person = scene.sandbox.people.of({ id: 2 ** 52 - 1, firstName: 'Ann', languageCode: 'en' });
    const card = await sendProduct(person, mug);
    expect(await choose(person, card)).toBeGreaterThan(0);
    expect(buttons(person.messages().at(-1) ?? card)).toContain(
      textsOf(person)('button-create', { pictures: 1, credits: 1 }),
    );
  });

  test('a name and a caption with a zero character are answered like any other', async () => {
    const person = scene.sandbox.people.of({ firstName: 'Em\u0000ma', languageCode: 'en' });
    person.sendText('/start');
    await waitForText(person, textsOf(person)('start-sample'));
    await person.sendPhoto(mug, { caption: 'Blue\u0000 mug' });
    await waitForButton(person, textsOf(person)('button-create-all', { pictures: 4, credits: 4 }));
  });

  test('a name full of markup is shown as it is', async () => {
    const name = '<b>&amp; "Bobby" </b><script>';
    const person = scene.sandbox.people.of({ firstName: name, languageCode: 'en' });
    person.sendText('/start');
    const greeting = await waitForText(person, textsOf(person)('start-sample'));
    expect(textOf(greeting)).toContain(`Hello, ${name}!`);
  });
});

const isAnswered = (person: Person, query: string) =>
  person.callbackAnswers().some(({ callback_query_id: id }) => id === query);

/** Waits for the last of them, which are answered in order, but for cancels, which overtake. */
async function untilAnswered(person: Person, queries: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const all = () => queries.every((query) => isAnswered(person, query));
  const stop = person.watch(() => {
    if (all()) resolve();
  });
  const timer = setTimeout(() => reject(new Error('taps were left unanswered')), PATIENCE.timeoutMs);
  if (all()) resolve();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
