/** `npm run load -- --users 500`: simulated sellers on the whole app, and whether it keeps what it promises. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describeMachine } from '../../bench/support/machine.ts';
import { usePostgres } from '../../bench/support/postgres.ts';
import { openDoubles, openShop, postTo } from '../../bench/support/shop.ts';
import { type CommandOptions, runCommand, UsageError } from '../../src/command-line.ts';
import { StartRefused } from '../../src/errors.ts';
import { isKept, type LoadPlan, runLoad, type Section } from './run-load.ts';

const command = {
  usage: 'npm run load -- [--users 500] [--photos 1] [--repeat 0] [--faults 0] [--rate 5] [--app URL]',
  about: `Simulated sellers send photos and order pictures, on the whole app with a PostgreSQL server of its own and light
doubles of Telegram and of the provider. Prints concurrency, limits, caches and HTTP, and ends with 1 when a limit was
missed. docs/load-testing.md says what the figures mean, and how to load an installation with --app.`,
  options: {
    users: { type: 'string', about: 'how many sellers (500)' },
    photos: { type: 'string', about: 'photos that each of them sends, one after the other (1)' },
    rate: { type: 'string', about: 'sellers that begin a second (5)' },
    repeat: { type: 'string', about: 'per cent of photos that somebody has sent before (0)' },
    faults: { type: 'string', about: 'per cent of the provider’s answers that are passing faults (0)' },
    'provider-ms': { type: 'string', about: 'how long the provider takes (2000)' },
    paced: { type: 'boolean', about: 'at most 30 messages a second, as Telegram wants it' },
    app: { type: 'string', about: 'an app that runs already, on doubles that this command opens' },
    'doubles-port': {
      type: 'string',
      about: 'where those are: Telegram here, the provider one higher (4001)',
    },
  },
} as const;

/** Enough for every photo of a seller. */
const FREE_CREDITS = '1000';
/** Taps of one connection wait for one another's answers; a started app needs this long at most. */
const READY_MS = 300_000;

await runCommand(command, async (_, options) => {
  const plan = planOf(options);
  console.log(`${plan.users} sellers · ${describeMachine()}`);
  const sections =
    options.app === undefined ? await loadOwn(plan, options) : await loadRunning(plan, options);
  for (const { title, findings } of sections) {
    console.log(`\n${title}`);
    console.table(findings.map(({ ok, ...finding }) => ({ ...finding, kept: ok ? 'yes' : 'NO' })));
  }
  return isKept(sections) ? 0 : 1;
});

/** An app of its own, in a process of its own. */
async function loadOwn(plan: LoadPlan, options: CommandOptions): Promise<readonly Section[]> {
  const sections = await usePostgres(async (databases) => {
    const databaseUrl = await databases.create('load');
    const token = randomBytes(16).toString('hex');
    const shop = await openShop(
      databaseUrl,
      {
        FREE_CREDITS,
        ADMIN_API_TOKEN: token,
        PERFORMANCE_INTERVAL: '1',
        ASYNC_WORKERS: '100',
        // A passing fault is over sooner than a real one; each is a warning, and hundreds of them would bury the tables.
        ...(plan.faultShare > 0 ? { CIRCUIT_RESET_TIMEOUT: '5', LOG_LEVEL: 'error' } : {}),
      },
      { ...doublesOf(plan, options), paced: options.paced === true },
    );
    try {
      const appUrl = shop.app.hello.url;
      const sections = await runLoad(shop, { appUrl, databaseUrl, token }, plan);
      const { rssBytes } = await shop.app.ask<{ rssBytes: number }>({ settle: true });
      return [...sections, memoryOf(rssBytes)];
    } finally {
      await shop.close();
    }
  });
  if (sections === null)
    throw new StartRefused('The load test needs an installed PostgreSQL server (Debian: postgresql).');
  return sections;
}

/** 2 GB, as the documents allow (S1-05, S1-45). */
function memoryOf(rssBytes: number): Section {
  const megabytes = Math.round(rssBytes / 1e6);
  const finding = {
    what: 'memory of the process afterwards',
    measured: `${megabytes} MB`,
    limit: '≤ 2048 MB',
    ok: megabytes <= 2048,
  };
  return { title: 'Memory', findings: [finding] };
}

/** An installation that runs: one process or several behind a proxy. */
async function loadRunning(plan: LoadPlan, options: CommandOptions): Promise<readonly Section[]> {
  const { DATABASE_URL: databaseUrl, WEBHOOK_SECRET: secret, ADMIN_API_TOKEN: token } = process.env;
  if (databaseUrl === undefined || secret === undefined)
    throw new UsageError('--app needs DATABASE_URL and WEBHOOK_SECRET of the app in the environment.');
  const appUrl = String(options.app).replace(/\/$/, '');
  const port = numberOf('doubles-port', options, 4001, 65_534);
  const doubles = await openDoubles({ ...doublesOf(plan, options), port });
  const poster = postTo(appUrl, secret);
  try {
    console.log(`The app is waited for at ${appUrl}. It should be started with
  TELEGRAM_API_ROOT=${doubles.chat.url} OPENAI_BASE_URL=${doubles.provider.url}/v1 FREE_CREDITS=${FREE_CREDITS}`);
    await untilReady(appUrl);
    let updates = Math.floor(performance.timeOrigin);
    const counter = { ...doubles, poster, nextUpdate: () => ++updates };
    return await runLoad(counter, { appUrl, databaseUrl, token: token ?? null }, plan);
  } finally {
    await poster.close();
    await doubles.close();
  }
}

async function untilReady(appUrl: string): Promise<void> {
  const until = performance.now() + READY_MS;
  while (performance.now() < until) {
    const answer = await fetch(`${appUrl}/api/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await delay(1_000);
  }
  throw new StartRefused(`Nothing at ${appUrl} is ready. Start it with what is printed above.`);
}

function planOf(options: CommandOptions): LoadPlan {
  const users = numberOf('users', options, 500, 100_000);
  return {
    users,
    photosEach: numberOf('photos', options, 1, 100),
    withinMs: (users / numberOf('rate', options, 5, 10_000)) * 1000,
    repeatShare: numberOf('repeat', options, 0, 100, 0) / 100,
    faultShare: numberOf('faults', options, 0, 90, 0) / 100,
  };
}

function doublesOf({ faultShare }: LoadPlan, options: CommandOptions) {
  return { faultShare, providerMs: numberOf('provider-ms', options, 2_000, 60_000) };
}

function numberOf(name: string, options: CommandOptions, usual: number, most: number, least = 1): number {
  const value = Number(options[name] ?? usual);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}.`);
  return value;
}
