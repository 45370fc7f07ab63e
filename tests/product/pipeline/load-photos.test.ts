import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { sampleProductPhoto } from '../../../sandbox/sample-product.ts';
import { createCaches } from '../../../src/cache/caches.ts';
import { createDiskCache, type DiskCache } from '../../../src/cache/disk.ts';
import { createPreparedPhotos } from '../../../src/cache/prepared-photos.ts';
import { parseConfig } from '../../../src/config.ts';
import { cacheTagOf } from '../../../src/customers/cache-tag.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { photoshoots, pictureFiles } from '../../../src/database/schema/index.ts';
import { PREPARED_PHOTO } from '../../../src/imaging/packed-photo.ts';
import { createImagePool, type ImagePool } from '../../../src/imaging/pool.ts';
import { rememberOriginal } from '../../../src/photoshoots/originals.ts';
import { readPhotos, readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { readSources } from '../../../src/photoshoots/read-sources.ts';
import { fetchOriginal } from '../../../src/pipeline/fetch-original.ts';
import { loadPhotos, loadSources } from '../../../src/pipeline/load-photos.ts';
import { createGateway, type Gateway } from '../../../src/telegram/gateway.ts';
import { silentLog } from '../../support/running-app.ts';
import { openScene, type Scene } from '../../support/scene.ts';
import { seller } from '../../support/seller.ts';

let scene: Scene;
let sandbox: Sandbox;
let gateway: Gateway;
let images: ImagePool;

beforeAll(async () => {
  [scene, sandbox] = await Promise.all([openScene(), startSandbox({ port: 0, log: silentLog })]);
  gateway = createGateway({
    token: sandbox.botToken,
    apiRoot: sandbox.telegramApiRoot,
    pacing: 'off',
    log: silentLog,
  });
  images = createImagePool({ threads: 2, memoryBytes: 1e9, log: silentLog });
});
afterAll(async () => {
  await images.close();
  await gateway.close();
  await sandbox.stop();
  await scene.close();
});

/** A draft of one photo that is in Telegram, in whose preparation so many processes have died. */
async function draftOf(bytes: Uint8Array, lostPreparations: number) {
  const file = { filename: 'photo', mimeType: 'image/png' };
  const [message] = await seller({ sandbox }, 'en').sendDocument(bytes, file);
  const sent = message?.document;
  if (sent === undefined) throw new Error('the photo was not sent');
  const userId = await scene.customer();
  const photo = scene.photo(userId, { fileId: sent.file_id, fileUniqueId: sent.file_unique_id });
  const { photoshootId: id } = await scene.send(photo);
  await scene.db.update(photoshoots).set({ lostPreparations }).where(eq(photoshoots.id, id));
  return { id, userId, lostPreparations };
}

const pseudonymOf = createPseudonyms('a secret');

/** Empty, as a process begins with it: the photos, and the caches that they are counted in. */
function begin(maxMegabytes = '10', disk: DiskCache | null = null) {
  const caches = createCaches(parseConfig({ NODE_ENV: 'test', IMAGE_CACHE_MAX_MB: maxMegabytes }), {
    shared: null,
  });
  return { caches, preparedPhotos: createPreparedPhotos(caches, PREPARED_PHOTO, disk) };
}
const depsWith = ({ preparedPhotos } = begin()) => ({
  db: scene.db,
  gateway,
  images,
  preparedPhotos,
  pseudonymOf,
});

async function lostOf(id: number): Promise<number | undefined> {
  const [row] = await scene.db
    .select({ lost: photoshoots.lostPreparations })
    .from(photoshoots)
    .where(eq(photoshoots.id, id));
  return row?.lost;
}

const load = (
  draft: { id: number; userId: number; lostPreparations: number },
  signal = new AbortController().signal,
) => loadWith(depsWith(), draft, signal);

/** The photos of a draft, as a job that has read which they are. */
async function loadWith(
  deps: ReturnType<typeof depsWith>,
  draft: { id: number; userId: number; lostPreparations: number },
  signal: AbortSignal,
) {
  return loadPhotos(deps, draft, await readPhotos(scene.db, draft.id), signal);
}

describe('the picture that a photoshoot begins with', () => {
  test('is the one that the database keeps, later the one that Telegram has', async () => {
    const photo = await sampleProductPhoto('mug');
    const picture = await sharp({ create: { width: 300, height: 400, channels: 3, background: 'green' } })
      .webp()
      .toBuffer();
    const draft = await draftOf(photo, 0);
    const userId = (await readPhotoshoot(scene.db, draft.id)).userId;
    const { pictures } = await scene.delivered(userId);
    const basedOnPictureId = pictures[0]?.id ?? 0;
    const sources = () =>
      readPhotos(scene.db, draft.id).then((photos) =>
        loadSources(depsWith(), { ...draft, basedOnPictureId }, photos, new AbortController().signal),
      );
    await scene.db
      .update(pictureFiles)
      .set({ bytes: picture })
      .where(eq(pictureFiles.pictureId, basedOnPictureId));
    const kept = await sources();
    expect(kept.photos).toHaveLength(1);
    expect(await sharp(kept.before ?? new Uint8Array()).metadata()).toMatchObject({
      format: 'jpeg',
      height: 400,
    });

    const [message] = await seller({ sandbox }, 'en').sendDocument(
      await sharp(picture).resize(150).png().toBuffer(),
      { filename: 'original.png', mimeType: 'image/png' },
    );
    await rememberOriginal(scene.db, basedOnPictureId, message?.document?.file_id ?? '');
    const fetched = await sources();
    expect(await sharp(fetched.before ?? new Uint8Array()).metadata()).toMatchObject({ height: 200 });
  });

  test('that Telegram has no more ends the order, and costs nothing', async () => {
    const draft = await draftOf(await sampleProductPhoto('mug'), 0);
    const { userId } = await readPhotoshoot(scene.db, draft.id);
    const { pictures } = await scene.delivered(userId);
    const basedOnPictureId = pictures[0]?.id ?? 0;
    await scene.db.delete(pictureFiles).where(eq(pictureFiles.pictureId, basedOnPictureId));
    const { signal } = new AbortController();
    const loading = loadSources(
      depsWith(),
      { ...draft, basedOnPictureId },
      await readPhotos(scene.db, draft.id),
      signal,
    );
    await expect(loading).rejects.toMatchObject({ code: 'file-gone' });
  });
});

test('an original whose bytes went while it was asked for is the one that Telegram keeps since then', async () => {
  const userId = await scene.customer();
  const { photoshootId, pictures } = await scene.delivered(userId);
  const pictureId = pictures[0]?.id ?? 0;
  const [stale] = await readSources(scene.db, photoshootId);
  if (stale === undefined) throw new Error('the picture was not delivered');
  const png = await sharp(await sampleProductPhoto('mug'))
    .png()
    .toBuffer();
  const file = { filename: 'original.png', mimeType: 'image/png' };
  const [message] = await seller({ sandbox }, 'en').sendDocument(png, file);
  await rememberOriginal(scene.db, pictureId, message?.document?.file_id ?? '');
  const original = await fetchOriginal({ db: scene.db, gateway }, stale, new AbortController().signal);
  expect(original?.isPreview).toBe(false);
  expect(Buffer.from(original?.bytes ?? []).equals(png)).toBe(true);
});

describe('photos that are prepared', () => {
  test('are fetched and prepared once, also for the same photo sent again, within the bytes of the cache', async () => {
    const photo = await sampleProductPhoto('mug');
    const draft = await draftOf(photo, 0);
    const process = begin();
    const deps = depsWith(process);
    const fetched = () => sandbox.journal.calls('getFile').length;
    const { signal } = new AbortController();
    const before = fetched();
    const [first] = await loadWith(deps, draft, signal);
    expect(fetched()).toBe(before + 1);
    expect(await loadWith(deps, draft, signal)).toEqual([first]);
    expect(fetched()).toBe(before + 1);
    const counted = { hits: 1, misses: 1, size: first?.jpeg.byteLength };
    expect(process.caches.statistics()).toMatchObject({ 'prepared-photos': counted });
    // Of a person who wants to be forgotten.
    expect(await deps.preparedPhotos.forget(cacheTagOf({ pseudonymOf }, draft.userId))).toBe(1);
    expect(await loadWith(deps, draft, signal)).toEqual([first]);
    expect(fetched()).toBe(before + 2);
  });

  test('are not fetched after a restart where they are kept on disk, and go from there with their person', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-photos-'));
    const newDisk = () => createDiskCache({ folder, ttlMs: 60_000, maxBytes: 1e7, log: silentLog });
    const draft = await draftOf(await sampleProductPhoto('mug'), 0);
    const fetched = () => sandbox.journal.calls('getFile').length;
    const { signal } = new AbortController();
    try {
      const disk = newDisk();
      const [first] = await loadWith(depsWith(begin('10', disk)), draft, signal);
      await disk.close();
      const before = fetched();
      const process = begin('10', newDisk());
      expect(await loadWith(depsWith(process), draft, signal)).toEqual([first]);
      expect(await loadWith(depsWith(process), draft, signal)).toEqual([first]);
      expect(fetched()).toBe(before);
      expect(process.caches.statistics()).toMatchObject({
        'prepared-photos': { hits: 1 },
        'prepared-photos-on-disk': { hits: 1, misses: 0 },
      });
      expect(await process.preparedPhotos.forget(cacheTagOf({ pseudonymOf }, draft.userId))).toBe(2);
      expect(await loadWith(depsWith(begin('10', newDisk())), draft, signal)).toEqual([first]);
      expect(fetched()).toBe(before + 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('leave a mark while they are, so that a process which dies of them leaves it behind', async () => {
    const draft = await draftOf(await sampleProductPhoto('mug'), 0);
    const others = Promise.withResolvers<void>();
    const beside = images.alone(() => others.promise);
    const loading = load(draft);
    await expect.poll(() => lostOf(draft.id), { timeout: 30_000 }).toBe(1);
    others.resolve();
    await beside;
    expect(await loading).toHaveLength(1);
    expect(await lostOf(draft.id)).toBe(0);
  });

  test('leave none when they are broken, because the process is alive', async () => {
    const whole = await sharp(await sampleProductPhoto('mug'))
      .png()
      .toBuffer();
    const draft = await draftOf(whole.subarray(0, whole.length / 2), 1);
    await expect(load(draft)).rejects.toMatchObject({ code: 'image-unreadable' });
    expect(await lostOf(draft.id)).toBe(0);
  });

  test('are alone after two deaths, and not marked while they wait for it', async () => {
    const draft = await draftOf(await sampleProductPhoto('jar'), 2);
    const others = Promise.withResolvers<void>();
    const order: string[] = [];
    const beside = images.alone(() => others.promise).then(() => order.push('the others ended'));
    const loading = load(draft).then(() => order.push('it was prepared'));
    await expect.poll(() => images.statistics().waiting, { timeout: 30_000 }).toBe(1);
    expect(await lostOf(draft.id)).toBe(2);
    others.resolve();
    await Promise.all([beside, loading]);
    expect(order).toEqual(['the others ended', 'it was prepared']);
    expect(await lostOf(draft.id)).toBe(0);
  });

  test('are refused once a process died with nothing beside them', async () => {
    const draft = await draftOf(await sampleProductPhoto('jar'), 3);
    await expect(load(draft)).rejects.toMatchObject({ code: 'image-unreadable' });
    expect(await lostOf(draft.id)).toBe(3);
  });
});
