/**
 * Updates that the whole bot answers in a second, against two bare Telegraf bots on the same double of the Bot
 * API. Ours: webhook over HTTP or polling, inbox on PostgreSQL, the person looked up, one sendMessage through
 * the gateway. Theirs: nothing kept, one with Telegraf's own client and one with undici, as we have it. Rounds take
 * turns, and each begins with another contestant; the first ones warm up. `BENCH_BEFORE` names the folder of an earlier
 * version's checkout, with its packages, that takes turns with them.
 */
import {
  type BenchRow,
  describe,
  median,
  medianRatio,
  printRows,
  progress,
  quantile,
  rounds,
} from './row.ts';
import { type Child, startChild, type Usage } from './support/child.ts';
import { createPoster } from './support/poster.ts';
import { type Databases, withPostgres } from './support/postgres.ts';
import { textUpdate } from './support/updates.ts';
import { startOf, THIS_VERSION, VERSION_BEFORE, wholeApp } from './support/versions.ts';

/** Updates posted at a time, as in the measurements of other bots (performance.md §2); Telegram's default is 40. */
const IN_FLIGHT = 32;
const ROUNDS = rounds(15);
/** Until both are compiled: a bot of thirty thousand lines takes longer to be than one of ten. */
const WARM_UP_ROUNDS = 4;
const UPDATES = 3000;
const PEOPLE = 1000;
const SECRET = 'bench-webhook-secret';
/** Of what each peer answers; the version before is that before decision 042 (commit 57fa0bd). */
const AT_LEAST = { before: 1.3, own: 1.4, undici: 0.7 };
const NAMES = {
  before: 'the version before',
  own: 'bare Telegraf, keep-alive',
  undici: 'bare Telegraf over undici',
} as const;

type Mode = 'webhook' | 'polling';
/** What a bare bot calls with. */
type Client = 'own' | 'undici';
type Peer = keyof typeof NAMES;
type Contestant = { bot: Child; token: string; url: string; results: Round[] };
type Round = { perSecond: number; cpuUs: number; p50: number; p99: number };

export async function run(): Promise<BenchRow[]> {
  return withPostgres('updates against a bare Telegraf bot', async (databases) => {
    const rows: BenchRow[] = [];
    for (const mode of ['webhook', 'polling'] as const) {
      rows.push(...(await compare(mode, databases)));
    }
    return rows;
  });
}

async function compare(mode: Mode, databases: Databases): Promise<BenchRow[]> {
  const children: Child[] = [];
  try {
    const stub = await startChild<{ url: string }>('telegram-stub.ts', {});
    children.push(stub);
    const start = async (starting: Promise<Contestant>) => {
      const contestant = await starting;
      children.push(contestant.bot);
      return contestant;
    };
    const ours = await start(
      startOurs(mode, await databases.create(`updates_${mode}`), stub.hello.url, THIS_VERSION),
    );
    const peers = new Map<Peer, Contestant>();
    if (VERSION_BEFORE !== null) {
      const databaseUrl = await databases.createEmpty(`updates_${mode}_before`);
      peers.set('before', await start(startOurs(mode, databaseUrl, stub.hello.url, VERSION_BEFORE)));
    }
    for (const client of ['own', 'undici'] as const)
      peers.set(client, await start(startTheirs(mode, client, stub.hello.url)));
    const contestants = [ours, ...peers.values()];
    let nextId = 1;
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const first = round % contestants.length;
      for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
        const result = await play(mode, stub, contestant, nextId);
        nextId += UPDATES;
        if (round >= WARM_UP_ROUNDS) contestant.results.push(result);
      }
      progress(`${mode}: round ${round + 1} of ${WARM_UP_ROUNDS + ROUNDS}`);
    }
    return [...peers].flatMap(([name, peer]) => rowsOf(mode, name, ours.results, peer.results));
  } finally {
    for (const child of children.reverse()) await child.stop();
  }
}

