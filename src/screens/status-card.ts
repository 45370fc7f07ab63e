/** The one message that shows a photoshoot while it is worked on. */
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

export type Stage =
  | { stage: 'queued'; place: number }
  | { stage: 'preparing' }
  | {
      stage: 'making';
      /** Pictures that are there, of those that were ordered. */
      ready: number;
      total: number;
      /** Milliseconds; null where nothing was measured, below zero where it takes longer than usual. */
      remainingMs: number | null;
    }
  | { stage: 'converting' }
  | { stage: 'sending' }
  | { stage: 'provider-busy' }
  | { stage: 'stopping' };

/** Remaining time is shown in steps that do not flicker. */
const STEP_SECONDS = 5;

export function statusCard(t: Translate, photoshootId: number, stage: Stage): Screen {
  const cancel = [[button(t('button-cancel'), 'cancel', photoshootId)]];
  switch (stage.stage) {
    case 'queued':
      return {
        text: stage.place === 1 ? t('status-queued-next') : t('status-queued', { place: stage.place }),
        keyboard: cancel,
      };
    case 'preparing':
      return { text: t('status-preparing'), keyboard: cancel };
    case 'making': {
      const { ready, total, remainingMs } = stage;
      return {
        text: lines(
          total === 1 ? t('status-making-one') : t('status-making', { ready, total }),
          remainingMs !== null && remainingText(t, remainingMs),
        ),
        keyboard: cancel,
      };
    }
    case 'converting':
      return { text: t('status-converting'), keyboard: [] };
    case 'sending':
      return { text: t('status-sending'), keyboard: [] };
    case 'provider-busy':
      return { text: t('status-provider-busy'), keyboard: cancel };
    case 'stopping':
      return { text: t('status-stopping'), keyboard: [] };
    default: {
      const never: never = stage;
      throw new Error(`unknown stage ${String(never)}`);
    }
  }
}

function remainingText(t: Translate, remainingMs: number): string {
  const seconds = Math.ceil(remainingMs / 1000 / STEP_SECONDS) * STEP_SECONDS;
  return seconds > 0 ? t('status-remaining', { seconds }) : t('status-longer');
}
