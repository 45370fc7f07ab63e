/**
 * A hundred sellers at once. Vitrine as a whole runs in a process of its own, on a PostgreSQL server, with a
 * webhook, 100 workers and a provider that takes two seconds; the sellers and both doubles are in this one.
 *
 * Measured: from the moment a seller's tap on Create leaves until the Bot API has all of the album, minus the
 * time that the provider took for the picture (its double measures that itself). Everything else counts:
 * the inbox, the order, the queue, fetching and preparing the photo, moderation, the conversions, the upload.
 * Each wave's sellers are new; their drafts are ready when they press Create, all in the same moment.
 */
import postgres from 'postgres';
import sharp from 'sharp';
import { photographic } from '../tests/unit/imaging/pictures.ts';
import { type BenchRow, printRows, quantile, rounds } from './row.ts';
import { type ChatStub, type Deed, startChatStub } from './support/chat-stub.ts';
import { type Child, startChild, type Usage } from './support/child.ts';
import { postUpdates } from './support/post-updates.ts';
import { withPostgres } from './support/postgres.ts';
import { type ProviderStub, startProviderStub } from './support/provider-stub.ts';
import { pgCpuMs } from './tmp-pgcpu.ts';
import { photoUpdate, tapUpdate } from './support/updates.ts';

const SELLERS = 100;
const WAVES = Number(process.env.W ?? 4);
const PROVIDER_MS = 2000;
const SECRET = 'bench-webhook-secret';
/** Updates of different people that Telegram posts at a time. */
const IN_FLIGHT = 40;

type Shop = { chat: ChatStub; provider: ProviderStub; app: Child; url: string; nextUpdate: () => number };
type Wave = { waits: number[]; usage: Usage; cpuMs: number };

export async function run(): Promise<BenchRow[]> {
  return withPostgres('a hundred sellers at once', async (databases) => {
    const databaseUrl = await databases.create('sellers');
    const webp = await sharp(await photographic(1024, 1024)).webp({ quality: 90 }).toBuffer();
    const photo = await sharp(await photographic(1280, 960)).jpeg({ quality: 87 }).toBuffer();
    const chat = await startChatStub(photo);
    const provider = await startProviderStub(webp, PROVIDER_MS);
    const app = await startApp(databaseUrl, chat.url, provider.url);
    let updates = 0;
    const shop: Shop = { chat, provider, app, url: `${app.hello.url}/telegram/updates`, nextUpdate: () => ++updates };
    try {
      await playWave(shop, 1, 10);
      const waves: Wave[] = [];
      for (let wave = 0; wave < WAVES; wave++) waves.push(await playWave(shop, 1000 * (wave + 1), SELLERS));
      console.log(chat.calls());
      return rowsOf(waves);
    } finally {
      await app.stop();
      await chat.close();
      await provider.close();
    }
  });
}

