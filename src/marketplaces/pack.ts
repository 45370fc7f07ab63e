/** What a seller wants of a photoshoot's pictures for sales channels, and whether it is being made. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { marketplacePacks, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import type { Queue } from '../queue/queue.ts';
import { isPresetId, PRESET_IDS, type PresetId } from './presets.ts';
import { findSku, readSku } from './sku.ts';

export type Pack = {
  photoshootId: number;
  /** In the order of the presets. */
  channels: readonly PresetId[];
  sku: string | null;
  cardMessageId: number | null;
  isUnderWay: boolean;
};

/** @throws AppError not-found where no files have ever been asked for */
export async function readPack(db: Database, photoshootId: number): Promise<Pack> {
  const [row] = await db
    .select()
    .from(marketplacePacks)
    .where(eq(marketplacePacks.photoshootId, photoshootId));
  if (row === undefined) throw new AppError('not-found', 'no files of this photoshoot were asked for');
  const chosen = new Set(row.channels.split(' ').filter(isPresetId));
  return {
    photoshootId,
    channels: PRESET_IDS.filter((id) => chosen.has(id)),
    sku: row.sku,
    cardMessageId: row.cardMessageId,
    isUnderWay: row.queuedAt !== null,
  };
}

/** The choice as it was left, or a new one that takes its SKU from the caption of the photo. */
export async function openPack(
  db: Database,
  input: { photoshootId: number; caption: string | null },
): Promise<Pack> {
  await db
    .insert(marketplacePacks)
    .values({ photoshootId: input.photoshootId, sku: findSku(input.caption) })
    .onConflictDoNothing();
  return readPack(db, input.photoshootId);
}

/** Adds a channel, or takes it out. @throws AppError not-found, pack-under-way */
export async function toggleChannel(
  db: Database,
  { photoshootId, channel }: { photoshootId: number; channel: PresetId },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockIdle(tx, photoshootId);
    const { channels } = await readPack(tx, photoshootId);
    const next = channels.includes(channel)
      ? channels.filter((other) => other !== channel)
      : [...channels, channel];
    await tx
      .update(marketplacePacks)
      .set({ channels: next.join(' ') })
      .where(eq(marketplacePacks.photoshootId, photoshootId));
  });
}

/** The person's next text message is the SKU. @throws AppError not-found, pack-under-way */
export async function expectSku(
  db: Database,
  { photoshootId, userId }: { photoshootId: number; userId: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockIdle(tx, photoshootId);
    await tx.update(users).set({ namingPhotoshootId: photoshootId }).where(eq(users.id, userId));
  });
}

/** @throws AppError sku-form, after which it is still awaited; not-found, pack-under-way */
export async function nameSku(
  db: Database,
  { photoshootId, userId, text }: { photoshootId: number; userId: number; text: string },
): Promise<void> {
  const sku = readSku(text);
  await db.transaction(async (tx) => {
    await lockIdle(tx, photoshootId);
    await tx.update(marketplacePacks).set({ sku }).where(eq(marketplacePacks.photoshootId, photoshootId));
    await stopExpectingSku(tx, userId);
  });
}

/** The next text message is a message again. */
async function stopExpectingSku(db: Database, userId: number): Promise<void> {
  await db.update(users).set({ namingPhotoshootId: null }).where(eq(users.id, userId));
}

/** The card of the choice is this message from now on. */
export async function rememberPackCard(
  db: Database,
  { photoshootId, messageId }: { photoshootId: number; messageId: number },
): Promise<void> {
  await db
    .update(marketplacePacks)
    .set({ cardMessageId: messageId })
    .where(eq(marketplacePacks.photoshootId, photoshootId));
}

/**
 * Has the files made; a second tap finds them under way.
 * @throws AppError no-channel-chosen, pack-under-way, not-found
 */
export async function requestPack(
  deps: { db: Database; queue: Pick<Queue, 'enqueue'> },
  { photoshootId }: { photoshootId: number },
  now: Date,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockIdle(tx, photoshootId);
    const { channels } = await readPack(tx, photoshootId);
    if (channels.length === 0) throw new AppError('no-channel-chosen', 'no channel is chosen');
    await tx
      .update(marketplacePacks)
      .set({ queuedAt: now })
      .where(eq(marketplacePacks.photoshootId, photoshootId));
    await deps.queue.enqueue(tx, 'send-pack', { photoshootId });
  });
}

/** The files were sent, or cannot be: they can be asked for again. */
export async function endPack(db: Database, photoshootId: number): Promise<void> {
  await db
    .update(marketplacePacks)
    .set({ queuedAt: null })
    .where(eq(marketplacePacks.photoshootId, photoshootId));
}

/** Keeps the row from others until the transaction ends. @throws AppError pack-under-way, not-found */
async function lockIdle(tx: Database, photoshootId: number): Promise<void> {
  const [row] = await tx
    .select({ id: marketplacePacks.photoshootId })
    .from(marketplacePacks)
    .where(and(eq(marketplacePacks.photoshootId, photoshootId), isNull(marketplacePacks.queuedAt)))
    .for('update');
  if (row !== undefined) return;
  await readPack(tx, photoshootId);
  throw new AppError('pack-under-way', 'the files are being made');
}
