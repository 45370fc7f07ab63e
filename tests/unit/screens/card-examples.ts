/** Every card with the longest of everything that may stand in it: what the tests of all cards look at. */

import { RULE_NAMES, RULES } from '../../../src/alerts/thresholds.ts';
import type { OrderEntry } from '../../../src/billing/orders/order-list.ts';
import type { PaymentEntry } from '../../../src/billing/orders/payment-lists.ts';
import type { Charge } from '../../../src/billing/orders/read-charges.ts';
import type { UnsettledCharge } from '../../../src/billing/orders/unsettled-charges.ts';
import type { PromoCode } from '../../../src/billing/promo-codes/list-promo-codes.ts';
import { PAUSE_REASONS } from '../../../src/billing/selling.ts';
import { BROADCAST_STATES, PERSON_ACTS, type PersonAct } from '../../../src/database/schema/index.ts';
import { PRESET_IDS } from '../../../src/marketplaces/presets.ts';
import type { Broadcast } from '../../../src/owners/broadcasts/broadcast.ts';
import type { LimitsState } from '../../../src/owners/change-limits.ts';
import { PAGE_SIZE, type Page } from '../../../src/owners/page.ts';
import type { RecordedAct } from '../../../src/owners/read-acts.ts';
import { may, type Right } from '../../../src/owners/rights.ts';
import { GIVE_BACK_REASONS } from '../../../src/photoshoots/give-back.ts';
import { DRIFTS, type Likeness } from '../../../src/photoshoots/likeness.ts';
import type { Draft, Style } from '../../../src/photoshoots/photoshoot.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import type { Preset } from '../../../src/photoshoots/styles/presets.ts';
import { houseStyleNumber } from '../../../src/photoshoots/styles/style-numbers.ts';
import type { Stake } from '../../../src/privacy/request-deletion.ts';
import { KEPT_DATA, type Retention } from '../../../src/privacy/retention.ts';
import { broadcastCard, newsCard } from '../../../src/screens/broadcast-cards.ts';
import { paywallCard, type Shop, shopCard, unsubscribeCard } from '../../../src/screens/buy-card.ts';
import { type CacheState, cacheCard } from '../../../src/screens/cache-card.ts';
import { catalogueCard } from '../../../src/screens/catalogue-card.ts';
import { COHORT_WEEKS, cohortsCard } from '../../../src/screens/cohorts-card.ts';
import { correctionCard } from '../../../src/screens/correction-card.ts';
import { dashboardCard } from '../../../src/screens/dashboard-card.ts';
import { deadUpdatesCard } from '../../../src/screens/dead-updates-card.ts';
import { draftCard, receivedCard } from '../../../src/screens/draft-card.ts';
import { describeCard, madeBeforeCard, nameCard, purposeCard } from '../../../src/screens/draft-questions.ts';
import { giftCard } from '../../../src/screens/gift-card.ts';
import { inviteCard } from '../../../src/screens/invite-card.ts';
import { limitsCard } from '../../../src/screens/limits-card.ts';
import { listingCard, noListingCard } from '../../../src/screens/listing-card.ts';
import {
  balanceCard,
  HISTORY_PAGE_SIZE,
  helpCard,
  historyCard,
  languageCard,
  pastCard,
  settingsCard,
  startCard,
  stylesCard,
} from '../../../src/screens/menu-cards.ts';
import {
  givenBackCard,
  notGivenBackCard,
  notRightCard,
  problemCard,
  redoneCard,
} from '../../../src/screens/not-right-cards.ts';
import { ordersCard } from '../../../src/screens/orders-card.ts';
import {
  adminMenuCard,
  type Brakes,
  brakesCard,
  digestsCard,
  type ProcessState,
  processCard,
  teamCard,
} from '../../../src/screens/owner-cards.ts';
import {
  cutOutUnsureCard,
  type PackReport,
  packCard,
  packProgressCard,
  skuCard,
} from '../../../src/screens/pack-card.ts';
import { confirmRequestCard, personCard, requestWordsCard } from '../../../src/screens/person-cards.ts';
import { presetCard, presetNameCard, savedOwnCard } from '../../../src/screens/preset-cards.ts';
import {
  cameBackCard,
  type Disclosure,
  deletionCard,
  leavingCard,
  privacyCard,
} from '../../../src/screens/privacy-cards.ts';
import { promoListCard, redeemedCard } from '../../../src/screens/promo-card.ts';
import {
  confirmPartCard,
  confirmRefundCard,
  heldCard,
  partWordsCard,
  paymentsCard,
  refundOutcomeCard,
  settlementCard,
} from '../../../src/screens/refund-cards.ts';
import { type PhotoshootResult, resultCard, shownCard } from '../../../src/screens/result-card.ts';
import type { Screen } from '../../../src/screens/screen.ts';
import { sourcesCard } from '../../../src/screens/sources-card.ts';
import { statisticsCard } from '../../../src/screens/statistics-card.ts';
import { type Stage, statusCard } from '../../../src/screens/status-card.ts';
import {
  answerCard,
  answerPieces,
  askCard,
  chargeLines,
  ticketCard,
  ticketListCard,
} from '../../../src/screens/support-cards.ts';
import { alertsCard, healthCard, type ServiceState } from '../../../src/screens/watch-cards.ts';
import { changeCard, likesCard } from '../../../src/screens/which-picture-cards.ts';
import type { Counted } from '../../../src/statistics/book.ts';
import type { Overview } from '../../../src/statistics/overview.ts';
import { addDays, periodOf, readPeriod } from '../../../src/statistics/period.ts';
import type { PersonFigures } from '../../../src/statistics/person.ts';
import { loadTexts, type Translate } from '../../../src/texts/texts.ts';

