/** Random histories of a shop: what a few people did, written as rows and kept in plain code to be counted there. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Database } from '../../../src/database/client.ts';
import {
  attributions,
  type CreditEntryKind,
  creditEntries,
  dailyFigures,
  events,
  orders,
  payments,
  photoshoots,
  processedImages,
  providerAttempts,
  RECOGNISED_BY,
  refundParts,
  rollUps,
  summedFigures,
  supportMessages,
  supportTickets,
  users,
} from '../../../src/database/schema/index.ts';

/** In the week in which Berlin's clocks change. */
export const NOW = new Date('2026-04-01T09:30:00Z');
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const HISTORY_DAYS = 75;
const PEOPLE = 5;
/** Answers tickets, and is none of them. */
const HELPER = 99;

type Deed = { person: number; minute: number } & (
  | {
      does: 'shoot';
      results: ('delivered' | 'failed' | 'refused')[];
      ends: 'finished' | 'cancelled' | 'never';
      takes: number;
      /** Two credits each, of which every other picture that arrives saves one. */
      large: boolean;
      style: string;
      ratio: string;
    }
  | { does: 'be-refused' }
  | {
      does: 'buy';
      currency: string;
      amount: number;
      credits: number;
      package: string;
      held: boolean;
      lost: boolean;
      renews: boolean;
    }
  | { does: 'order'; state: 'pending' | 'cancelled' | 'expired' }
  | { does: 'get'; kind: 'gift' | 'reward' | 'promo'; credits: number }
  | { does: 'get-money-back'; which: number; back: 'refunded' | 'charged-back' }
  | { does: 'get-part-back'; which: number; quarters: number }
  | { does: 'give-back'; which: number; reason: 'label' | 'look' | null }
  | {
      does: 'ask';
      topic: 'payment' | 'other';
      waits: number | null;
      state: 'open' | 'in-progress' | 'resolved';
    }
  | { does: 'block' }
);

