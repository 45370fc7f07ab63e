/** A photoshoot as the rest of the code sees it: each state has only the data that exists in it. */
import { isRatio, type Ratio } from '../ai/ratios.ts';
import type { PhotoAdvice, PictureSize, photoshoots, styles } from '../database/schema/index.ts';

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