export const texts = loadTexts();
/** Ids as large as they may become. */
const ID = 9_007_199_254_740_991;
/** In the middle of a long list of one person's. */
const pageOf = <Entry>(entries: readonly Entry[]): Page<Entry> => ({
  entries,
  page: 999,
  filter: String(ID),
  hasMore: true,
});
const quota = { perDay: 1000, sharePercent: 100 };
/** Telegram's longest first name. */
const LONGEST_PERSON = `${'<&>'.repeat(21)}Ж`;
const LONGEST_PRODUCT = `${'<&>'.repeat(26)}Ж!`;
const LONGEST_TITLE = '👩🏽‍🎨'.repeat(4) + 'Очень длинное название стиля, 40 знаков'.slice(0, 36);
const DATE = new Date(Date.UTC(2026, 8, 28, 23, 59));

export const draft = (about: Partial<Draft> = {}): Draft => ({
  id: ID,
  userId: ID,
  chatId: ID,
  caption: null,
  basedOnPictureId: null,
  isSeries: false,
  ideas: { asked: 0, come: 0 },
  lostPreparations: 0,
  cardMessageId: 1,
  ratio: '3:4',
  size: 'usual',
  advice: null,
  cutOutOf: null,
  product: {
    isProduct: false,
    sameProduct: null,
    name: LONGEST_PRODUCT,
    nameGiven: false,
    kind: 'mug',
    recommendedRatio: '3:4',
  },
  state: 'draft',
  expiresAt: new Date(),
  pictureCount: null,
  ...about,
});

export const style = (number: number, chosen: boolean, title = LONGEST_TITLE): Style => ({
  photoshootId: ID,
  number,
  origin: number <= 4 ? 'proposed' : 'house',
  title,
  prompt: 'x'.repeat(600),
  chosen,
});

const product = {
  isProduct: true,
  name: LONGEST_PRODUCT,
  nameGiven: false,
  kind: 'Кухонная посуда для чая',
  recommendedRatio: '3:4',
} as const;
/** Telegram's longest caption. */
const LONGEST_CAPTION = '<&>'.repeat(341);
const LONGEST_WISH = '<&>'.repeat(100);
const four = [1, 2, 3, 4].map((number) => style(number, number <= 2));
const house = style(houseStyleNumber(0), true);
export const presets: Preset[] = Array.from({ length: 12 }, (_, index) => ({
  id: 2 ** 31 - 2000 + index,
  userId: ID,
  title: `${LONGEST_TITLE} ${index}`,
  prompt: 'x'.repeat(600),
  ratio: '16:9',
  size: 'large',
  createdAt: DATE,
}));
const preset = (about: Partial<Preset> = {}): Preset => ({
  id: ID,
  userId: ID,
  title: '<&>'.repeat(20),
  prompt: LONGEST_WISH,
  ratio: '16:9',
  size: 'large',
  createdAt: DATE,
  ...about,
});
export const pictures = [1, 2, 3, 4].map((position) => ({
  id: ID - position,
  position,
  style: `Oak & stone ${position}`,
  credits: 2,
  creditsSaved: position === 1 ? 1 : 0,
  reshaped: position === 2 ? ('cut' as const) : ('extended' as const),
  nextCredits: 1,
}));
const result = (state: PhotoshootResult['state'], delivered: number): PhotoshootResult => ({
  photoshootId: ID,
  size: 'large' as const,
  state,
  productName: LONGEST_PRODUCT,
  pictures: pictures.map((picture, index) => ({
    ...picture,
    delivered: index < delivered,
    likeness: null,
  })),
  failureCode: delivered === 4 ? null : 'provider-refused',
  repaid: delivered === 4 ? 0 : 4 - delivered,
  creditsLeft: 1000,
  isCutOut: false,
  originalsArePng: true,
  correction: null,
  paidByBefore: 0,
});
const history = Array.from({ length: HISTORY_PAGE_SIZE }, (_, index) => ({
  photoshootId: ID - index,
  productName: LONGEST_PRODUCT,
  finishedAt: DATE,
  pictures: 4,
}));

const shop: Shop = {
  packages: [12, 40, 120, 400].map((credits) => ({ name: 'Business', credits, stars: 9999, card: 999_900 })),
  card: { currency: 'RUB' },
  subscription: { name: 'Monthly', credits: 300, stars: 2500 },
  subscribed: null,
};
const subscribed = { paidUntil: DATE, cancelled: false, orderId: ID };

const payment = (about: Partial<PaymentEntry> = {}): PaymentEntry => ({
  id: ID,
  userId: ID,
  currency: 'RUB',
  amount: 999_900,
  givenBack: 0,
  credits: 400,
  reclaimed: 0,
  balance: 1_000,
  state: 'credited',
  heldReason: null,
  createdAt: DATE,
  buyer: LONGEST_PERSON,
  unused: 400,
  atWork: 400,
  renewingOrderId: null,
  ...about,
});
/** As many as the lists show, which `bot/features/refunds.ts` decides. */
const deadUpdate = (_: unknown, index: number) => ({
  updateId: ID - index,
  chatId: ID,
  kind: 'pre_checkout_query',
  said: '<&>'.repeat(1365),
  fault: 'a-fault-with-a-long-name',
  failures: 1000,
  deaths: 3,
  receivedAt: new Date(0),
});

const payments = (about: Partial<PaymentEntry> = {}) =>
  Array.from({ length: PAGE_SIZE }, (_, index) => payment({ ...about, id: ID - index }));

