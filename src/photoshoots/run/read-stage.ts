import { and, eq, sql } from 'drizzle-orm';
import { builtOnce } from '../../database/built-once.ts';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, processedImages } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { type Photoshoot, toPhotoshoot } from '../photoshoot.ts';
import type { Picture } from './start-photoshoot.ts';
import { countAhead } from './waiting-line.ts';

/** What a photoshoot in work is at, as far as its rows tell: for whoever asks beside its status message. */
export type WorkStage =
  | { stage: 'queued'; place: number }
  | { stage: 'making'; ready: number; total: number; remainingMs: null }
  | { stage: 'sending' }
  | { stage: 'stopping' };

const WORK = builtOnce((db) => {
  const ofIt = eq(processedImages.photoshootId, photoshoots.id);
  return db
    .select({
      photoshoot: photoshoots,
      ready: db.$count(processedImages, and(ofIt, isOneOf(processedImages.state, ['made']))).as('ready'),
      waiting: db
        .$count(processedImages, and(ofIt, isOneOf(processedImages.state, ['waiting'])))
        .as('waiting'),
      total: db.$count(processedImages, ofIt).as('total'),
      ahead: countAhead(),
    })
    .from(photoshoots)
    .where(eq(photoshoots.id, sql.placeholder('id')))
    .prepare('work_by_id');
});

/**
 * A photoshoot, and what it is at; `stage` is null when it is not in work (any more).
 * @throws AppError not-found
 */
export async function readStage(
  db: Database,
  photoshootId: number,
): Promise<{ photoshoot: Photoshoot; stage: WorkStage | null }> {
  const [row] = await WORK(db).execute({ id: photoshootId });
  if (row === undefined) throw new AppError('not-found', 'there is no such photoshoot');
  const photoshoot = toPhotoshoot(row.photoshoot);
  return { photoshoot, stage: stageOf(photoshoot, row) };
}

function stageOf(
  photoshoot: Photoshoot,
  {
    ready,
    waiting,
    total,
    ahead,
  }: Readonly<{ ready: number; waiting: number; total: number; ahead: number }>,
): WorkStage | null {
  switch (photoshoot.state) {
    case 'queued':
      return { stage: 'queued', place: ahead + 1 };
    case 'generating': {
      if (photoshoot.cancelRequested) return { stage: 'stopping' };
      if (waiting === 0) return { stage: 'sending' };
      return { stage: 'making', ready, total, remainingMs: null };
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