async function startOurs(
  mode: Mode,
  databaseUrl: string,
  apiRoot: string,
  version: string,
): Promise<Contestant> {
  const token = version === THIS_VERSION ? `1:${'o'.repeat(35)}` : `3:${'b'.repeat(35)}`;
  const environment = {
    NODE_ENV: 'test',
    TRUTH_CHECK: 'off',
    LOG_LEVEL: 'warn',
    PORT: '0',
    THREAD_POOL_SIZE: '1',
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    OPENAI_API_KEY: 'unused',
    DATABASE_URL: databaseUrl,
    USER_RATE_LIMIT: '100000',
    ...(mode === 'webhook' ? { PUBLIC_URL: 'http://127.0.0.1', WEBHOOK_SECRET: SECRET } : {}),
  };
  const bot = await startChild<{ url: string }>(wholeApp(version), { environment }, startOf(version));
  return { bot, token, url: `${bot.hello.url}/telegram/updates`, results: [] };
}

async function startTheirs(mode: Mode, client: Client, apiRoot: string): Promise<Contestant> {
  const token = `2:${(client === 'own' ? 't' : 'u').repeat(35)}`;
  // As long as ours.
  const answer = 'Send me a photo of your product, and I will make pictures of it for your shop.';
  const bot = await startChild<{ url: string }>('bare-telegraf.ts', {
    token,
    apiRoot,
    secret: SECRET,
    answer,
    mode,
    client,
  });
  return { bot, token, url: `${bot.hello.url}/`, results: [] };
}

/** One round: from the first update that leaves to the last answer that arrives. */
async function play(
  mode: Mode,
  stub: Child,
  { bot, token, url }: Contestant,
  firstId: number,
): Promise<Round> {
  const before = await bot.ask<Usage>({});
  let startedAt = performance.now();
  let posts = [0];
  if (mode === 'polling') {
    await stub.ask({ token, expect: UPDATES, poll: { firstId, people: PEOPLE } });
  } else {
    const updates = Array.from({ length: UPDATES }, (_, index) => textUpdate(firstId + index, PEOPLE));
    await stub.ask({ token, expect: UPDATES });
    startedAt = performance.now();
    const poster = createPoster({ url, secret: SECRET, connections: IN_FLIGHT });
    posts = await poster.postAll(updates);
    await stub.next();
    await poster.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await bot.ask<Usage>({});
  return {
    perSecond: UPDATES / seconds,
    cpuUs: (after.cpuUs - before.cpuUs) / UPDATES,
    p50: quantile(posts, 0.5),
    p99: quantile(posts, 0.99),
  };
}

function rowsOf(mode: Mode, name: Peer, ours: readonly Round[], theirs: readonly Round[]): BenchRow[] {
  const peer = NAMES[name];
  const atLeast = AT_LEAST[name];
  const of = (rounds: readonly Round[], what: keyof Round) => rounds.map((round) => round[what]);
  const ratio = medianRatio(of(ours, 'perSecond'), of(theirs, 'perSecond'));
  const rows: BenchRow[] = [
    {
      what: `updates answered, ${mode}, whole bot on PostgreSQL`,
      measured: `${describe(of(ours, 'perSecond'), 0)}/s`,
      against: `${describe(of(theirs, 'perSecond'), 0)}/s, ${peer}`,
      ratio,
      // A bare bot that polls keeps nothing, and has no server to run: this one is for looking at.
      ...(mode === 'webhook' || name === 'before'
        ? { limit: `≥ ${atLeast}×`, ok: ratio >= atLeast }
        : { limit: '–', ok: true }),
    },
    {
      what: `processor time of the bot’s process an update, ${mode}`,
      measured: `${describe(of(ours, 'cpuUs'), 0)} µs`,
      against: `${describe(of(theirs, 'cpuUs'), 0)} µs, ${peer}`,
      ratio: medianRatio(of(ours, 'cpuUs'), of(theirs, 'cpuUs')),
      limit: '–',
      ok: true,
    },
  ];
  if (mode === 'polling') return rows;
  const times = (rounds: readonly Round[]) =>
    `${median(of(rounds, 'p50')).toFixed(1)} / ${median(of(rounds, 'p99')).toFixed(1)} ms`;
  rows.push({
    what: 'POST → 200, p50 / p99',
    measured: times(ours),
    against: `${times(theirs)}, ${peer}`,
    ratio: medianRatio(of(ours, 'p99'), of(theirs, 'p99')),
    limit: '–',
    ok: true,
  });
  return rows;
}

if (import.meta.main) printRows(await run());
