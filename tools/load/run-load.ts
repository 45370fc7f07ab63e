/** A whole load test on one app: sellers, limits and caches, and what is in the books afterwards. */
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { quantile } from '../../bench/row.ts';
import { readBooks } from '../../bench/support/books.ts';
import type { Counter } from '../../bench/support/shop.ts';
import { type CrowdPlan, type CrowdResult, playCrowd } from './crowd.ts';
import { atLeast, atMost, count, type Finding, percent, seconds, told } from './finding.ts';
import { tryHttp } from './http.ts';
import { tryLimits } from './limits.ts';
import { project } from './projection.ts';
import { judgeStatements } from './statements.ts';

export type LoadPlan = Omit<CrowdPlan, 'firstPerson' | 'limitMs'> & {
  /** Of the provider's answers that are faults, 0 to 1. Waits are then the provider's, and held to nothing. */
  faultShare: number;
};
export type LoadTarget = Readonly<{ appUrl: string; databaseUrl: string; token: string | null }>;
export type Section = Readonly<{ title: string; findings: readonly Finding[] }>;

/** The documents' own: S1-11, S1-12, S4-09, S0-05, S0-06, S0-07. */
const PICTURES_AN_HOUR = 5_000;
const OWN_P95_MS = 1_000;
const DELIVERED = 0.99;
const KNOWN_CARD_P95_MS = 100;
const MEAN_CARD_MS = 500;
const REPEATS_OF_THE_DOCUMENTS = 0.85;

/** An order waits for its provider for half an hour at most. */
const PATIENCE_MS = 30 * 60_000;
const SETTLE_MS = 120_000;
const WARM_UP = 5;
/** Beyond every id that real people have, and new in each run. */
const FIRST_PERSON = 4_000_000_000_000;
/** What the projection is made for. */
const PHOTOS_A_DAY = 1_000;

export async function runLoad(counter: Counter, target: LoadTarget, plan: LoadPlan): Promise<Section[]> {
  const { appUrl, databaseUrl, token } = target;
  const person = FIRST_PERSON + Math.floor(performance.timeOrigin);
  // The first orders of a process wait for its code to be compiled, once in its life.
  const warmUp = { users: WARM_UP, photosEach: 1, withinMs: 0, repeatShare: 0, limitMs: PATIENCE_MS };
  await playCrowd(counter, { ...warmUp, firstPerson: person - WARM_UP });
  await settle(databaseUrl);
  const before = await readBooks(databaseUrl);
  const asked = counter.provider.recognitions();
  const http = await tryHttp(appUrl, token);
  const crowd = await playCrowd(counter, { ...plan, firstPerson: person, limitMs: PATIENCE_MS });
  await settle(databaseUrl);
  const after = await readBooks(databaseUrl);
  const metrics = token === null ? null : await readMetrics(appUrl, token);
  const limits = await tryLimits(counter, {
    appUrl,
    person: person + plan.users,
    isSettled: async () => (await readBooks(databaseUrl)).unfinished === 0,
  });
  const recognitions = counter.provider.recognitions() - asked;
  const cost = await costOfRecognition(databaseUrl);
  return [
    {
      title: 'Concurrency',
      findings: [
        ...judgeCrowd(crowd, plan),
        {
          what: 'pictures that were lost',
          measured: count(crowd.delivered - (after.delivered - before.delivered)),
          limit: '0',
          ok: crowd.delivered === after.delivered - before.delivered,
        },
        noneOf('wrong balances', after.unbalanced),
        noneOf('orders, outcomes and updates left lying', after.unfinished),
        ...(metrics === null ? [] : judgeStatements(metrics)),
      ],
    },
    { title: 'Limits', findings: limits },
    { title: 'Caches', findings: judgeCaches(crowd, plan, { recognitions, cost }) },
    { title: 'HTTP', findings: http },
  ];
}

export function isKept(sections: readonly Section[]): boolean {
  return sections.every(({ findings }) => findings.every(({ ok }) => ok));
}