const unsettledCharges = (): UnsettledCharge[] =>
  Array.from({ length: PAGE_SIZE }, (_, index) => ({
    id: ID - index,
    kind: index % 2 === 0 ? 'payment' : 'refund',
    userId: ID,
    language: null,
    payload: 'p',
    currency: 'RUB',
    amount: 999_900,
    chargeId: 'c'.repeat(60),
    providerChargeId: null,
    paidUntil: null,
    source: 'update',
    createdAt: DATE,
    buyer: LONGEST_PERSON,
  }));

const charge: Charge = {
  telegramPaymentChargeId: 'c'.repeat(60),
  amount: 999_900,
  currency: 'RUB',
  credits: 400,
  state: 'charged-back',
  createdAt: DATE,
};
/** As many of them as `bot/features/support.ts` shows. */
const charges = chargeLines('ru', Array(5).fill(charge));
const ticket = { id: ID, userId: ID, firstName: LONGEST_PERSON, state: 'open' } as const;
const tickets = Array.from({ length: PAGE_SIZE }, (_, index) => ({
  ...ticket,
  topic: 'payment' as const,
  id: ID - index,
  createdAt: DATE,
  updatedAt: DATE,
}));
const orderEntries = Array.from(
  { length: PAGE_SIZE },
  (_, index): OrderEntry => ({
    id: ID - index,
    userId: ID,
    kind: 'package',
    state: 'refunded',
    packageName: LONGEST_TITLE,
    credits: 10_000,
    currency: 'RUB',
    amount: 2_000_000_000,
    createdAt: DATE,
    buyer: LONGEST_PERSON,
  }),
);
const LONGEST_WORDS = '<&>'.repeat(166);
const disclosure: Disclosure = {
  // Ten years each: the longest that can be set.
  retention: Object.fromEntries(KEPT_DATA.map((name) => [name, 3650 * 86_400_000])) as Retention,
  providers: Array(4).fill('<a provider & more>'),
  reportsClicks: true,
};
const stake: Stake = {
  credits: 2_000_000_000,
  reserved: 4,
  pictures: 4_000_000,
  atWork: 10,
  payments: 1000,
  openPayments: 2,
  renews: true,
};
const personFigures: PersonFigures = {
  userId: ID,
  firstName: LONGEST_PERSON,
  username: 'a'.repeat(32),
  language: 'ru',
  role: 'support',
  credits: 2_000_000_000,
  reserved: 1000,
  createdMs: DATE.getTime(),
  lastSeenMs: DATE.getTime(),
  hasBlocked: true,
  banReason: LONGEST_WORDS,
  deletionDueMs: DATE.getTime(),
  deletedMs: null,
  source: LONGEST_TITLE.repeat(4),
  invitedBy: ID,
  photoshoots: 1_000_000,
  pictures: 4_000_000,
  photoshootsAtWork: 10,
  spent: ['XTR', 'RUB', 'USD'].map((currency) => ({ currency, amount: 2_000_000_000 })),
  payments: 1000,
  heldPayments: 10,
  openOrders: 10,
  renewingOrderId: ID,
  openTickets: 2,
  tickets: 100,
};
const acts = Array.from(
  { length: 5 },
  (_, index): RecordedAct => ({
    id: ID - index,
    actorId: ID,
    act: 'allow-free-credits',
    userId: ID,
    object: `payment:${ID}`,
    reason: LONGEST_WORDS,
    before: null,
    after: null,
    createdAt: DATE,
  }),
);
const team = Array.from({ length: 12 }, (_, index) => ({
  userId: ID - index,
  firstName: LONGEST_PERSON,
  username: 'a'.repeat(32),
}));
const broadcast: Broadcast = {
  id: ID,
  createdBy: ID,
  state: 'draft',
  segment: 'language',
  language: 'ru',
  texts: { en: '<&>'.repeat(1365), ru: '<&>'.repeat(1365) },
  cardMessageId: ID,
  createdAt: DATE,
  nextAt: DATE,
  endedAt: null,
  counts: null,
  sweptAt: null,
};
const COUNTS = { waiting: 1_000_000, sent: 1_000_000, blocked: 1_000_000, failed: 1_000_000, unknown: 1000 };
const WAITS = { tickets: 1000, held: 100, unsettled: 100, failed: 1000, atWork: 10_000 };
const CACHES: CacheState['caches'] = [
  { name: 'recognition', filled: 1, questions: 1_000_000, hitRate: 0.9994 },
  { name: 'prepared-photos', filled: 0.9994, questions: 1_000_000, hitRate: 0.5 },
  { name: 'prepared-photos-on-disk', filled: 0, questions: 0, hitRate: null },
  { name: 'thumbnails', filled: 0, questions: 0, hitRate: null },
  { name: 'search', filled: 0, questions: 0, hitRate: null },
];
const SERVICES: readonly ServiceState[] = [
  { name: 'database', status: 'ok', note: null, latencyMs: 1.2 },
  { name: 'cache', status: 'degraded', note: 'Redis <is> away', latencyMs: 200 },
  { name: 'telegram', status: 'unhealthy', note: 'could not say how it is', latencyMs: 4000 },
];
const rulesOf = (t: Translate) =>
  RULE_NAMES.map((rule) => ({ ...RULES[rule], name: t(`dash-rule-name-${rule}`) }));
