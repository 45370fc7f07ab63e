import type { Database } from '../../database/client.ts';
import type { Photoshoot } from '../photoshoot.ts';
import { type Picture, readPictures } from './start-photoshoot.ts';
import { readPlace } from './waiting-line.ts';

/** What a photoshoot in work is at, as far as its rows tell: for whoever asks beside its status message. */
export type WorkStage =
  | { stage: 'queued'; place: number }
  | { stage: 'making'; ready: number; total: number; remainingMs: null }
  | { stage: 'sending' }
  | { stage: 'stopping' };

/** @returns null when it is not in work (any more) */
export async function readStage(db: Database, photoshoot: Photoshoot): Promise<WorkStage | null> {
  switch (photoshoot.state) {
    case 'queued': {
      const { place } = await readPlace(db, photoshoot.id);
      return { stage: 'queued', place };
    }
    case 'generating': {
      if (photoshoot.cancelRequested) return { stage: 'stopping' };
      const pictures = await readPictures(db, photoshoot.id);
      if (pictures.every(({ state }) => state !== 'waiting')) return { stage: 'sending' };
      return { stage: 'making', ready: countReady(pictures), total: pictures.length, remainingMs: null };
    }
    case 'draft':
    case 'awaiting_payment':
    case 'completed':
    case 'cancelled':
    case 'failed':
    case 'expired':
      return null;
    default: {
      const never: never = photoshoot;
      throw new Error(`unknown photoshoot ${String(never)}`);
    }
  }
}

/** Pictures that are there, of a photoshoot in work. */
export function countReady(pictures: readonly Pick<Picture, 'state'>[]): number {
  return pictures.filter(({ state }) => state === 'made').length;
}