function judgeCrowd(crowd: CrowdResult, { users, photosEach, faultShare }: LoadPlan): Finding[] {
  const ordered = users * photosEach;
  const anHour = (crowd.delivered / crowd.lastedMs) * 3_600_000;
  const own =
    crowd.ownMs.length === 0
      ? []
      : [told('the bot’s own time, p50', seconds(quantile(crowd.ownMs, 0.5))), ownTime(crowd, faultShare)];
  return [
    told('sellers at work', count(users)),
    faultShare === 0
      ? atLeast('pictures an hour', anHour, PICTURES_AN_HOUR, count)
      : told('pictures an hour', count(anHour)),
    ...own,
    atLeast(
      'orders that were delivered',
      crowd.delivered / ordered,
      faultShare === 0 ? 1 : DELIVERED,
      percent,
    ),
    ...[...new Set(crowd.failures)].map((why) => told('somebody waited in vain', why)),
  ];
}

function ownTime({ ownMs }: CrowdResult, faultShare: number): Finding {
  const what = 'the bot’s own time, p95: photo → card and Create → picture, beyond the provider’s';
  const p95 = quantile(ownMs, 0.95);
  return faultShare === 0 ? atMost(what, p95, OWN_P95_MS, seconds) : told(what, seconds(p95));
}

function judgeCaches(
  { cardMs, knownCardMs }: CrowdResult,
  { repeatShare, faultShare }: LoadPlan,
  { recognitions, cost }: { recognitions: number; cost: number | null },
): Finding[] {
  if (cardMs.length === 0) return [];
  const avoided = 1 - recognitions / cardMs.length;
  const share = `recognitions avoided, of ${count(cardMs.length)} photos`;
  const known =
    knownCardMs.length === 0
      ? []
      : [atMost('card of a known photo, p95', quantile(knownCardMs, 0.95), KNOWN_CARD_P95_MS, seconds)];
  const mean = cardMs.reduce((sum, ms) => sum + ms, 0) / cardMs.length;
  const isOfDocuments = repeatShare >= REPEATS_OF_THE_DOCUMENTS && faultShare === 0;
  return [
    // A recognition that failed and was asked for again was paid for once; drawn shares are whole photos.
    atLeast(share, avoided, Math.max(0, repeatShare - 0.02), percent),
    ...known,
    isOfDocuments
      ? atMost('photo → card, mean, the provider’s time included', mean, MEAN_CARD_MS, seconds)
      : told('photo → card, mean, the provider’s time included', seconds(mean)),
    ...(cost === null ? [] : [costOfAMonth(avoided, cost)]),
  ];
}

function costOfAMonth(hitRate: number, dollarsPerCall: number): Finding {
  const day = { requestsADay: PHOTOS_A_DAY, dollarsPerCall };
  const [with_, without] = [project({ ...day, hitRate }), project({ ...day, hitRate: 0 })];
  const dollars = (value: number) => `$${value.toFixed(2)}`;
  return told(
    `recognition, a month of ${count(PHOTOS_A_DAY)} photos a day`,
    `${dollars(with_.dollarsAMonth)} instead of ${dollars(without.dollarsAMonth)}`,
  );
}

function noneOf(what: string, value: number): Finding {
  return { what, measured: count(value), limit: '0', ok: value === 0 };
}

/** Waits until the last taps and outcomes are written down, for a while. */
async function settle(databaseUrl: string): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  while (performance.now() < until && (await readBooks(databaseUrl)).unfinished > 0) await delay(250);
}

async function readMetrics(appUrl: string, token: string): Promise<string> {
  const answer = await fetch(`${appUrl}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  return answer.text();
}

/** Dollars of a mean recognition, as the journal of paid calls has it; null before any. */
async function costOfRecognition(databaseUrl: string): Promise<number | null> {
  const database = postgres(databaseUrl, { max: 1 });
  try {
    const [row] = await database<[{ dollars: number | null }]>`
      select (avg(cost_micro_usd) / 1000000)::float8 as dollars from provider_attempts
      where purpose = 'detection' and state = 'succeeded'`;
    return row.dollars;
  } finally {
    await database.end();
  }
}