function startApp(databaseUrl: string, apiRoot: string, providerUrl: string) {
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    PORT: '0',
    BOT_TOKEN: `1:${'o'.repeat(35)}`,
    TELEGRAM_API_ROOT: apiRoot,
    OPENAI_API_KEY: 'unused',
    OPENAI_BASE_URL: `${providerUrl}/v1`,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://127.0.0.1',
    WEBHOOK_SECRET: SECRET,
    ASYNC_WORKERS: '100',
    MAX_CONCURRENT_REQUESTS: '400',
  };
  return startChild<{ url: string }>('whole-app.ts', { environment }, [
    '--expose-gc',
    ...(process.env.BENCH_PROF === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROF}`]),
  ]);
}

async function playWave(shop: Shop, firstPerson: number, sellers: number): Promise<Wave> {
  const people = Array.from({ length: sellers }, (_, index) => firstPerson + index);
  const before = await shop.app.ask<Usage>({});
  const pg0 = pgCpuMs(); const me0 = process.cpuUsage();
  const drafts = await draft(shop, people);
  await new Promise((r) => setTimeout(r, 1000));
  const mid = await shop.app.ask<Usage>({}); const pg1 = pgCpuMs(); const me1 = process.cpuUsage();
  console.log(`draft: app ${((mid.cpuUs - before.cpuUs) / 1000 / sellers).toFixed(1)} pg ${((pg1 - pg0) / sellers).toFixed(1)} me ${((me1.user+me1.system-me0.user-me0.system)/1000/sellers).toFixed(1)} ms a seller`);
  const waits = await create(shop, people, drafts);
  const end = await shop.app.ask<Usage>({}); const pg2 = pgCpuMs(); const me2 = process.cpuUsage();
  console.log(`create: app ${((end.cpuUs - mid.cpuUs) / 1000 / sellers).toFixed(1)} pg ${((pg2 - pg1) / sellers).toFixed(1)} me ${((me2.user+me2.system-me1.user-me1.system)/1000/sellers).toFixed(1)} ms a seller`);
  const usage = await shop.app.ask<Usage>({ settle: true });
  const wave = { waits, usage, cpuMs: (usage.cpuUs - before.cpuUs) / 1000 / sellers };
  console.log(
    `wave: p50 ${quantile(waits, 0.5).toFixed(0)} p95 ${quantile(waits, 0.95).toFixed(0)} max ${quantile(waits, 1).toFixed(0)} ms, ` +
      `${(usage.rssBytes / 1e6).toFixed(0)} MB, ${wave.cpuMs.toFixed(0)} ms cpu a seller`,
  );
  return wave;
}

/** Each sends a photo, waits for the card with the proposals and picks the first style. */
async function draft(shop: Shop, people: readonly number[]): Promise<string[]> {
  const t = performance.now();
  const cards = people.map((person) => shop.chat.next(person, hasButton('style')));
  await post(shop, people.map((person) => photoUpdate(shop.nextUpdate(), person)));
  const drafts = (await Promise.all(cards)).map(({ buttons, messageId }) => ({
    id: idOf(buttons),
    messageId,
  }));
  console.log('cards', (performance.now() - t).toFixed(0));
  const chosen = people.map((person) => shop.chat.next(person, hasButton('place')));
  await post(
    shop,
    people.map((person, index) => tapUpdate(shop.nextUpdate(), person, drafts[index]?.messageId ?? 0, `style:${drafts[index]?.id}:1`)),
  );
  await Promise.all(chosen);
  return drafts.map(({ id, messageId }) => `${id} ${messageId}`);
}

/** All press Create; resolves to what each waited beyond the provider's time, in milliseconds. */
async function create(shop: Shop, people: readonly number[], drafts: readonly string[]): Promise<number[]> {
  shop.provider.takePictureTimes();
  const albums = people.map((person) => shop.chat.next(person, (deed) => deed.pictures > 0));
  const results = people.map((person) => shop.chat.next(person, hasButton('again')));
  const startedAt = performance.now();
  await post(
    shop,
    people.map((person, index) => {
      const [id, messageId] = (drafts[index] ?? '').split(' ');
      return tapUpdate(shop.nextUpdate(), person, Number(messageId), `place:${id}`);
    }),
  );
  console.log('posted', (performance.now() - startedAt).toFixed(0));
  const delivered = await Promise.all(albums);
  await Promise.all(results);
  const times = shop.provider.takePictureTimes();
  console.log('provider', quantile(times, 0.5).toFixed(0), quantile(times, 1).toFixed(0), 'all', (performance.now() - startedAt).toFixed(0));
  return delivered.map(({ at }) => at - startedAt - PROVIDER_MS);
}

function post(shop: Shop, updates: readonly string[]): Promise<number[]> {
  return postUpdates({ url: shop.url, secret: SECRET, updates, inFlight: IN_FLIGHT });
}

function hasButton(verb: string): (deed: Deed) => boolean {
  return ({ buttons }) => buttons.some((data) => data.startsWith(`${verb}:`));
}

function idOf(buttons: readonly string[]): string {
  const [, id] = (buttons.find((data) => data.startsWith('style:')) ?? '').split(':');
  if (id === undefined) throw new Error('the card has no styles');
  return id;
}

function rowsOf(waves: readonly Wave[]): BenchRow[] {
  const waits = waves.flatMap((wave) => wave.waits);
  return [
    {
      what: 'x',
      measured: `p95 ${quantile(waits, 0.95).toFixed(0)}`,
      against: '',
      ratio: quantile(waits, 0.95),
      limit: '1 s',
      ok: quantile(waits, 0.95) <= 1000,
    },
  ];
}

void postgres;
if (import.meta.main) printRows(await run());
