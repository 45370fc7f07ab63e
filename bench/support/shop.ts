/** Vitrine as a whole in a process of its own, with sellers who write to it and doubles of what it talks to. */
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { photographic } from '../../tests/unit/imaging/pictures.ts';
import type { BenchRow } from '../row.ts';
import { readBooks } from './books.ts';
import { type Action, type ChatStub, startChatStub } from './chat-stub.ts';
import { type Child, startChild } from './child.ts';
import { createPoster, type Poster } from './poster.ts';
import { type ProviderStub, type StubPictures, startProviderStub } from './provider-stub.ts';
import { photoUpdate, tapUpdate } from './updates.ts';
import { startOf, THIS_VERSION, wholeApp } from './versions.ts';

const PROVIDER_MS = 2000;
export const SECRET = 'bench-webhook-secret';
/** Telegram's default of connections to a webhook. */
const CONNECTIONS = 40;

/** What sellers need: the doubles, and the app behind its webhook. */
export type Counter = {
  chat: ChatStub;
  provider: ProviderStub;
  poster: Poster;
  /** How long the provider takes, which no wait counts. */
  providerMs: number;
  nextUpdate(): number;
};
export type Shop = Counter & {
  app: Child<{ url: string }>;
  /** What every seller sends, and what every picture looks like. */
  photo: Buffer;
  pictures: StubPictures;
  close(): Promise<void>;
};
export type Draft = { person: number; id: string; messageId: number };

export type DoubleOptions = {
  providerMs?: number;
  /** Whether the provider sends the unfinished pictures that it is asked for; it does unless told. */
  partials?: boolean;
  /** Of the provider's answers that are a gateway's 503, 0 to 1. */
  faultShare?: number;
  /** The Bot API's, and the provider's behind it; free ones unless told. */
  port?: number;
};

type ShopOptions = { paced?: boolean; version?: string };

/** The doubles of Telegram and of the provider. */
export async function openDoubles({
  providerMs = PROVIDER_MS,
  partials = true,
  faultShare = 0,
  port = 0,
}: DoubleOptions = {}) {
  const photo = await sharp(await photographic(1280, 960))
    .jpeg({ quality: 87 })
    .toBuffer();
  const chat = await startChatStub(photo, port);
  const drawn = sharp(await photographic(1024, 1024));
  const pictures = {
    webp: await drawn.clone().webp({ quality: 90 }).toBuffer(),
    jpeg: await drawn.clone().jpeg({ quality: 90 }).toBuffer(),
  };
  const provider = await startProviderStub(pictures, {
    answerMs: providerMs,
    partials,
    faultShare,
    port: port === 0 ? 0 : port + 1,
  });
  return {
    chat,
    provider,
    photo,
    pictures,
    providerMs,
    async close() {
      await chat.close();
      await provider.close();
    },
  };
}

/** Posts updates as Telegram does to a webhook. */
export function postTo(appUrl: string, secret: string): Poster {
  return createPoster({ url: `${appUrl}/telegram/updates`, secret, connections: CONNECTIONS });
}

/**
 * @param settings variables of the environment that differ from benchmark to benchmark
 * @param options.paced with Telegram's pace of 30 messages a second
 * @param options.version the folder of a checkout whose app it is; this one unless told
 */
export async function openShop(
  databaseUrl: string,
  settings: Record<string, string>,
  { paced = false, version = THIS_VERSION, ...doubleOptions }: DoubleOptions & ShopOptions = {},
): Promise<Shop> {
  const doubles = await openDoubles(doubleOptions);
  const { chat, provider } = doubles;
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
  const { execArgv, env } = startOf(version);
  const app = await startChild<{ url: string }>(
    wholeApp(version),
    { environment, paced },
    { execArgv: [...execArgv, '--expose-gc'], env },
  );
  const poster = postTo(app.hello.url, SECRET);
  let updates = 0;
  return {
    ...doubles,
    poster,
    app,
    nextUpdate: () => ++updates,
    async close() {
      await poster.close();
      await app.stop();
      await doubles.close();
    },
  };
}

/**
 * Sends a photo, and waits for the card with the proposals.
 * @param photoName two photos of one name are the same photo; one of its own unless told
 */
export async function draft(
  shop: Counter,
  person: number,
  afterMs: number,
  photoName?: string,
): Promise<Draft & { waitMs: number }> {
  await delay(afterMs);
  const card = shop.chat.next(person, hasButton('style'));
  const startedAt = performance.now();
  await shop.poster.deliver(photoUpdate(shop.nextUpdate(), person, photoName));
  const { at, buttons, messageId } = await card;
  const [, id] = (buttons.find((data) => data.startsWith('style:')) ?? '').split(':');
  if (id === undefined) throw new Error('the card has no styles');
  return { person, id, messageId, waitMs: at - startedAt - shop.providerMs };
}

/** Chooses the first `pictures` proposals, each when the card shows the one before. */
export async function chooseStyles(
  shop: Counter,
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
  shop: Counter,
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
