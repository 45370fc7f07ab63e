/** A photoshoot as the rest of the code sees it: each state has only the data that exists in it. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Ratio } from '../ai/ratios.ts';
import { isRatio } from '../ai/ratios.ts';
import { builtOnce } from '../database/built-once.ts';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import {
  type PhotoAdvice,
  type PictureSize,
  photoshootPhotos,
  photoshoots,
  processedImages,
  styles,
  users,
} from '../database/schema/index.ts';
import { AppError } from '../errors.ts';

export { PHOTOSHOOT_STATES } from '../database/schema/index.ts';

export type PhotoshootRow = typeof photoshoots.$inferSelect;
export type Style = typeof styles.$inferSelect;

type Common = {
  id: number;
  userId: number;
  chatId: number;
  caption: string | null;
  /** The picture that it corrects or makes another like; null for one that begins with the photos alone. */
  basedOnPictureId: number | null;
  /** The photoshoot whose product it cuts out; null for every other. */
  cutOutOf: number | null;
  cardMessageId: number | null;
  ratio: Ratio;
  size: PictureSize;
  /** Whether each of its photos gets the chosen styles for itself; of drafts alone. */
  isSeries: boolean;
  /** How often other proposals were asked for, and how often they have come: fewer while they are awaited. */
  ideas: Readonly<{ asked: number; come: number }>;
  /** What its photos lack; null for nothing, and when the seller uses them anyway. */
  advice: PhotoAdvice | null;
  /** null until the detection has finished */
  product: Product | null;
  /** How many processes died while they prepared its photos, since they were last prepared. */
  lostPreparations: number;
};

/**
 * `nameGiven`: the name is the seller's own words.
 * `sameProduct`: whether several photos show one product; null for a single photo, and where nobody could tell.
 */
export type Product = {
  isProduct: boolean;
  sameProduct: boolean | null;
  name: string;
  nameGiven: boolean;
  kind: string;
  recommendedRatio: Ratio;
};

export type Photoshoot =
  | (Common & { state: 'draft'; expiresAt: Date; pictureCount: number | null })
  | (Common & { state: 'awaiting_payment'; pictureCount: number | null })
  /** `paid`: its seller had paid before, and stands in the line of those who have. */
  | (Common & { state: 'queued'; placedAt: Date; priority: number; paid: boolean })
  | (Common & {
      state: 'generating';
      placedAt: Date;
      priority: number;
      run: number;
      cancelRequested: boolean;
    })
  | (Common & {
      state: 'completed' | 'cancelled';
      finishedAt: Date;
      outcomeTold: boolean;
    })
  | (Common & { state: 'failed'; finishedAt: Date; outcomeTold: boolean; failureCode: string })
  | (Common & { state: 'expired' });

export type Draft = Extract<Photoshoot, { state: 'draft' }>;

/** A row as a photoshoot. @throws Error when the row breaks an invariant of its state */
export function toPhotoshoot(row: PhotoshootRow): Photoshoot {
  const common: Common = {
    id: row.id,
    userId: row.userId,
    chatId: row.chatId,
    caption: row.caption,
    basedOnPictureId: row.basedOnPictureId,
    cutOutOf: row.cutOutOf,
    cardMessageId: row.cardMessageId,
    ratio: toRatio(row.ratio),
    size: row.size,
    isSeries: row.isSeries,
    ideas: { asked: row.ideasAsked, come: row.ideasCome },
    advice: row.advice,
    lostPreparations: row.lostPreparations,
    product:
      row.productName === null || row.productKind === null || row.recommendedRatio === null
        ? null
        : {
            isProduct: row.isProduct === true,
            sameProduct: row.sameProduct,
            name: row.productName,
            nameGiven: row.nameGiven,
            kind: row.productKind,
            recommendedRatio: toRatio(row.recommendedRatio),
          },
  };
  switch (row.state) {
    case 'draft':
      return { ...common, state: 'draft', expiresAt: row.expiresAt, pictureCount: row.pictureCount };
    case 'awaiting_payment':
      return { ...common, state: 'awaiting_payment', pictureCount: row.pictureCount };
    case 'queued':
      return {
        ...common,
        state: 'queued',
        placedAt: known(row, 'placedAt'),
        priority: row.priority,
        paid: row.paid,
      };
    case 'generating':
      return {
        ...common,
        state: 'generating',
        placedAt: known(row, 'placedAt'),
        priority: row.priority,
        run: row.run,
        cancelRequested: row.cancelRequestedAt !== null,
      };
    case 'completed':
    case 'cancelled':
      return {
        ...common,
        state: row.state,
        finishedAt: known(row, 'finishedAt'),
        outcomeTold: row.outcomeToldAt !== null,
      };
    case 'failed':
      return {
        ...common,
        state: 'failed',
        finishedAt: known(row, 'finishedAt'),
        outcomeTold: row.outcomeToldAt !== null,
        failureCode: known(row, 'failureCode'),
      };
    case 'expired':
      return { ...common, state: 'expired' };
    default: {
      const never: never = row.state;
      throw new Error(`a photoshoot has the unknown state ${String(never)}`);
    }
  }
}

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

const CARD = builtOnce((db) =>
  db
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
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .orderBy(asc(styles.number))
    .prepare('card_by_id'),
);

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

async function findCard(db: Database, id: number): Promise<Card | null> {
  const rows = await CARD(db).execute({ id });
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

function toRatio(value: string): Ratio {
  if (!isRatio(value)) throw new Error(`a photoshoot has the unknown ratio ${value}`);
  return value;
}

function known<K extends keyof PhotoshootRow>(row: PhotoshootRow, column: K): NonNullable<PhotoshootRow[K]> {
  const value = row[column];
  if (value === null || value === undefined) {
    throw new Error(`photoshoot ${row.id} is ${row.state} and has no ${column}`);
  }
  return value;
}