const LIMITS_IN_FORCE: LimitsState['limits'] = [
  { name: 'messages', most: 10, windowMs: 60_000, usual: 10, until: null },
  { name: 'photoshoots', most: 50, windowMs: 3_600_000, usual: 50, until: null },
  { name: 'recognitions', most: 200, windowMs: 86_400_000, usual: 200, until: null },
  { name: 'requests', most: 1, windowMs: 60_000, usual: 30, until: null },
];
const PROCESS: ProcessState = {
  cpu: 100,
  memory: 99.94,
  disk: 100,
  active: 10_000,
  perSecond: 10_000.5,
  average: 1000.5,
  slowest: 1000.5,
  errors: 100,
  jobs: 1000,
  waiting: 100_000,
  hits: 99.9,
  pool: 100,
  uptime: 99.99,
  unwell: [],
};
const BRAKED: Brakes = {
  reasons: [...PAUSE_REASONS, 'owner'],
  words: LONGEST_WORDS,
  freeCreditsStopped: true,
};
const FREE: Brakes = { reasons: [], words: null, freeCreditsStopped: false };
const thread = Array.from({ length: 5 }, (_, index) => ({
  authorId: index % 2 === 0 ? ID : 1,
  body: '<&>'.repeat(1300),
  photoFileId: 'photo',
  createdAt: DATE,
}));

const promoCode: PromoCode = {
  code: 'W'.repeat(24),
  kind: 'credits',
  value: 10_000,
  maxUses: 1_000_000,
  usesPerUser: 100,
  uses: 999_999,
  startsAt: DATE,
  endsAt: DATE,
  createdBy: ID,
  createdAt: DATE,
};
const source = {
  source: 'w'.repeat(64),
  campaign: 'w'.repeat(64),
  starts: 99_999,
  photos: 99_999,
  firstPictures: 99_999,
  paywalls: 99_999,
  paid: 9999,
  secondPurchases: 9999,
  revenue: { XTR: 999_999, RUB: 99_999_900 },
};
const many: Counted = { now: 99_999_999, before: 11_111_111 };
const none: Counted = { now: 0, before: 0 };
const namedParts = (prefix = '') =>
  Array.from({ length: 9 }, (_, index) => ({ dimension: `${prefix}${LONGEST_PERSON}${index}`, ...many }));
const earnings = { gross: many, refunded: many, net: many, payments: { now: 7, before: 0 } };
const statistics: Overview = {
  period: periodOf('30', 'UTC', DATE),
  money: {
    earnings: ['XTR', 'RUB', 'USD'].map((currency) => ({ currency, ...earnings })),
    paying: many,
    refunds: many,
    partRefunds: many,
    chargebacks: many,
    ordersPaid: many,
    unpaid: { pending: 999_999, cancelled: 999_999, expired: 999_999 },
    conversion: { paid: 999, over: 1000 },
    byPackage: ['XTR:', 'RUB:', 'USD:'].flatMap((currency) => namedParts(currency)),
    bySource: ['XTR:', 'RUB:', 'USD:'].flatMap((currency) => namedParts(currency)),
    starsByDay: [
      { day: '2026-09-20', value: 1 },
      { day: '2026-09-28', value: 9 },
    ],
    costMicroUsd: { now: 999_999_999_999, before: 1 },
    delivered: many,
    reconciled: many,
    held: 999,
  },
  margin: {
    incomeMicroUsd: many,
    marginMicroUsd: { now: -999_999_999_999, before: 1 },
    without: ['RUB', 'EUR'],
  },
  outstanding: 99_999_999,
  usage: {
    newPeople: many,
    byLanguage: namedParts(),
    active: many,
    blocked: 999_999,
    drafts: many,
    recognised: { model: many, known: many, house: many },
    placed: many,
    ordered: many,
    delivered: many,
    paidWith: { bought: many, given: many, free: many, owed: many },
    byStyle: namedParts('house:'),
    byRatio: namedParts(),
  },
  quality: {
    outcomes: { complete: many, partial: many, failed: many, cancelled: many, photoRefused: many },
    pictures: { delivered: many, failed: many, refused: many },
    missing: namedParts(),
    likeness: { same: many, drifted: many, notMeasured: many },
    likenessReasons: namedParts(),
    labels: { asInPhoto: many, differs: many, none: many, notRead: many },
    notRight: many,
    notRightReasons: [...GIVE_BACK_REASONS, 'none'].map((dimension) => ({ dimension, ...many })),
    photoToCard: { p50: 3210.5, p95: 99_999.9 },
    createToDelivery: { p50: 61_234.5, p95: 999_999.9 },
  },
  service: { opened: many, open: 99_999, firstAnswer: { p50: 7_123_456.7, p95: 99_999_999_999 } },
  work: { drafts: 99_999, awaitingPayment: 99_999, queued: 99_999, generating: 99_999 },
};
const emptyStatistics: Overview = {
  period: periodOf('all', 'UTC', DATE),
  money: {
    earnings: [],
    paying: none,
    refunds: none,
    partRefunds: none,
    chargebacks: none,
    ordersPaid: none,
    unpaid: { pending: 0, cancelled: 0, expired: 0 },
    conversion: { paid: 0, over: 0 },
    byPackage: [],
    bySource: [],
    starsByDay: [],
    costMicroUsd: none,
    delivered: none,
    reconciled: none,
    held: 0,
  },
  margin: { incomeMicroUsd: none, marginMicroUsd: none, without: [] },
  outstanding: 0,
  usage: {
    newPeople: none,
    byLanguage: [],
    active: none,
    blocked: 0,
    drafts: none,
    recognised: { model: none, known: none, house: none },
    placed: none,
    ordered: none,
    delivered: none,
    paidWith: { bought: none, given: none, free: none, owed: none },
    byStyle: [{ dimension: 'proposed', ...many }],
    byRatio: [],
  },
  quality: {
    outcomes: { complete: none, partial: none, failed: none, cancelled: none, photoRefused: none },
    pictures: { delivered: none, failed: none, refused: none },
    missing: [],
    likeness: { same: none, drifted: none, notMeasured: none },
    likenessReasons: [],
    labels: { asInPhoto: none, differs: none, none, notRead: none },
    notRight: none,
    notRightReasons: [],
    photoToCard: { p50: null, p95: null },
    createToDelivery: { p50: null, p95: null },
  },
  service: { opened: none, open: 0, firstAnswer: { p50: null, p95: null } },
  work: { drafts: 0, awaitingPayment: 0, queued: 0, generating: 0 },
};

