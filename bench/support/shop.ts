/** Vitrine as a whole in a process of its own, with sellers who write to it and doubles of what it talks to. */
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { photographic } from '../../tests/unit/imaging/pictures.ts';
import type { BenchRow } from '../row.ts';
import { readBooks } from './books.ts';
import { type Action, type ChatStub, startChatStub } from './chat-stub.ts';
import { type Child, startChild } from './child.ts';
import { createPoster, type Poster } from './poster.ts';
import { type ProviderStub, startProviderStub } from './provider-stub.ts';
import { photoUpdate, tapUpdate } from './updates.ts';

const USUAL_PROVIDER_MS = 2000;
const SECRET = 'bench-webhook-secret';
/** Telegram's default of connections to a webhook. */
const CONNECTIONS = 40;

export type Shop = {
  chat: ChatStub;
  provider: ProviderStub;
  poster: Poster;
  app: Child;
  /** What every seller sends, and what every picture looks like. */
  photo: Buffer;
  picture: Buffer;
  /** What the provider takes for an answer, in milliseconds. */
  providerMs: number;
  nextUpdate(): number;
  close(): Promise<void>;
};
export type Draft = { person: number; id: string; messageId: number };

/** @param settings variables of the environment that differ from benchmark to benchmark */
export async function openShop(
  databaseUrl: string,
  settings: Record<string, string>,
  providerMs = USUAL_PROVIDER_MS,
): Promise<Shop> {
  const photo = await sharp(await photographic(1280, 960))
    .jpeg({ quality: 87 })
    .toBuffer();
  const chat = await startChatStub(photo);
  const drawn = sharp(await photographic(1024, 1024));
  const picture = await drawn.clone().webp({ quality: 90 }).toBuffer();
  const jpeg = await drawn.clone().jpeg({ quality: 90 }).toBuffer();
  const provider = await startProviderStub({ webp: picture, jpeg }, providerMs);
  const environment = {
    NODE_ENV: 'test',
    TRUTH_CHECK: 'off',
    LOG_LEVEL: 'warn',
    PORT: '0',
    BOT_TOKEN: `1:${'o'.repeat(35)}`,
    TELEGRAM_API_ROOT: chat.url,
    OPENAI_API_KEY: 'unused',
    OPENAI_BASE_URL: `${provider.url}/v1`,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://127.0.0.1',
    WEBHOOK_SECRET: SECRET,
    MAX_CONCURRENT_REQUESTS: '400',
    ...settings,
  };
  const app = await startChild<{ url: string }>('whole-app.ts', { environment }, [
    '--expose-gc',
    ...(process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof-speed'] : []),
  ]);
  const poster = createPoster({
    url: `${app.hello.url}/telegram/updates`,
    secret: SECRET,
    connections: CONNECTIONS,
  });
  let updates = 0;
  return {
    chat,
    provider,
    poster,
    app,
    photo,
    picture,
    providerMs,
    nextUpdate: () => ++updates,
    async close() {
      await poster.close();
      await app.stop();
      await chat.close();
      await provider.close();
    },
  };
}

/** Sends a photo, and waits for the card with the proposals. */
export async function draft(
  shop: Shop,
  person: number,
  afterMs: number,
): Promise<Draft & { waitMs: number }> {
  await delay(afterMs);
  const card = shop.chat.next(person, hasButton('style'));
  const startedAt = performance.now();
  await shop.poster.deliver(photoUpdate(shop.nextUpdate(), person));
  const { at, buttons, messageId } = await card;
  const [, id] = (buttons.find((data) => data.startsWith('style:')) ?? '').split(':');
  if (id === undefined) throw new Error('the card has no styles');
  return { person, id, messageId, waitMs: at - startedAt - shop.providerMs };
}

/** Chooses the first `pictures` proposals, each when the card shows the one before. */
export async function chooseStyles(
  shop: Shop,
  { person, id, messageId }: Draft,
  pictures: number,
): Promise<void> {
  for (let style = 1; style <= pictures; style++) {
    const chosen = shop.chat.next(person, hasButton('place'));
    await shop.poster.deliver(tapUpdate(shop.nextUpdate(), person, messageId, `style:${id}:${style}`));
    await chosen;
  }
}

/** Presses Create, and waits for the album and the word that it is done. @returns the wait for the album */
export async function create(
  shop: Shop,
  { person, id, messageId }: Draft,
  pictures: number,
  afterMs: number,
): Promise<number> {
  await delay(afterMs);
  const album = shop.chat.next(person, (action) => action.pictures === pictures);
  const result = shop.chat.next(person, hasButton('again'));
  const startedAt = performance.now();
  await shop.poster.deliver(tapUpdate(shop.nextUpdate(), person, messageId, `place:${id}`));
  const { at } = await album;
  await result;
  return at - startedAt - shop.providerMs;
}

function hasButton(verb: string): (action: Action) => boolean {
  return ({ buttons }) => buttons.some((data) => data.startsWith(`${verb}:`));
}

/** What is missing or wrong when all is over, in the database and at the provider; `pictures` were ordered. */
export async function lostRow(
  databaseUrl: string,
  pictures: number,
  provider: ProviderStub,
): Promise<BenchRow> {
  const books = await readBooks(databaseUrl);
  const lost = pictures - books.delivered;
  const wrong = books.unbalanced + books.unfinished + Math.abs(provider.pictures() - pictures);
  return {
    what: `pictures that were lost, of ${pictures}`,
    measured: String(lost),
    against: `${books.unbalanced} wrong accounts, ${books.unfinished} unfinished rows, ${provider.pictures()} calls paid`,
    ratio: lost + wrong,
    limit: '0',
    ok: lost + wrong === 0,
  };
}
