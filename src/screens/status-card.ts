/** The one message that shows a photoshoot while it is worked on. */
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

export type Stage =
  | { stage: 'queued'; place: number }
  | { stage: 'preparing' }
  | { stage: 'making' /** finished so far */; done: number; total: number; remainingMs: number | null }
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
      const seconds =
        stage.remainingMs === null ? null : Math.ceil(stage.remainingMs / 1000 / STEP_SECONDS) * STEP_SECONDS;
      return {
        text: lines(
          t('status-making', { done: Math.min(stage.done + 1, stage.total), total: stage.total }),
          seconds !== null && seconds > 0 && t('status-remaining', { seconds }),
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