/** Where pixels find a drift no label is read. The label has more characters than are shown, and longer ones when escaped. */
const VERDICTS: readonly Likeness[] = [
  { kind: 'same', label: { kind: 'not-read' } },
  { kind: 'drifted', drifts: DRIFTS.filter((drift) => drift !== 'label'), label: { kind: 'not-read' } },
  {
    kind: 'drifted',
    drifts: ['label'],
    label: { kind: 'differs', photo: '&'.repeat(200), picture: '<'.repeat(200) },
  },
  { kind: 'not-measured', reason: 'few-matches', label: { kind: 'as-in-photo' } },
];

export const stages: Stage[] = [
  { stage: 'queued', place: 1 },
  { stage: 'queued', place: 1000 },
  { stage: 'preparing' },
  { stage: 'making', ready: 3, total: 4, remainingMs: 119_000 },
  { stage: 'making', ready: 0, total: 1, remainingMs: -1 },
  { stage: 'converting' },
  { stage: 'sending' },
  { stage: 'provider-busy' },
  { stage: 'stopping' },
];

/** A card that is tested, and what it shows by example. */
export type CardExamples = {
  /** Of the function. */
  name: string;
  /** In characters (Bot API): of a message, or of a caption, which a card that may stand under a picture becomes. */
  longest: 4096 | 1024;
  shown: (t: Translate, language: string) => Record<string, Screen>;
};

/** A card that keeps within a caption. @param inputs what it is given, by a name for the example */
function inCaption<A extends [t: Translate, ...rest: unknown[]]>(
  card: (...input: A) => Screen,
  inputs: (t: Translate, language: string) => Record<string, NoInfer<A>>,
): CardExamples {
  return examples(card, 1024, inputs);
}

/** A card that is always a message of its own. */
function inMessage<A extends [t: Translate, ...rest: unknown[]]>(
  card: (...input: A) => Screen,
  inputs: (t: Translate, language: string) => Record<string, NoInfer<A>>,
): CardExamples {
  return examples(card, 4096, inputs);
}

function examples<A extends [t: Translate, ...rest: unknown[]]>(
  card: (...input: A) => Screen,
  longest: CardExamples['longest'],
  inputs: (t: Translate, language: string) => Record<string, NoInfer<A>>,
): CardExamples {
  return {
    name: card.name,
    longest,
    shown: (t, language) =>
      Object.fromEntries(Object.entries(inputs(t, language)).map(([name, input]) => [name, card(...input)])),
  };
}

/** Every exported card of `src/screens`; the test of all cards fails when one is missing here. */
const mixedReport: PackReport = {
  outcomes: PRESET_IDS.map((preset, index) =>
    index % 2 === 0
      ? { preset, kind: 'made', size: { width: 900, height: 1200 }, change: 'cut' }
      : { preset, kind: 'too-small', needs: { width: 1280, height: 1600 } },
  ),
  fromPreview: 4,
  gone: 2,
  onlyZip: true,
  largeCredits: 8,
  cutOutCredits: 1,
};
const emptyReport: PackReport = {
  outcomes: [
    { preset: 'amazon-main', kind: 'no-cut-out' },
    { preset: 'etsy', kind: 'too-heavy' },
    { preset: 'ebay', kind: 'unreadable' },
  ],
  fromPreview: 0,
  gone: 0,
  onlyZip: false,
  largeCredits: 8,
  cutOutCredits: 1,
};

