/** The status message of one run: words for each stage, an honest remaining time, partial pictures. */

import type { Running } from '../photoshoots/start-photoshoot.ts';
import { readMedianPictureMs } from '../photoshoots/waiting-line.ts';
import { type Stage, statusCard } from '../screens/status-card.ts';
import { createStatusMessage } from '../telegram/status-message.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';

/** How often the remaining time is told anew. */
const TICK_MS = 5000;

export type Progress = {
  show(stage: Stage): void;
  /** From here on tells k of n and, once there are measurements, how long it will take. */
  startMaking(total: number): Promise<void>;
  pictureMade(): void;
  /** A preview of what is being made, as the provider streams it. */
  preview(jpeg: Uint8Array): void;
  /** No further edits. */
  end(): Promise<void>;
  /** No further edits, and no message. */
  remove(): Promise<void>;
};

export function createProgress(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'log'>,
  t: Translate,
  photoshoot: Pick<Running, 'id' | 'chatId' | 'cardMessageId'>,
): Progress {
  const message =
    photoshoot.cardMessageId === null
      ? null
      : createStatusMessage(deps.gateway, {
          chatId: photoshoot.chatId,
          messageId: photoshoot.cardMessageId,
          log: deps.log,
        });
  let ticker: NodeJS.Timeout | undefined;
  const show = (stage: Stage) => {
    const screen = statusCard(t, photoshoot.id, stage);
    message?.update({ text: screen.text, keyboard: { inline_keyboard: screen.keyboard } });
  };
  let making: { done: number; total: number; startedAt: number; medianMs: number | null } | null = null;
  const showMaking = () => {
    if (making === null) return;
    const { done, total, startedAt, medianMs } = making;
    // All pictures are made side by side, so what is left of one is what is left of all. When it takes
    // longer than usual, nothing is promised any more.
    const remainingMs = medianMs === null ? null : medianMs - (performance.now() - startedAt);
    show({
      stage: 'making',
      done,
      total,
      remainingMs: remainingMs !== null && remainingMs > 0 ? remainingMs : null,
    });
  };
  const stopTicking = () => {
    clearInterval(ticker);
    making = null;
  };

  return {
    show(stage) {
      stopTicking();
      show(stage);
    },
    async startMaking(total) {
      const medianMs = await readMedianPictureMs(deps.db);
      making = { done: 0, total, startedAt: performance.now(), medianMs };
      showMaking();
      ticker = setInterval(showMaking, TICK_MS).unref();
    },
    pictureMade() {
      if (making === null) return;
      making.done += 1;
      showMaking();
    },
    preview: (jpeg) => message?.showPicture(jpeg),
    async end() {
      stopTicking();
      await message?.finish();
    },
    async remove() {
      stopTicking();
      await message?.delete();
    },
  };
}
