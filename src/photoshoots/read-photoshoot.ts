/** A photoshoot by its id, alone or with what stands beside it: its photos, its styles, its card, what a job has to know. */
import { and, asc, eq, type Placeholder, sql, type WithSubquery } from 'drizzle-orm';
import { builtOnce } from '../database/built-once.ts';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { photoshootPhotos, photoshoots, processedImages, styles, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import { type Photoshoot, type Style, toPhotoshoot } from './photoshoot.ts';

const BY_ID = builtOnce((db) =>
  db
    .select()
    .from(photoshoots)
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .prepare('photoshoot_by_id'),
);

/** The photoshoot, whoever owns it. @throws AppError not-found */
export async function readPhotoshoot(db: Database, id: number): Promise<Photoshoot> {
  const [row] = await BY_ID(db).execute({ id });
  if (row === undefined) throw new AppError('not-found', 'there is no such photoshoot');
  return toPhotoshoot(row);
}

/**
 * The photoshoot, if this person owns it.
 * @throws AppError not-found, the same for one that is not there and one of somebody else
 */
export async function readOwnPhotoshoot(db: Database, id: number, userId: number): Promise<Photoshoot> {
  const [row] = await db
    .select()
    .from(photoshoots)
    .where(and(eq(photoshoots.id, id), eq(photoshoots.userId, userId)));
  if (row === undefined) throw new AppError('not-found', 'this person has no such photoshoot');
  return toPhotoshoot(row);
}

/**
 * A view of the product at Telegram. `fileUniqueId` names the bytes: the same photo forwarded has the same, and
 * uploaded anew it has `contentHash`, which is null until it was prepared.
 */
export type PhotoFile = Readonly<{ fileId: string; fileUniqueId: string; contentHash: string | null }>;

/** The views of the product, in the order they were sent. */
export async function readPhotos(db: Database, photoshootId: number): Promise<PhotoFile[]> {
  return db
    .select({
      fileId: photoshootPhotos.fileId,
      fileUniqueId: photoshootPhotos.fileUniqueId,
      contentHash: photoshootPhotos.contentHash,
    })
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, photoshootId))
    .orderBy(asc(photoshootPhotos.messageId));
}

/** Every style this photoshoot knows, by number. */
export async function readStyles(db: Database, photoshootId: number): Promise<Style[]> {
  return db.select().from(styles).where(eq(styles.photoshootId, photoshootId)).orderBy(asc(styles.number));
}

/** What the card of a photoshoot shows before it is placed: its styles by number, and how many photos it has. */
export type Card<Of extends Photoshoot = Photoshoot> = Readonly<{
  photoshoot: Of;
  styles: readonly Style[];
  photos: number;
}>;

function cardOf(db: Database, id: number | Placeholder, beside: readonly WithSubquery[] = []) {
  return db
    .with(...beside)
    .select({
      photoshoot: photoshoots,
      style: styles,
      photos:
        sql`(select count(*) from ${photoshootPhotos} where ${photoshootPhotos.photoshootId} = ${photoshoots.id})`
          .mapWith(Number)
          .as('photos'),
    })
    .from(photoshoots)
    .leftJoin(styles, eq(styles.photoshootId, photoshoots.id))
    .where(eq(photoshoots.id, id))
    .orderBy(asc(styles.number));
}

const CARD = builtOnce((db) => cardOf(db, sql.placeholder('id')).prepare('card_by_id'));

/** The photoshoot with all that its card shows, in one statement. @throws AppError not-found */
export async function readCard(db: Database, id: number): Promise<Card> {
  const card = await findCard(db, id);
  if (card === null) throw new AppError('not-found', 'there is no such photoshoot');
  return card;
}

/** The same, if this person owns it. @throws AppError as `readOwnPhotoshoot` */
export async function readOwnCard(db: Database, id: number, userId: number): Promise<Card> {
  const card = await findCard(db, id);
  if (card?.photoshoot.userId !== userId)
    throw new AppError('not-found', 'this person has no such photoshoot');
  return card;
}

/**
 * The card as it was before a change that is written in the same statement.
 * @param tx the transaction that holds the photoshoot's row
 * @throws AppError not-found
 */
export async function readCardBefore(tx: Database, id: number, change: WithSubquery): Promise<Card> {
  const card = toCard(await cardOf(tx, id, [change]));
  if (card === null) throw new AppError('not-found', 'there is no such photoshoot');
  return card;
}

async function findCard(db: Database, id: number): Promise<Card | null> {
  return toCard(await CARD(db).execute({ id }));
}

function toCard(rows: Awaited<ReturnType<typeof cardOf>>): Card | null {
  const [first] = rows;
  if (first === undefined) return null;
  const { photoshoot, photos } = first;
  return { photoshoot: toPhotoshoot(photoshoot), styles: rows.flatMap(({ style }) => style ?? []), photos };
}

/** What a job has to know before it begins. `waiting`: pictures that have no outcome yet. */
export type Errand = Readonly<{
  photoshoot: Photoshoot;
  language: string;
  photos: readonly PhotoFile[];
  waiting: number;
}>;

const ERRAND = builtOnce((db) =>
  db
    .select({
      photoshoot: photoshoots,
      language: users.language,
      photo: {
        fileId: photoshootPhotos.fileId,
        fileUniqueId: photoshootPhotos.fileUniqueId,
        contentHash: photoshootPhotos.contentHash,
      },
      waiting:
        sql`(select count(*) from ${processedImages} where ${processedImages.photoshootId} = ${photoshoots.id}
            and ${isOneOf(processedImages.state, ['waiting'])})`
          .mapWith(Number)
          .as('waiting'),
    })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .leftJoin(photoshootPhotos, eq(photoshootPhotos.photoshootId, photoshoots.id))
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .orderBy(asc(photoshootPhotos.messageId))
    .prepare('errand_by_id'),
);

/** A photoshoot as a job finds it, with its owner's language and its photos. @throws AppError not-found */
export async function readErrand(db: Database, id: number): Promise<Errand> {
  const rows = await ERRAND(db).execute({ id });
  const [first] = rows;
  if (first === undefined) throw new AppError('not-found', 'there is no such photoshoot');
  const { photoshoot, ...rest } = first;
  return {
    ...rest,
    photoshoot: toPhotoshoot(photoshoot),
    photos: rows.flatMap(({ photo }) => photo ?? []),
  };
}