export const CARDS: readonly CardExamples[] = [
  inCaption(receivedCard, (t) => ({ 'an album that is too long': [t, 5, 5, LONGEST_CAPTION] })),
  inCaption(draftCard, (t) => ({
    'two of four and a house style': [t, draft(), [...four, house], 1],
    'no choice yet': [t, draft(), four.map((one) => ({ ...one, chosen: false })), 1],
    'another format': [t, draft({ ratio: '16:9', pictureCount: 4 }), four, 1],
    'large pictures': [t, draft({ size: 'large' }), four, 1, { width: 1632, height: 2176 }],
    'large pictures to choose': [t, draft(), four, 1, { width: 1632, height: 2176 }],
    'a note and an own style': [
      t,
      draft({ caption: LONGEST_CAPTION, product: { ...product, sameProduct: null } }),
      [...four.slice(0, 3), { ...style(5, true), origin: 'own' as const, prompt: LONGEST_WISH }],
      1,
    ],
    'an advice': [t, draft({ advice: 'blurred', product: { ...product, sameProduct: null } }), four, 1],
    'without a name': [t, draft({ product: { ...product, sameProduct: null, name: '', kind: '' } }), four, 1],
    'before it is known': [t, draft({ product: null }), [], 1],
    'views of one product': [t, draft({ product: { ...product, sameProduct: true } }), four, 5],
    'different products': [t, draft({ product: { ...product, sameProduct: false } }), [...four, house], 5],
    'a series': [t, draft({ isSeries: true, caption: LONGEST_CAPTION }), [house], 5],
    'a series without a style': [t, draft({ isSeries: true }), [], 5],
  })),
  inCaption(madeBeforeCard, (t, language) => ({
    'a picture': [t, language, { draftId: ID, photoshootId: ID, deliveredAt: DATE, pictures: 1, credits: 2 }],
    'four of them': [
      t,
      language,
      { draftId: ID, photoshootId: ID, deliveredAt: DATE, pictures: 4, credits: 8 },
    ],
  })),
  inCaption(catalogueCard, (t) => ({ 'with saved styles': [t, draft(), [house], presets, HOUSE_STYLES] })),
  inCaption(purposeCard, (t) => ({ 'a photo': [t, ID, ID] })),
  inCaption(describeCard, (t) => ({ 'the question': [t, ID] })),
  inCaption(nameCard, (t) => ({ 'the question': [t, ID] })),
  inCaption(correctionCard, (t) => ({
    'of an album': [
      t,
      draft({ basedOnPictureId: ID - 2, product: { ...product, sameProduct: null } }),
      LONGEST_WISH,
      pictures,
      1,
    ],
    'of one picture': [t, draft({ basedOnPictureId: ID - 1 }), 'darker', pictures.slice(0, 1), 1],
    'of a picture that drifted': [t, draft({ basedOnPictureId: ID - 1 }), 'darker', pictures.slice(0, 1), 0],
    'of a large one': [
      t,
      draft({ basedOnPictureId: ID - 1, size: 'large' }),
      'darker',
      pictures.slice(0, 1),
      2,
      { width: 1632, height: 2176 },
    ],
  })),
  inCaption(statusCard, (t) =>
    Object.fromEntries(stages.map((stage) => [JSON.stringify(stage), [t, ID, stage] as const])),
  ),
  inCaption(resultCard, (t) => ({
    complete: [t, result('completed', 4)],
    'half of it': [t, result('completed', 2)],
    cancelled: [t, result('cancelled', 2)],
    failed: [t, result('failed', 0)],
    'held against its photos': [
      t,
      {
        ...result('completed', 4),
        pictures: pictures.map((picture) => ({
          ...picture,
          delivered: true,
          likeness: VERDICTS[picture.position % VERDICTS.length] ?? null,
          nextCredits: picture.position > 2 ? 1 : 0,
        })),
      },
    ],
    'a correction': [t, { ...result('completed', 1), correction: LONGEST_WISH }],
    'of JPEG originals': [t, { ...result('completed', 1), originalsArePng: false }],
    'a cut-out': [t, { ...result('completed', 1), isCutOut: true }],
    'a cut-out that is none': [t, { ...result('failed', 0), failureCode: 'no-cut-out', isCutOut: true }],
  })),
  inCaption(shownCard, (t) => ({
    'an album': [
      t,
      {
        photoshootId: ID,
        size: 'large' as const,
        productName: null,
        ordered: 4,
        isCorrection: false,
        isCutOut: false,
        originalsArePng: true,
        delivered: pictures,
      },
    ],
  })),
  inCaption(changeCard, (t) => ({
    'of four': [t, pictures, ID - 2],
    'of one': [t, pictures.slice(0, 1), ID - 1],
  })),
  inCaption(likesCard, (t) => ({ 'of four': [t, pictures] })),
  inMessage(packCard, (t) => ({
    'nothing chosen': [t, { photoshootId: ID, channels: [], sku: null }, 4],
    'all chosen, and what came of it': [
      t,
      { photoshootId: ID, channels: PRESET_IDS, sku: 'W'.repeat(40) },
      4,
      mixedReport,
    ],
    'nothing could be made': [
      t,
      { photoshootId: ID, channels: emptyReport.outcomes.map(({ preset }) => preset), sku: null },
      1,
      emptyReport,
    ],
  })),
  inCaption(cutOutUnsureCard, (t) => ({
    'a model can': [t, ID, { cutsOut: true }],
    'nobody can': [t, ID, { cutsOut: false }],
  })),
  inCaption(skuCard, (t) => ({ 'the question': [t, ID] })),
  inMessage(listingCard, (t) => ({
    'the longest': [
      t,
      {
        title: '&'.repeat(150),
        bullets: ['&'.repeat(250), 'b'.repeat(250), 'c'.repeat(250), 'd'.repeat(250), 'e'.repeat(250)],
        keywords: ['k'.repeat(40), 'l'.repeat(40), 'm'.repeat(40)],
      },
    ],
  })),
  inMessage(noListingCard, (t) => ({ failed: [t, null], 'the limit': [t, { max: 20 }] })),
  inCaption(packProgressCard, (t) => ({ 'under way': [t, 3, 48] })),
  inCaption(problemCard, (t) => ({ 'of four': [t, pictures, quota] })),
  inCaption(givenBackCard, (t) => ({
    'the reasons': [t, ID, { ...quota, credits: 2, repaid: 0 }],
    'of a refunded purchase': [t, ID, { ...quota, credits: 2, repaid: 2 }],
  })),
  inCaption(notRightCard, (t) => ({
    'a choice': [t, ID, quota],
    'without a quota': [t, ID, { ...quota, perDay: 0 }],
  })),
  inCaption(redoneCard, (t) => ({ 'the reasons': [t, ID] })),
  inCaption(notGivenBackCard, (t) => ({ 'a way on': [t] })),
  inCaption(startCard, (t) => ({
    'a long name': [t, 'W'.repeat(64), { credits: 1000, reserved: 0 }, false],
    'with nothing': [t, '<b>', { credits: 0, reserved: 4 }, true],
  })),
  inCaption(helpCard, (t) => ({ help: [t, quota] })),
  inCaption(balanceCard, (t) => ({
    'with reserved credits': [t, { credits: 1000, reserved: 4 }],
    'a debt': [t, { credits: -1000, reserved: 0 }],
  })),
  inCaption(stylesCard, (t) => ({ 'with saved styles': [t, presets, HOUSE_STYLES] })),
  inCaption(presetCard, (t) => ({
    'with its format': [t, preset()],
    'without a format': [t, preset({ ratio: null, size: null })],
  })),
  inCaption(savedOwnCard, (t) => ({ 'own words': [t, preset()] })),
  inCaption(presetNameCard, (t) => ({ 'the question': [t, preset()] })),
  inCaption(settingsCard, (t) => ({ settings: [t, { newsMuted: false }], muted: [t, { newsMuted: true }] })),
  inCaption(languageCard, (t) => ({ languages: [t, texts] })),
  inCaption(historyCard, (t, language) => ({
    'a page': [t, language, { entries: history, total: 100, page: 2 }],
    empty: [t, language, { entries: [], total: 0, page: 1 }],
  })),
  inCaption(pastCard, (t, language) => ({
    'four styles': [
      t,
      language,
      {
        photoshootId: ID,
        productName: null,
        finishedAt: DATE,
        styles: pictures.map(({ style }) => style),
        page: 9,
      },
      DATE,
    ],
  })),
  inCaption(shopCard, (t, language) => ({
    'everything on offer': [t, language, shop, 1000],
    subscribed: [t, language, { ...shop, subscribed }, 0],
    unsubscribed: [t, language, { ...shop, subscribed: { ...subscribed, cancelled: true } }, 0],
  })),
  inCaption(paywallCard, (t, language) => ({
    'a little missing': [t, language, { draftId: ID, needed: 4, available: 1, each: 1, series: null, shop }],
    'a part of a series affordable': [
      t,
      language,
      { draftId: ID, needed: 40, available: 39, each: 2, series: { photos: 5, pictures: 4 }, shop },
    ],
  })),
  inCaption(inviteCard, (t) => ({
    'an invitation': [
      t,
      'w'.repeat(32),
      { code: 'f'.repeat(32), arrived: 999, earned: 9999 },
      { startReward: 100, purchasePercent: 100, monthlyCap: 10_000 },
    ],
  })),
  inCaption(redeemedCard, (t) => ({
    credits: [t, { redemptionId: 1, kind: 'credits' as const, value: 10_000 }, 10_000],
    percent: [t, { redemptionId: 1, kind: 'percent' as const, value: 90 }, 0],
  })),
  inCaption(giftCard, (t) => ({
    'without a word': [t, { credits: 10_000, why: null }],
    'with the longest word': [t, { credits: 10_000, why: '<&>'.repeat(166) }],
  })),
  inCaption(askCard, (t) => ({
    'of a payment': [t, 'payment' as const, charges],
    'of anything': [t, 'other' as const, null],
  })),
  inMessage(unsubscribeCard, (t) => ({ 'the question': [t, ID] })),
  inMessage(answerCard, (t) => ({ 'a long answer': [t, ID, answerPieces('<&>'.repeat(1365))[0] ?? ''] })),
  inMessage(ticketCard, (t) => ({
    'a long thread': [t, { ...ticket, topic: 'payment' as const }, thread],
    'nothing said yet': [t, { ...ticket, topic: 'other' as const }, []],
  })),
  inMessage(ticketListCard, (t) => ({ 'a full list': [t, pageOf(tickets)], empty: [t, pageOf([])] })),
  inMessage(paymentsCard, (t, language) => ({
    'a full list': [t, language, pageOf(payments())],
    empty: [t, language, pageOf([])],
  })),
  inMessage(heldCard, (t, language) => ({
    'a full list': [
      t,
      language,
      { ...pageOf(payments({ state: 'held', heldReason: 'period' })), page: 1 },
      { charges: unsettledCharges(), total: 25 },
    ],
    empty: [t, language, pageOf([]), { charges: [], total: 0 }],
  })),
  inMessage(deadUpdatesCard, (t) => ({
    'a full list': [t, { list: pageOf(Array.from({ length: PAGE_SIZE }, deadUpdate)), total: 1000 }],
    empty: [t, { list: pageOf([]), total: 0 }],
  })),
  inMessage(settlementCard, (t) => ({ held: [t, 'held' as const], failed: [t, 'failed' as const] })),
  inMessage(confirmRefundCard, (t, language) => ({
    'in Stars': [t, language, payment({ currency: 'XTR', renewingOrderId: ID })],
    'by hand': [t, language, payment()],
    'the rest': [t, language, payment({ givenBack: 999_800, reclaimed: 399, unused: 1 })],
  })),
  inMessage(partWordsCard, (t, language) => ({ 'by card': [t, language, payment()] })),
  inMessage(confirmPartCard, (t, language) => ({
    'what is unused': [t, language, payment(), { id: ID, amount: 499_950, words: LONGEST_WORDS }],
    'what is spent': [
      t,
      language,
      payment({ balance: 0 }),
      { id: ID, amount: 999_900, words: LONGEST_WORDS },
    ],
  })),
  inMessage(refundOutcomeCard, (t) => ({
    refunded: [t, ID, 'refunded' as const],
    refused: [t, ID, 'refused' as const],
    unknown: [t, ID, 'unknown' as const],
  })),
  inMessage(promoListCard, (t, language) => ({
    // As many as `bot/features/growth-admin.ts` shows.
    'a full list': [t, language, Array(30).fill(promoCode)],
    empty: [t, language, []],
  })),
  inMessage(sourcesCard, (t, language) => ({
    'many sources': [t, language, { days: 3650, sources: Array(30).fill(source) }],
    'people without a source': [
      t,
      language,
      { days: 90, sources: [{ ...source, source: null, campaign: null, revenue: {} }] },
    ],
    empty: [t, language, { days: 90, sources: [] }],
  })),
  inMessage(ordersCard, (t, language) => ({
    'a full list': [t, language, pageOf(orderEntries)],
    empty: [t, language, { ...pageOf([]), filter: null }],
  })),
  inMessage(dashboardCard, (t) => ({
    'by https': [t, 'https://shop.example', 's'.repeat(43)],
    'on this machine': [t, 'http://127.0.0.1:3000', 's'.repeat(43)],
  })),
  inMessage(adminMenuCard, (t) => ({
    'for an owner': [t, WAITS, BRAKED, () => true],
    'for support': [t, WAITS, FREE, (right: Right) => may('support', right)],
  })),
  inMessage(digestsCard, (t) => ({ weekly: [t, true], daily: [t, false] })),
  inMessage(brakesCard, (t) => ({ braked: [t, BRAKED], free: [t, FREE] })),
  inMessage(newsCard, (t) => ({ news: [t, '<&>'.repeat(1365)] })),
  inMessage(broadcastCard, (t) =>
    Object.fromEntries(
      BROADCAST_STATES.map((state) => [
        state,
        [t, { ...broadcast, state }, COUNTS, ['en', 'ru']] as Parameters<typeof broadcastCard>,
      ]),
    ),
  ),
  inMessage(processCard, (t) => ({
    'well and known': [t, PROCESS],
    'unwell and not known': [
      t,
      { ...PROCESS, cpu: null, average: null, slowest: null, uptime: null, unwell: ['database', 'cache'] },
    ],
  })),
  inMessage(cacheCard, (t) => ({
    'with Redis': [
      t,
      {
        caches: CACHES,
        redis: { away: false, usedBytes: 2 ** 31 },
      },
    ],
    'without it': [t, { caches: [], redis: null }],
    'while it is away': [t, { caches: [], redis: { away: true, usedBytes: null } }],
  })),
  inMessage(healthCard, (t) => ({
    'well and unwell': [
      t,
      {
        services: SERVICES,
        connections: { active: 200, idle: 100, max: 200 },
      },
    ],
    'before the first sample': [t, { services: [], connections: { active: null, idle: null, max: null } }],
  })),
  inMessage(alertsCard, (t, language) => ({
    'nothing stands': [t, language, { standing: [], hasMore: false, resolved: [], rules: rulesOf(t) }],
    'several stand, and some are over': [
      t,
      language,
      {
        standing: Array.from({ length: 5 }, () =>
          t('alert-provider-outage', { model: 'a-model', code: 'ECONNRESET' }),
        ),
        hasMore: true,
        resolved: Array.from({ length: 5 }, () => ({ sentence: t('alert-budget-over'), agoMs: 5_400_000 })),
        rules: rulesOf(t),
      },
    ],
  })),
  inMessage(limitsCard, (t, language) => ({
    'as configured': [t, language, { limits: LIMITS_IN_FORCE, waiting: [] }, 'UTC'],
    'changed, with people who wait': [
      t,
      language,
      {
        limits: LIMITS_IN_FORCE.map((limit) => ({ ...limit, most: 1_000_000, until: DATE })),
        waiting: Array.from({ length: 7 }, (_, index) => ({
          limit: 'requests' as const,
          subject: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
          retryAfterMs: 10 ** (index + 2),
        })),
      },
      'UTC',
    ],
  })),
  inMessage(teamCard, (t) => ({ 'a team': [t, team], nobody: [t, []] })),
  inMessage(personCard, (t, language) => ({
    'for an owner': [t, language, personFigures, acts, () => true],
    'for support': [
      t,
      language,
      { ...personFigures, banReason: null },
      [],
      (right: Right) => may('support', right),
    ],
    'whose data was deleted': [
      t,
      language,
      {
        ...personFigures,
        firstName: '—',
        username: null,
        role: null,
        deletionDueMs: null,
        deletedMs: DATE.getTime(),
      },
      acts,
      () => true,
    ],
  })),
  inMessage(deletionCard, (t) => ({
    'with everything at stake': [t, stake],
    'with nothing at stake': [
      t,
      { credits: 0, reserved: 0, pictures: 0, atWork: 0, payments: 0, openPayments: 0, renews: false },
    ],
  })),
  inMessage(privacyCard, (t) => ({ 'with everything': [t, disclosure] })),
  inMessage(leavingCard, (t, language) => ({ 'a date': [t, language, DATE] })),
  inMessage(cameBackCard, (t) => ({ back: [t] })),
  inMessage(requestWordsCard, (t) =>
    Object.fromEntries(PERSON_ACTS.map((act) => [act, [t, act] as [Translate, PersonAct]])),
  ),
  inMessage(confirmRequestCard, (t) =>
    Object.fromEntries(
      PERSON_ACTS.map((act) => [
        act,
        [t, { id: ID, act, credits: -10_000, words: LONGEST_WORDS }, personFigures] as Parameters<
          typeof confirmRequestCard
        >,
      ]),
    ),
  ),
  inMessage(cohortsCard, (t, language) => {
    const weeks = Array.from({ length: COHORT_WEEKS }, (_, index) => addDays('2026-10-05', index * 7));
    const cohortsOf = (people: number) =>
      weeks.map((week, index) => ({ week, people, again: weeks.slice(index + 1).map(() => people) }));
    return {
      'a million a week, who all return': [t, language, cohortsOf(1_000_000)],
      nobody: [t, language, cohortsOf(0)],
    };
  }),
  inMessage(statisticsCard, (t, language) => ({
    'everything at its longest': [t, language, statistics],
    nothing: [t, language, emptyStatistics],
    'days that somebody typed': [
      t,
      language,
      { ...statistics, period: readPeriod(['2026-01-01']) ?? statistics.period },
    ],
  })),
];
