/** A believable history of a shop: people come, try, buy, come back, complain and are helped. Pure: nothing is written. */
import { GIVE_BACK_REASONS } from '../../src/photoshoots/give-back.ts';
import { HOUSE_STYLES } from '../../src/photoshoots/styles/house-styles.ts';
import { type Chance, createChance } from './chance.ts';
import type { History, LastIds, TableName } from './history.ts';

export type Plot = {
  people: number;
  days: number;
  /** The same seed and moment make the same history. */
  seed: number;
  /** It ends here: nothing is left in work. */
  now: Date;
  lastIds: LastIds;
  freeCredits: number;
  packages: readonly { name: string; credits: number; stars: number; card: number | null }[];
  /** Of card payments; null where none are taken. */
  cardCurrency: string | null;
  /** Who answers tickets. */
  helperId: number;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Above every id that Telegram has given so far: nobody is meant. */
const FIRST_PERSON = 9_000_000_000;
/** Whoever is at it now might leave something in work. */
const LATEST_MS = 2 * HOUR_MS;
/** What was ordered and not paid is dropped after so long (billing/orders/sweep-orders). */
const UNPAID_KEPT_MS = 30 * DAY_MS;
const DRAFT_TTL_MS = 30 * MINUTE_MS;
const DETECTION_MICRO_USD = 900;
const PICTURE_MICRO_USD = 42_000;

const NAMES = [
  'Anna',
  'Marina',
  'Ivan',
  'Olga',
  'Emma',
  'Lena',
  'Max',
  'Sofia',
  'Timur',
  'Kate',
  'Pavel',
  'Nina',
];
const PRODUCTS = [
  'Clay mug',
  'Linen dress',
  'Oak board',
  'Silver ring',
  'Face cream',
  'Wool scarf',
  'Candle',
  'Sneakers',
];
const SOURCES = [
  ['', 42],
  ['vk', 24],
  ['telegram-ads', 14],
  ['google', 12],
  ['friends', 8],
] as const;
/** How a day goes: few at night, most in the evening. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 12, 12, 12, 12, 13, 14, 16, 18, 18, 14, 8, 3].map(
  (weight, hour) => [hour, weight] as const,
);

/** Lookers come and go; tasters use what is free; sellers buy and come back. */
type Kind = 'looker' | 'taster' | 'seller';
type Person = {
  id: number;
  kind: Kind;
  row: History['users'][number];
  credits: number;
  purchases: number;
  once: Set<string>;
};
type Photoshoot = History['photoshoots'][number];
type Order = History['orders'][number];
type Entry = History['entries'][number];
type Visit = { at: Date; person: number };

export function inventHistory(plot: Plot): History {
  const chance = createChance(plot.seed);
  const story = createStory(plot, chance);
  const kinds = Array.from({ length: plot.people }, () =>
    chance.one<Kind>([
      ['looker', 34],
      ['taster', 42],
      ['seller', 24],
    ]),
  );
  const visits = kinds.flatMap((kind, person) =>
    visitsOf(plot, chance, kind).map((at): Visit => ({ at, person })),
  );
  const people = new Map<number, Person>();
  // In the order of time, so that ids grow with it as they do in life.
  for (const { at, person } of visits.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || a.person - b.person,
  )) {
    const known = people.get(person) ?? story.meet(kinds[person] ?? 'looker', at);
    people.set(person, known);
    story.visit(known, at);
  }
  for (const known of people.values()) story.leave(known);
  return story.history;
}

/** When one person comes: the shop grows, weekends are quiet, and every visit may be the last. */
function visitsOf({ now, days }: Plot, chance: Chance, kind: Kind): Date[] {
  const latest = now.getTime() - LATEST_MS;
  const begin = now.getTime() - days * DAY_MS;
  // The square root of chance: twice as many come on the last day as on the one in the middle.
  const first = begin + Math.sqrt(chance.between(0, 1)) * (latest - begin);
  const visits: Date[] = [];
  for (let at = first; at < latest; ) {
    const when = atSomeHour(at, chance);
    if (when > begin && when < latest) visits.push(new Date(when));
    if (kind === 'looker' || chance.percent(kind === 'taster' ? 55 : 9)) break;
    at += chance.wait(kind === 'taster' ? 4 * DAY_MS : 5.5 * DAY_MS) + 6 * HOUR_MS;
  }
  return visits.length > 0 ? visits : [new Date(chance.between(begin, latest))];
}

function atSomeHour(at: number, chance: Chance): number {
  const weekday = new Date(at).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  // A third of those who would come at a weekend come in the week after it.
  const day = isWeekend && chance.percent(33) ? at + chance.whole(2, 5) * DAY_MS : at;
  return Math.floor(day / DAY_MS) * DAY_MS + chance.one(HOURS) * HOUR_MS + chance.between(0, HOUR_MS);
}

