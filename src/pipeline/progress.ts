/** The status message of one run: words for each stage, an honest remaining time, partial pictures. */
import { toError } from '../errors.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import type { Running } from '../photoshoots/run/start-photoshoot.ts';
import { type Stage, statusCard } from '../screens/status-card.ts';
import { createStatusMessage, type StatusContent } from '../telegram/status-message.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';

/** How often the remaining time is told anew. */
const TICK_MS = 5000;
/** How often a card that is not there yet is looked for. */
const FIND_CARD_MS = 1000;

export type Progress = {
  show(stage: Stage): void;
  /**
   * From here on tells how many are ready and, once there are measurements, how long it will take.
   * @param medianMs how long one picture has taken lately
   */
  startMaking(pictures: { ready: number; total: number }, medianMs: number | null): void;
  pictureMade(): void;
  /** A preview of what is being made, as the provider streams it; it is made to be looked at when it is shown. */
  preview(make: () => Promise<Uint8Array>): void;
  /** No further edits, but for a last word at once if one is given. */
  end(lastStage?: Stage): Promise<void>;
};

export function createProgress(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'log'>,
  t: Translate,
  photoshoot: Pick<Running, 'id' | 'userId' | 'chatId' | 'cardMessageId'>,
): Progress {
  const messageOf = (messageId: number) =>
    createStatusMessage(deps.gateway, {
      chatId: photoshoot.chatId,
      messageId,
      reach: (say) => reachPerson(deps.db, photoshoot.userId, say),
      log: deps.log,
    });
  let message = photoshoot.cardMessageId === null ? null : messageOf(photoshoot.cardMessageId);
  let content: StatusContent | null = null;
  let ended = false;
  let ticker: NodeJS.Timeout | undefined;
  const contentOf = (stage: Stage): StatusContent => {
    const screen = statusCard(t, photoshoot.id, stage);
    return { text: screen.text, keyboard: { inline_keyboard: screen.keyboard } };
  };
  const show = (stage: Stage) => {
    content = contentOf(stage);
    message?.update(content);
  };
  /** The card of a repeat is sent when the work may have begun already. */
  const findCard = async () => {
    try {
      const { cardMessageId } = await readPhotoshoot(deps.db, photoshoot.id);
      if (ended || message !== null || cardMessageId === null) return;
      clearInterval(finder);
      message = messageOf(cardMessageId);
      if (content !== null) message.update(content);
    } catch (error) {
      deps.log.debug({ err: toError(error) }, 'the card could not be looked for');
    }
  };
  const finder = message === null ? setInterval(findCard, FIND_CARD_MS).unref() : undefined;
  let making: { ready: number; total: number; startedAt: number; medianMs: number | null } | null = null;
  const showMaking = () => {
    if (making === null) return;
    const { ready, total, startedAt, medianMs } = making;
    // All pictures are made side by side, so what is left of one is what is left of all.
    const remainingMs = medianMs === null ? null : medianMs - (performance.now() - startedAt);
    show({ stage: 'making', ready, total, remainingMs });
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
    startMaking({ ready, total }, medianMs) {
      making = { ready, total, startedAt: performance.now(), medianMs };
      showMaking();
      ticker = setInterval(showMaking, TICK_MS).unref();
    },
    pictureMade() {
      if (making === null) return;
      making.ready += 1;
      showMaking();
    },
    preview: (make) => message?.showPicture(make),
    async end(lastStage) {
      ended = true;
      clearInterval(finder);
      stopTicking();
      try {
        await message?.finish(lastStage === undefined ? undefined : contentOf(lastStage));
      } catch (error) {
        deps.log.warn({ err: toError(error) }, 'the last progress was not shown');
      }
    },
  };
}
