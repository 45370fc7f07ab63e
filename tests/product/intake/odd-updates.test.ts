import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { kindOf, laneOf, readUpdate } from '../../../src/intake/update.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { openTestDatabase } from '../../support/database.ts';
import { drawn } from '../../support/drawn-cases.ts';
import { createScene, createStage, message, preCheckout, tap } from './scene.ts';

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(() => scene.clear());
afterAll(() => database.close());

const KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'callback_query',
  'pre_checkout_query',
  'my_chat_member',
  'inline_query',
  'poll',
  'a_kind_of_next_year',
];

/** What JSON can carry, with the characters that a jsonb column does not take. */
const oddText = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom('\u0000', 'a\ud800b', '\udfff', '\\u0000', '\\\u0000', 'cancel:1', '__proto__'),
);
const oddId = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), oddText, fc.constant(null));
const oddPerson = fc.oneof(fc.record({ id: oddId, first_name: oddText }), oddText, fc.constant(null));
const oddContent = fc.oneof(
  fc.record(
    { chat: oddPerson, from: oddPerson, user: oddPerson, message: fc.object(), data: oddText, text: oddText },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ stringUnit: 'binary' }),
);

describe('odd updates', () => {
  test('of any shape are stored and handled, each once', async () => {
    const stage = createStage();
    const intake = await scene.started(stage);
    let lastId = 0;
    const oddUpdates = fc.array(fc.dictionary(fc.constantFrom(...KINDS), oddContent, { maxKeys: 2 }), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(oddUpdates, async (contents) => {
        const updates = contents.map((content) => readUpdate({ ...content, update_id: ++lastId }));
        const results = await Promise.all(
          updates.map((update) => (update === null ? 'none' : intake.receive(update))),
        );
        expect(new Set(results).size).toBeLessThanOrEqual(1);
        expect(results).not.toContain('none');
        expect(results).not.toContain('busy');
      }),
      drawn(60),
    );
    await intake.receive(message(++lastId, 7));
    await stage.until(`${lastId} ends`);
    await intake.drain(1000);
    expect(stage.events.filter((event) => event.endsWith('ends'))).toHaveLength(lastId);
    expect(Object.values(await scene.states())).toEqual(Array(lastId).fill('done'));
  });

  test('with characters that the database refuses keep all the others', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await Promise.all([
      intake.receive(message(1, 7, 'zero \u0000, half a pair \ud83d, backslash \\u0000, whole 👋')),
      intake.receive(message(2, 8)),
    ]);
    expect((await scene.row(1)).payload).toEqual(
      message(1, 7, 'zero \ufffd, half a pair \ufffd, backslash \\u0000, whole 👋'),
    );
    release();
    await intake.drain(1000);
  });

  test('are handled as they were stored, so that each part of them can be stored again', async () => {
    const stage = createStage();
    const handled: unknown[] = [];
    const intake = await scene.started({
      ...stage,
      async handle(update, signal) {
        handled.push(update);
        await stage.handle(update, signal);
      },
    });
    await intake.receive(message(1, 7, 'zero \u0000, whole 👋'));
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(handled).toEqual([message(1, 7, 'zero \ufffd, whole 👋')]);
  });

  test('nested too deep to be written are let go, and harm no other', async () => {
    const stage = createStage();
    const intake = await scene.started(stage);
    let nested: unknown = 'the innermost';
    for (let depth = 0; depth < 100_000; depth++) nested = { nested };
    const deep = readUpdate({ update_id: 1, message: nested });
    if (deep === null) throw new Error('it has an id, so it is an update');
    await Promise.all([intake.receive(deep), intake.receive(message(2, 7))]);
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 2: 'done' });
  });

  test('without a usable id are none', () => {
    const ids = fc.oneof(
      fc.constant({}),
      fc.record({ update_id: fc.oneof(fc.string(), fc.constant(null), fc.double({ noInteger: true })) }),
      fc.record({ update_id: fc.integer({ max: -1 }) }),
      fc.record({ update_id: fc.maxSafeInteger().filter((id) => id >= 2 ** 52) }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), ids), (value) => {
        const update = readUpdate(value);
        if (update !== null) expect(Number.isSafeInteger(laneOf(update))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(ids, (value) => {
        expect(readUpdate(value)).toBeNull();
      }),
    );
  });
});

describe('the lane of an update', () => {
  const user = { id: 5, is_bot: false, first_name: 'Anna' };
  const group = { id: -1001234567890, type: 'supergroup' };
  const lane = (content: object) => {
    const update = readUpdate({ update_id: 3, ...content });
    return update === null ? null : laneOf(update);
  };

  test('is its chat, or its person where there is no chat', () => {
    expect(laneOf(message(3, 7))).toBe(7);
    expect(lane({ channel_post: { chat: group } })).toBe(group.id);
    expect(lane({ callback_query: { from: user, message: { chat: group }, data: 'style:1:2' } })).toBe(
      group.id,
    );
    expect(laneOf(tap(3, 5, 'style:1:2'))).toBe(5);
    expect(lane({ my_chat_member: { chat: group, from: user } })).toBe(group.id);
    expect(lane({ inline_query: { from: user } })).toBe(5);
    expect(lane({ poll_answer: { user } })).toBe(5);
  });

  test('is its own when nothing may be in front of it, or when nobody is known', () => {
    const own = [
      laneOf(preCheckout(3, 5)),
      laneOf(tap(3, 5, 'cancel:9')),
      lane({ poll: { id: '1' } }),
      lane({}),
    ];
    expect(own).toEqual(Array(4).fill(2 ** 52 + 3));
    expect(lane({ callback_query: { from: user, data: 'cancelled' } })).toBe(5);
  });

  test('does not need the update to be of a kind that is known', () => {
    expect(lane({ a_kind_of_next_year: { from: user } })).toBe(5);
    expect(kindOf({ update_id: 3 })).toBe('empty');
  });
});