function createStory(plot: Plot, chance: Chance) {
  const { now } = plot;
  const history: History = {
    users: [],
    attributions: [],
    photoshoots: [],
    pictures: [],
    orders: [],
    payments: [],
    entries: [],
    attempts: [],
    events: [],
    tickets: [],
    messages: [],
  };
  const last: Record<Exclude<TableName, 'attributions'>, number> = { ...plot.lastIds };
  last.users = Math.max(last.users, FIRST_PERSON);
  const nextId = (table: keyof typeof last) => ++last[table];
  const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

  function move(
    person: Person,
    at: Date,
    movement: {
      kind: Entry['kind'];
      available: number;
      reserved?: number;
      key: string;
    } & Partial<Pick<Entry, 'photoshootId' | 'pictureId' | 'paymentId'>>,
  ): void {
    const {
      kind,
      available,
      reserved = 0,
      key,
      photoshootId = null,
      pictureId = null,
      paymentId = null,
    } = movement;
    person.credits += available;
    history.entries.push({
      id: nextId('entries'),
      userId: person.id,
      kind,
      available,
      reserved,
      idempotencyKey: key,
      photoshootId,
      pictureId,
      paymentId,
      createdAt: at,
    });
  }

  function note(
    person: Person,
    at: Date,
    kind: History['events'][number]['kind'],
    paid: { paymentId: number; amount: number; currency: string } | null = null,
  ): void {
    const key = paid === null ? `${kind}:${person.id}` : `${kind}:${paid.paymentId}`;
    if (person.once.has(key)) return;
    person.once.add(key);
    const { amount = null, currency = null } = paid ?? {};
    history.events.push({
      id: nextId('events'),
      userId: person.id,
      kind,
      key,
      amount,
      currency,
      createdAt: at,
    });
  }

  /** Somebody who is there for the first time. */
  function meet(kind: Kind, at: Date): Person {
    const id = nextId('users');
    const source = chance.one(SOURCES);
    const firstName = NAMES[chance.whole(0, NAMES.length - 1)] ?? 'Anna';
    const row: History['users'][number] = {
      id,
      firstName,
      username: chance.percent(60) ? `${firstName.toLowerCase()}_${id - FIRST_PERSON}` : null,
      language: chance.percent(58) ? 'ru' : 'en',
      credits: 0,
      reservedCredits: 0,
      blockedAt: null,
      lastSeenAt: at,
      createdAt: at,
    };
    history.users.push(row);
    if (source !== '') history.attributions.push({ userId: id, source, createdAt: at });
    const person: Person = { id, kind, row, credits: 0, purchases: 0, once: new Set() };
    note(person, at, 'start');
    if (plot.freeCredits > 0)
      move(person, at, { kind: 'gift', available: plot.freeCredits, key: `welcome:${id}` });
    return person;
  }

  /** One photo and what comes of it. */
  function visit(person: Person, at: Date): void {
    person.row.lastSeenAt = at;
    if (chance.percent(3)) askForHelp(person, at);
    if (person.kind === 'looker' && chance.percent(45)) return;
    const sent = later(at, 30 * SECOND_MS);
    const photoshoot = draft(person, sent);
    if (chance.percent(2)) {
      end(photoshoot, later(sent, 6 * SECOND_MS), 'failed', 'image-unreadable');
      return;
    }
    if (person.kind === 'looker' && chance.percent(70)) return;
    const wanted = chance.one([
      [1, 20],
      [2, 28],
      [3, 16],
      [4, 36],
    ] as const);
    let ready = later(sent, chance.between(20, 90) * SECOND_MS);
    if (person.credits < wanted) {
      const paid = shop(person, ready);
      if (paid === null || person.credits < wanted) return;
      ready = later(paid, 5 * SECOND_MS);
    }
    order(person, photoshoot, ready, wanted);
  }

  function draft(person: Person, at: Date): Photoshoot {
    const id = nextId('photoshoots');
    const row = {
      id,
      userId: person.id,
      chatId: person.id,
      state: 'expired' as const,
      sourceKey: `seed:${id}`,
      productName: PRODUCTS[chance.whole(0, PRODUCTS.length - 1)] ?? null,
      productKind: null,
      isProduct: true,
      ratio: chance.one([
        ['1:1', 55],
        ['3:4', 38],
        ['9:16', 7],
      ] as const),
      failureCode: null,
      paid: person.purchases > 0,
      createdAt: at,
      expiresAt: later(at, DRAFT_TTL_MS),
      placedAt: null,
      finishedAt: null,
      outcomeToldAt: null,
    };
    history.photoshoots.push(row);
    note(person, at, 'photo');
    call(
      { photoshootId: id, pictureId: null, purpose: 'detection' },
      at,
      chance.between(2, 7) * SECOND_MS,
      true,
    );
    return row;
  }

  function end(
    photoshoot: Photoshoot,
    at: Date,
    state: 'completed' | 'failed' | 'cancelled',
    failureCode: string | null,
  ): void {
    Object.assign(photoshoot, { state, failureCode, finishedAt: at, outcomeToldAt: at });
  }

  /** Credits for pictures, and the pictures for credits. */
  function order(person: Person, photoshoot: Photoshoot, at: Date, count: number): void {
    photoshoot.placedAt = at;
    const photoshootId = photoshoot.id;
    move(person, at, {
      kind: 'reserve',
      available: -count,
      reserved: count,
      key: `reserve:${photoshootId}`,
      photoshootId,
    });
    const isStopped = chance.percent(2);
    const takes = isStopped ? 10 * SECOND_MS : chance.between(18, 50) * SECOND_MS + count * 4 * SECOND_MS;
    const over = later(at, takes);
    let delivered = 0;
    for (let position = 1; position <= count; position += 1) {
      const outcome = isStopped
        ? 'cancelled'
        : chance.one([
            ['delivered', 94],
            ['failed', 3],
            ['refused', 3],
          ] as const);
      const pictureId = picture(person, photoshoot, { position, at, over, outcome });
      const isDelivered = outcome === 'delivered';
      const about = { photoshootId, pictureId, reserved: -1 };
      move(
        person,
        over,
        isDelivered
          ? { ...about, kind: 'capture', available: 0, key: `capture:${pictureId}` }
          : { ...about, kind: 'release', available: 1, key: `release:${pictureId}` },
      );
      if (isDelivered) delivered += 1;
    }
    end(photoshoot, over, isStopped ? 'cancelled' : delivered > 0 ? 'completed' : 'failed', null);
    if (delivered > 0) note(person, over, 'first-picture');
    if (delivered > 0 && chance.percent(7))
      giveBack(person, photoshootId, later(over, chance.between(1, 20) * MINUTE_MS));
  }

  function picture(
    person: Person,
    photoshoot: Photoshoot,
    about: {
      position: number;
      at: Date;
      over: Date;
      outcome: 'delivered' | 'failed' | 'refused' | 'cancelled';
    },
  ): number {
    const { position, at, over, outcome } = about;
    const id = nextId('pictures');
    const style =
      HOUSE_STYLES[Math.floor(chance.between(0, 1) ** 2 * HOUSE_STYLES.length)] ?? HOUSE_STYLES[0];
    const origin = chance.one([
      ['house', 46],
      ['proposed', 40],
      ['own', 9],
      ['surprise', 5],
    ] as const);
    history.pictures.push({
      id,
      photoshootId: photoshoot.id,
      userId: person.id,
      position,
      state: outcome,
      style: origin === 'house' ? style.key[0]?.toUpperCase() + style.key.slice(1) : 'A style of its own',
      stylePrompt: style.prompt,
      styleOrigin: origin,
      ratio: photoshoot.ratio,
      paid: person.purchases > 0,
      costMicroUsd: outcome === 'delivered' ? PICTURE_MICRO_USD : null,
      failureCode:
        outcome === 'failed' ? 'provider-unavailable' : outcome === 'refused' ? 'provider-refused' : null,
      givenBackAt: null,
      givenBackReason: null,
      createdAt: at,
      deliveredAt: outcome === 'delivered' ? over : null,
    });
    if (outcome === 'cancelled') return id;
    const subject = { photoshootId: photoshoot.id, pictureId: id, purpose: 'picture' as const };
    const ms = over.getTime() - at.getTime() - 2 * SECOND_MS;
    // Now and then the first call fails, and the second one brings the picture.
    if (chance.percent(4)) call(subject, at, 3 * SECOND_MS, false);
    call(subject, later(at, SECOND_MS), ms, outcome === 'delivered');
    return id;
  }

  function call(
    subject: { photoshootId: number; pictureId: number | null; purpose: 'detection' | 'picture' },
    at: Date,
    ms: number,
    succeeds: boolean,
  ): void {
    const cost = subject.purpose === 'detection' ? DETECTION_MICRO_USD : PICTURE_MICRO_USD;
    history.attempts.push({
      id: nextId('attempts'),
      ...subject,
      provider: 'openai',
      model: 'seeded',
      state: succeeds ? 'succeeded' : 'failed',
      code: succeeds ? null : 'provider-unavailable',
      costMicroUsd: succeeds ? cost : null,
      durationMs: Math.round(ms),
      startedAt: at,
      settledAt: later(at, ms),
    });
  }

  /** One of the delivered pictures is not right, and its credit comes back. */
  function giveBack(person: Person, photoshootId: number, at: Date): void {
    const wrong = history.pictures.findLast(
      (one) => one.photoshootId === photoshootId && one.state === 'delivered',
    );
    if (wrong === undefined) return;
    const reason = chance.percent(20)
      ? null
      : GIVE_BACK_REASONS[chance.whole(0, GIVE_BACK_REASONS.length - 1)];
    Object.assign(wrong, { givenBackAt: at, givenBackReason: reason ?? null });
    move(person, at, {
      kind: 'give-back',
      available: 1,
      key: `give-back:${wrong.id}`,
      photoshootId,
      pictureId: wrong.id,
    });
  }

  /** @returns when the credits were there; null for who did not pay, or had the money back */
  function shop(person: Person, at: Date): Date | null {
    note(person, at, 'paywall-seen');
    const buys = person.kind === 'seller' || chance.percent(6);
    if (!buys && chance.percent(75)) return null;
    const asked = later(at, chance.between(15, 120) * SECOND_MS);
    const bought = plot.packages[Math.floor(chance.between(0, 1) ** 1.6 * plot.packages.length)];
    if (bought === undefined) return null;
    const card =
      bought.card !== null && plot.cardCurrency !== null && chance.percent(30) ? bought.card : null;
    const price =
      card !== null && plot.cardCurrency !== null
        ? { amount: card, currency: plot.cardCurrency }
        : { amount: bought.stars, currency: 'XTR' };
    note(person, asked, 'invoice');
    const isPaid = buys && chance.percent(84);
    if (!isPaid && asked.getTime() < now.getTime() - UNPAID_KEPT_MS) return null;
    const orderId = nextId('orders');
    const paidAt = isPaid ? later(asked, chance.between(10, 60) * SECOND_MS) : null;
    const row: Order = {
      id: orderId,
      userId: person.id,
      kind: 'package',
      state: isPaid ? 'paid' : chance.percent(30) ? 'cancelled' : 'expired',
      packageName: bought.name,
      credits: bought.credits,
      ...price,
      createdAt: asked,
      expiresAt: later(asked, HOUR_MS),
      paidAt,
    };
    history.orders.push(row);
    if (paidAt === null) return null;
    return pay(person, row, paidAt) ? paidAt : null;
  }

  /** @returns false where the money went back */
  function pay(person: Person, order: Order, at: Date): boolean {
    const paymentId = nextId('payments');
    const { amount, currency, credits } = order;
    const chargeId = `seed-${paymentId}`;
    const refundedAt = chance.percent(2.5) ? later(at, chance.between(5, 50) * MINUTE_MS) : null;
    history.payments.push({
      id: paymentId,
      orderId: order.id,
      userId: person.id,
      telegramPaymentChargeId: chargeId,
      currency,
      amount,
      credits,
      state: refundedAt === null ? 'credited' : 'refunded',
      heldReason: null,
      source: chance.percent(1) ? 'reconciliation' : 'update',
      createdAt: at,
      refundRequestedAt: refundedAt,
      refundedAt,
    });
    move(person, at, { kind: 'purchase', available: credits, key: `purchase:${chargeId}`, paymentId });
    person.purchases += 1;
    note(person, at, 'paid', { paymentId, amount, currency });
    if (person.purchases === 2) note(person, at, 'second-purchase');
    if (refundedAt === null) return true;
    order.state = 'refunded';
    move(person, refundedAt, { kind: 'refund', available: -credits, key: `refund:${chargeId}`, paymentId });
    return false;
  }

  function askForHelp(person: Person, at: Date): void {
    const ticketId = nextId('tickets');
    const answeredAt = later(at, chance.wait(45 * MINUTE_MS) + 2 * MINUTE_MS);
    const isAnswered = answeredAt < now && chance.percent(94);
    const isResolved = isAnswered && later(answeredAt, 12 * HOUR_MS) < now;
    history.tickets.push({
      id: ticketId,
      userId: person.id,
      topic: chance.percent(40) ? 'payment' : 'other',
      state: isResolved ? 'resolved' : isAnswered ? 'in-progress' : 'open',
      createdAt: at,
      updatedAt: isAnswered ? answeredAt : at,
    });
    const say = (authorId: number, body: string, when: Date) =>
      history.messages.push({ id: nextId('messages'), ticketId, authorId, body, createdAt: when });
    say(person.id, 'Can you help me, please?', later(at, MINUTE_MS));
    if (isAnswered) say(plot.helperId, 'Of course. Have a look now.', answeredAt);
  }

  /** What somebody has when the story is over. */
  function leave(person: Person): void {
    person.row.credits = person.credits;
    const since = later(person.row.lastSeenAt ?? now, DAY_MS);
    if (person.kind !== 'seller' && since < now && chance.percent(5)) person.row.blockedAt = since;
  }

  return { history, meet, visit, leave };
}