const when = { person: fc.nat({ max: PEOPLE - 1 }), minute: fc.nat({ max: HISTORY_DAYS * 1440 - 30 }) };
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...when,
      does: fc.constant('shoot' as const),
      results: fc.array(fc.constantFrom('delivered', 'delivered', 'delivered', 'failed', 'refused'), {
        minLength: 1,
        maxLength: 4,
      }),
      ends: fc.constantFrom('finished', 'finished', 'finished', 'cancelled', 'never'),
      takes: fc.integer({ min: 1, max: 600 }),
      large: fc.nat({ max: 3 }).map((n) => n === 0),
      style: fc.constantFrom('house:Marble', 'house:Oak', 'proposed', 'own'),
      ratio: fc.constantFrom('1:1', '3:4'),
    }),
  },
  fc.record({ ...when, does: fc.constant('be-refused' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({
      ...when,
      does: fc.constant('buy' as const),
      currency: fc.constantFrom('XTR', 'XTR', 'RUB', 'USD'),
      amount: fc.integer({ min: 1, max: 5000 }),
      credits: fc.integer({ min: 1, max: 8 }),
      package: fc.constantFrom('Start', 'Shop: large'),
      held: fc.nat({ max: 5 }).map((n) => n === 0),
      lost: fc.boolean(),
      renews: fc.boolean(),
    }),
  },
  fc.record({
    ...when,
    does: fc.constant('order' as const),
    state: fc.constantFrom('pending', 'cancelled', 'expired'),
  }),
  fc.record({
    ...when,
    does: fc.constant('get' as const),
    kind: fc.constantFrom('gift', 'reward', 'promo'),
    credits: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    ...when,
    does: fc.constant('get-money-back' as const),
    which: fc.nat(),
    back: fc.constantFrom('refunded', 'charged-back'),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      ...when,
      does: fc.constant('get-part-back' as const),
      which: fc.nat(),
      quarters: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({
    ...when,
    does: fc.constant('give-back' as const),
    which: fc.nat(),
    reason: fc.constantFrom('label', 'look', null),
  }),
  fc.record({
    ...when,
    does: fc.constant('ask' as const),
    topic: fc.constantFrom('payment', 'other'),
    waits: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: null }),
    state: fc.constantFrom('open', 'in-progress', 'resolved'),
  }),
  fc.record({ ...when, does: fc.constant('block' as const) }),
) as fc.Arbitrary<Deed>;

/** What came of holding pictures against their photos, in turn; nobody did with the first. */
const VERDICTS = [
  {},
  { likeness: 'same', label: 'as-in-photo' },
  { likeness: 'drifted', likenessReasons: 'part colour', label: 'not-read' },
  {
    likeness: 'drifted',
    likenessReasons: 'label',
    label: 'differs',
    labelInPhoto: 'NORDEN',
    labelInPicture: 'NORDEM',
  },
  { likeness: 'not-measured', likenessReasons: 'few-matches', label: 'none' },
] as const;

const shoot = (person: number, minute: number, results: ('delivered' | 'failed' | 'refused')[]): Deed => ({
  person,
  minute,
  does: 'shoot',
  results,
  ends: 'finished',
  takes: 60,
  large: false,
  style: 'own',
  ratio: '1:1',
});
const buy = (person: number, minute: number): Extract<Deed, { does: 'buy' }> => ({
  person,
  minute,
  does: 'buy',
  currency: 'XTR',
  amount: 99,
  credits: 4,
  package: 'Start',
  held: false,
  lost: false,
  renews: false,
});
const ask = (person: number, minute: number): Deed => ({
  person,
  minute,
  does: 'ask',
  topic: 'other',
  waits: 20,
  state: 'open',
});
/** So that each parent has two of every child: a join that multiplies is seen. */
const ALWAYS: readonly Deed[] = [0, 1].flatMap((person) => [
  shoot(person, 70_000, ['delivered', 'refused']),
  buy(person, 71_000),
  buy(person, 107_000),
  { ...buy(person, 71_500), currency: 'RUB', amount: 19_901, credits: 5 },
  { person, minute: 72_100, does: 'get-part-back' as const, which: 0, quarters: 1 },
  { person, minute: 107_650, does: 'get-part-back' as const, which: 0, quarters: 2 },
  shoot(person, 107_400, ['delivered', 'delivered']),
  shoot(person, 107_500, ['delivered', 'failed']),
  ask(person, 72_000),
  ask(person, 107_600),
]);

export const history: fc.Arbitrary<Deed[]> = fc
  .array(deed, { maxLength: 60 })
  .map((deeds) => [...ALWAYS, ...deeds].sort((a, b) => a.minute - b.minute));

type Row<T extends { $inferInsert: unknown }> = T['$inferInsert'];
type CreditKind = 'free' | 'given' | 'bought' | 'owed';

/** What happened, in plain lists. */
export type Past = {
  users: Row<typeof users>[];
  attributions: Row<typeof attributions>[];
  orders: Row<typeof orders>[];
  payments: (Row<typeof payments> & { id: number })[];
  parts: Row<typeof refundParts>[];
  photoshoots: Row<typeof photoshoots>[];
  pictures: (Row<typeof processedImages> & {
    endedAt: Date | null;
    paidWith: CreditKind | null;
    styleKey: string;
  })[];
  entries: Row<typeof creditEntries>[];
  attempts: Row<typeof providerAttempts>[];
  events: Row<typeof events>[];
  tickets: Row<typeof supportTickets>[];
  messages: Row<typeof supportMessages>[];
};

/** Lets it happen, one deed after the other. */
export function live(deeds: readonly Deed[]): Past {
  const past: Past = {
    users: [],
    attributions: [],
    orders: [],
    payments: [],
    parts: [],
    photoshoots: [],
    pictures: [],
    entries: [],
    attempts: [],
    events: [],
    tickets: [],
    messages: [],
  };
  const start = NOW.getTime() - HISTORY_DAYS * DAY_MS;
  /** Of each person: every credit that came, in that order, and how many they have. */
  const purses = new Map<
    number,
    { received: { kind: CreditKind; lot: string }[]; available: number; reserved: number }
  >();
  const later: { at: Date; run(): void }[] = [];
  let lastId = 0;
  const nextId = () => ++lastId;

  const move = (
    at: Date,
    userId: number,
    kind: CreditEntryKind,
    available: number,
    reserved: number,
    about: Partial<Row<typeof creditEntries>> = {},
  ) => {
    const purse = purses.get(userId);
    if (purse === undefined) throw new Error('nobody');
    purse.available += available;
    purse.reserved += reserved;
    const id = nextId();
    past.entries.push({
      userId,
      kind,
      available,
      reserved,
      idempotencyKey: `${kind}:${id}`,
      createdAt: at,
      ...about,
    });
    return purse;
  };
  const receive = (
    at: Date,
    userId: number,
    kind: CreditEntryKind,
    as: CreditKind,
    credits: number,
    about: Partial<Row<typeof creditEntries>> = {},
  ) => {
    const lot = String(about.paymentId ?? `entry ${nextId()}`);
    const purse = move(at, userId, kind, credits, 0, about);
    purse.received.push(...Array.from({ length: credits }, () => ({ kind: as, lot })));
  };
  /**
   * The rule in plain words: what somebody still has are the last credits that came; the oldest of them is used, and
   * of several that a picture costs the first one counts.
   */
  const capture = (
    at: Date,
    userId: number,
    photoshootId: number,
    { id: pictureId, credits, creditsSaved }: { id: number; credits: number; creditsSaved: number },
  ): CreditKind => {
    const purse = purses.get(userId);
    if (purse === undefined) throw new Error('nobody');
    const had = purse.available + purse.reserved;
    const used = had > 0 ? (purse.received[purse.received.length - had]?.kind ?? 'owed') : 'owed';
    move(at, userId, 'capture', 0, creditsSaved - credits, { photoshootId, pictureId });
    if (creditsSaved > 0)
      move(at, userId, 'release', creditsSaved, -creditsSaved, { photoshootId, pictureId });
    return used;
  };
  /** Credits of a purchase that go back with its money. */
  const take = (
    at: Date,
    userId: number,
    paymentId: number,
    { kind, credits }: { kind: 'refund' | 'chargeback'; credits: number },
  ) => {
    if (credits === 0) return;
    const { received } = move(at, userId, kind, -credits, 0, { paymentId });
    for (let n = 0; n < credits; n++) {
      received.splice(
        received.findIndex(({ lot }) => lot === String(paymentId)),
        1,
      );
    }
  };
  const event = (
    at: Date,
    userId: number,
    kind: (typeof past.events)[number]['kind'],
    key = `${kind}:${userId}`,
  ) => {
    if (!past.events.some((one) => one.key === key)) past.events.push({ userId, kind, key, createdAt: at });
  };

  const doDeed = (one: Deed, at: Date): void => {
    const userId = one.person + 1;
    if (!purses.has(userId)) {
      purses.set(userId, { received: [], available: 0, reserved: 0 });
      past.users.push({
        id: userId,
        firstName: 'Seller',
        language: userId % 2 === 0 ? 'ru' : 'en',
        createdAt: at,
        credits: 0,
      });
      if (userId % 3 !== 0)
        past.attributions.push({ userId, source: userId % 2 === 0 ? 'vk' : 'google', createdAt: at });
      receive(at, userId, 'gift', 'free', 3, { idempotencyKey: `welcome:${userId}` });
      event(at, userId, 'start');
    }
    const purse = purses.get(userId);
    if (purse === undefined) throw new Error('nobody');
    switch (one.does) {
      case 'be-refused':
      case 'shoot': {
        const id = nextId();
        event(at, userId, 'photo');
        const row: Row<typeof photoshoots> = {
          userId,
          chatId: userId,
          state: 'draft',
          sourceKey: `message:${id}`,
          ratio: '1:1',
          recognisedBy: RECOGNISED_BY[id % RECOGNISED_BY.length] ?? null,
          createdAt: at,
          expiresAt: at,
        };
        past.photoshoots.push(Object.assign(row, { id }));
        const recognisedAt = new Date(at.getTime() + 1000 + (id % 7) * 500);
        past.attempts.push({
          photoshootId: id,
          purpose: 'detection',
          provider: 'openai',
          model: 'm',
          state: id % 5 === 0 ? 'failed' : 'succeeded',
          costMicroUsd: 900,
          startedAt: at,
          settledAt: recognisedAt,
        });
        if (one.does === 'be-refused') {
          Object.assign(row, { state: 'failed', finishedAt: at, outcomeToldAt: at });
          return;
        }
        const credits = one.large ? 2 : 1;
        const count = one.results.length * credits;
        if (purse.available < count) return;
        Object.assign(row, { state: 'generating', placedAt: at });
        move(at, userId, 'reserve', -count, count, { photoshootId: id });
        const [origin, title = 'A style'] = one.style.split(':');
        const made = one.results.map((result, index) => {
          const picture = {
            id: nextId(),
            photoshootId: id,
            userId,
            position: index + 1,
            state: 'waiting' as string,
            style: title,
            stylePrompt: 'p',
            styleOrigin: origin,
            ratio: one.ratio,
            credits,
            creditsSaved: one.large && result === 'delivered' ? index % 2 : 0,
            createdAt: at,
            endedAt: null as Date | null,
            paidWith: null as CreditKind | null,
            styleKey: one.style,
            result,
          };
          past.pictures.push(picture as (typeof past.pictures)[number]);
          past.attempts.push({
            photoshootId: id,
            pictureId: picture.id,
            purpose: 'picture',
            provider: 'openai',
            model: 'm',
            state: result === 'delivered' ? 'succeeded' : 'failed',
            costMicroUsd: result === 'delivered' ? 42_000 : null,
            startedAt: at,
            settledAt: at,
          });
          return picture;
        });
        if (one.ends === 'never') return;
        later.push({
          at: new Date(at.getTime() + one.takes * 1000),
          run() {
            const end = new Date(at.getTime() + one.takes * 1000);
            const delivered =
              one.ends === 'cancelled' ? [] : made.filter(({ result }) => result === 'delivered');
            const state =
              one.ends === 'cancelled' ? 'cancelled' : delivered.length > 0 ? 'completed' : 'failed';
            Object.assign(row, { state, finishedAt: end, outcomeToldAt: end });
            for (const picture of made) {
              const arrives = delivered.includes(picture);
              picture.state = arrives ? 'delivered' : one.ends === 'cancelled' ? 'cancelled' : picture.result;
              picture.endedAt = end;
              Object.assign(
                picture,
                arrives
                  ? { deliveredAt: end, ...VERDICTS[picture.id % VERDICTS.length] }
                  : picture.state === 'cancelled'
                    ? {}
                    : { failureCode: `why-${picture.state}` },
              );
              if (arrives) picture.paidWith = capture(end, userId, id, picture);
              else
                move(end, userId, 'release', credits, -credits, { photoshootId: id, pictureId: picture.id });
            }
            if (delivered.length > 0) event(end, userId, 'first-picture');
          },
        });
        return;
      }
      case 'buy': {
        const [orderId, paymentId] = [nextId(), nextId()];
        const sold = { userId, currency: one.currency, amount: one.amount, credits: one.credits };
        past.orders.push({
          ...sold,
          kind: one.renews ? 'subscription' : 'package',
          state: 'paid',
          packageName: one.package,
          createdAt: at,
          expiresAt: at,
          paidAt: one.held ? null : at,
          ...{ id: orderId },
        });
        past.payments.push({
          ...sold,
          orderId: one.held ? null : orderId,
          telegramPaymentChargeId: `charge-${paymentId}`,
          state: one.held ? 'held' : 'credited',
          heldReason: one.held ? 'order' : null,
          credits: one.held ? 0 : one.credits,
          source: one.lost ? 'reconciliation' : 'update',
          createdAt: at,
          id: paymentId,
        });
        if (one.held) return;
        receive(at, userId, 'purchase', 'bought', one.credits, { paymentId });
        event(at, userId, 'paid', `paid:${paymentId}`);
        if (past.events.filter((other) => other.userId === userId && other.kind === 'paid').length === 2)
          event(at, userId, 'second-purchase');
        return;
      }
      case 'order':
        past.orders.push({
          userId,
          kind: 'package',
          state: one.state,
          packageName: 'Start',
          credits: 4,
          currency: 'XTR',
          amount: 99,
          createdAt: at,
          expiresAt: at,
          ...{ id: nextId() },
        });
        event(at, userId, 'invoice');
        return;
      case 'get':
        receive(at, userId, one.kind, 'given', one.credits);
        return;
      case 'get-money-back': {
        const own = past.payments.filter(
          (payment) => payment.userId === userId && payment.state === 'credited',
        );
        const payment = own[one.which % own.length];
        if (payment === undefined) return;
        Object.assign(payment, { state: one.back, refundedAt: at });
        const unclaimed = payment.credits - (payment.reclaimed ?? 0);
        const left = purse.received.filter(({ lot }) => lot === String(payment.id)).length;
        take(at, userId, payment.id, {
          kind: one.back === 'refunded' ? 'refund' : 'chargeback',
          credits: one.back === 'refunded' ? Math.max(0, Math.min(purse.available, unclaimed)) : left,
        });
        return;
      }
      case 'get-part-back': {
        const own = past.payments.filter(
          (payment) =>
            payment.userId === userId && payment.state === 'credited' && payment.currency !== 'XTR',
        );
        const payment = own[one.which % own.length];
        if (payment === undefined) return;
        const before = { amount: payment.givenBack ?? 0, credits: payment.reclaimed ?? 0 };
        const amount = Math.min(
          Math.ceil((payment.amount * one.quarters) / 4),
          payment.amount - before.amount,
        );
        // As many credits of the package as money of its price, all parts together, rounded down.
        let reclaimed = 0;
        while ((reclaimed + 1) * payment.amount <= (before.amount + amount) * payment.credits) reclaimed += 1;
        const credits = reclaimed - before.credits;
        Object.assign(payment, { givenBack: before.amount + amount, reclaimed });
        past.parts.push({
          paymentId: payment.id,
          amount,
          credits,
          key: `part:${nextId()}`,
          givenBy: HELPER,
          givenAt: at,
        });
        if (payment.givenBack === payment.amount)
          Object.assign(payment, { state: 'refunded', refundedAt: at });
        const taken = Math.max(0, Math.min(purse.available, credits));
        take(at, userId, payment.id, { kind: 'refund', credits: taken });
        return;
      }
      case 'give-back': {
        const own = past.pictures.filter(
          (picture) => picture.userId === userId && picture.state === 'delivered' && !picture.givenBackAt,
        );
        const picture = own[one.which % own.length];
        if (picture === undefined) return;
        Object.assign(picture, { givenBackAt: at, givenBackReason: one.reason });
        move(at, userId, 'give-back', (picture.credits ?? 1) - (picture.creditsSaved ?? 0), 0, {
          photoshootId: picture.photoshootId,
          pictureId: (picture as { id?: number }).id,
        });
        return;
      }
      case 'ask': {
        const ticketId = nextId();
        past.tickets.push({ userId, topic: one.topic, state: one.state, createdAt: at, ...{ id: ticketId } });
        const say = (authorId: number, minutes: number) =>
          past.messages.push({
            ticketId,
            authorId,
            body: 'Words',
            createdAt: new Date(at.getTime() + minutes * MINUTE_MS),
          });
        say(userId, 1);
        // Another word of theirs, and another answer, move nothing.
        say(userId, 2);
        if (one.waits !== null) for (const minutes of [one.waits + 1, one.waits + 5]) say(HELPER, minutes);
        return;
      }
      case 'block': {
        const person = past.users.find(({ id }) => id === userId);
        if (person !== undefined) person.blockedAt = at;
        return;
      }
      default: {
        const never: never = one;
        throw new Error(String(never));
      }
    }
  };

  for (const one of deeds)
    later.push({
      at: new Date(start + one.minute * MINUTE_MS),
      run: () => doDeed(one, new Date(start + one.minute * MINUTE_MS)),
    });
  while (later.length > 0) {
    later.sort((a, b) => a.at.getTime() - b.at.getTime());
    later.shift()?.run();
  }
  for (const user of past.users) {
    const purse = purses.get(user.id);
    Object.assign(user, { credits: purse?.available, reservedCredits: purse?.reserved });
  }
  return past;
}

/** Writes it into an empty shop. */
export async function writePast(db: Database, past: Past): Promise<void> {
  await db.execute(
    sql`truncate ${users}, ${attributions}, ${orders}, ${payments}, ${refundParts}, ${photoshoots}, ${processedImages}, ${creditEntries},
      ${providerAttempts}, ${events}, ${supportTickets}, ${supportMessages}, ${dailyFigures}, ${summedFigures}, ${rollUps} restart identity cascade`,
  );
  // None is empty: something always happens.
  await db.insert(users).values(past.users);
  await db.insert(attributions).values(past.attributions);
  await db.insert(orders).overridingSystemValue().values(past.orders);
  await db.insert(payments).overridingSystemValue().values(past.payments);
  await db.insert(refundParts).values(past.parts);
  await db.insert(photoshoots).overridingSystemValue().values(past.photoshoots);
  await db.insert(processedImages).overridingSystemValue().values(past.pictures);
  await db.insert(creditEntries).values(past.entries);
  await db.insert(providerAttempts).values(past.attempts);
  await db.insert(events).values(past.events);
  await db.insert(supportTickets).overridingSystemValue().values(past.tickets);
  await db.insert(supportMessages).values(past.messages);
}
