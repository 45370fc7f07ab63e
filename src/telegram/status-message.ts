/**
 * One message that tells how the work goes, edited in place. Progress may be told as often as it changes;
 * the message shows the latest word, at most every few seconds, and never stands in the way of the work:
 * telling progress does not throw.
 */
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type EditOutcome, editMessage } from './edit-message.ts';
import { isWithoutText, retryAfterMs } from './errors.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import type { ChatId } from './types.ts';

/** `text` is HTML of at most 1,024 characters, the length of a caption; without a keyboard there is none. */
export type StatusContent = Readonly<{ text: string; keyboard?: InlineKeyboardMarkup }>;

/** A person follows this well, and a chat's limit of one message a second stays free for answers. */
const EDIT_EVERY_MS = 3_000;
/** The last word waits for the progress that is under way, so this cannot take as long as another call. */
const PROGRESS_TIMEOUT_MS = 10_000;

/** Shows something to the reader; `blocked` where they cannot be written to, of which whoever made it takes note. */
export type Reach = <T>(say: () => Promise<T>) => Promise<T | 'blocked'>;

export type StatusMessage = {
  /** What the message should say now. Nothing is sent when it says so already. */
  update(content: StatusContent): void;
  /**
   * From now on the message is a picture with the words below it. It is made (JPEG) when it is shown: most are
   * overtaken by the next one. One that cannot be made is passed over.
   */
  showPicture(make: () => Promise<Uint8Array>): void;
  /**
   * Ends the message, with a last word at once if one is given; `gone` when there is no message to say it in.
   * @throws what the gateway throws: the last word matters, unlike progress.
   */
  finish(lastWord?: StatusContent): Promise<EditOutcome>;
};

/** Takes over a message that was sent before, of words or (after a restart) of a picture with words. */
export function createStatusMessage(
  gateway: Pick<Gateway, 'call'>,
  options: {
    chatId: ChatId;
    messageId: number;
    reach: Reach;
    log: Log;
    signal?: AbortSignal | undefined;
  },
): StatusMessage {
  const { reach, log, signal } = options;
  // Progress waits for no “retry after”: when it is over, there is newer progress to tell.
  const inPassing: CallOptions = { signal, timeoutMs: PROGRESS_TIMEOUT_MS, maxRetryWaitMs: 0 };
  const target = { chat_id: options.chatId, message_id: options.messageId };
  /** `ended`: finished. `lost`: the person deleted the message, or blocked the bot. */
  let phase: 'live' | 'ended' | 'lost' = 'live';
  let kind: 'words' | 'picture' = 'words';
  let wanted: StatusContent | null = null;
  /** The next picture, until it is shown. */
  let picture: (() => Promise<Uint8Array>) | null = null;
  /** The progress that was told last, and what the message is known to say; an edit that failed tells them apart. */
  let told: string | null = null;
  let shown: string | null = null;
  let notBefore = 0;
  let timer: NodeJS.Timeout | undefined;
  let editing: Promise<void> | null = null;

  const isBehind = () => wanted !== null && (picture !== null || keyOf(wanted) !== told);

  function schedule(): void {
    if (phase !== 'live' || editing !== null || timer !== undefined || !isBehind()) return;
    const run = () => {
      timer = undefined;
      editing = tell().finally(() => {
        editing = null;
        schedule();
      });
    };
    timer = setTimeout(run, Math.max(0, notBefore - performance.now())).unref();
  }

  /** Shows the latest word once. What is asked for meanwhile is shown by the next run. */
  async function tell(): Promise<void> {
    const [content, nextPicture] = [wanted, picture];
    if (content === null) return;
    const key = keyOf(content);
    try {
      const jpeg = await make(nextPicture);
      // What it took to make may have been the end of the message.
      if (phase !== 'live') return;
      const outcome = await reach(() => edit(content, jpeg, inPassing));
      if (outcome === 'gone' || outcome === 'blocked') phase = 'lost';
      shown = key;
    } catch (error) {
      const pauseMs = retryAfterMs(error);
      if (pauseMs !== null) {
        notBefore = performance.now() + pauseMs;
        return;
      }
      shown = null;
      if (!signal?.aborted) log.warn({ err: error }, 'progress was not shown');
    }
    // Also what failed counts as told: the next progress is better than a repetition of this one.
    told = key;
    if (picture === nextPicture) picture = null;
    notBefore = performance.now() + EDIT_EVERY_MS;
  }

  async function make(image: typeof picture): Promise<Uint8Array | null> {
    try {
      return image === null ? null : await image();
    } catch (error) {
      log.debug({ err: toError(error) }, 'a picture could not be shown');
      return null;
    }
  }

  async function edit(
    content: StatusContent,
    nextPicture: Uint8Array | null,
    callOptions: CallOptions,
  ): Promise<EditOutcome> {
    const keyboard = content.keyboard === undefined ? {} : { reply_markup: content.keyboard };
    const message = { ...target, ...keyboard };
    const caption = { caption: content.text, parse_mode: 'HTML' } as const;
    if (nextPicture !== null) {
      const file = { bytes: nextPicture, filename: 'preview.jpg', contentType: 'image/jpeg' };
      const media = { type: 'photo', media: file, ...caption } as const;
      const outcome = await editMessage(gateway, 'editMessageMedia', { ...message, media }, callOptions);
      kind = 'picture';
      return outcome;
    }
    if (kind === 'words') {
      const words = { text: content.text, parse_mode: 'HTML' } as const;
      try {
        return await editMessage(gateway, 'editMessageText', { ...message, ...words }, callOptions);
      } catch (error) {
        // It was a picture already when it was taken over.
        if (!isWithoutText(error)) throw error;
        kind = 'picture';
      }
    }
    return await editMessage(gateway, 'editMessageCaption', { ...message, ...caption }, callOptions);
  }

  /** No progress from here on. An edit that is under way is awaited: it must not land on the last word. */
  async function end(): Promise<void> {
    if (phase === 'live') phase = 'ended';
    clearTimeout(timer);
    await editing;
  }

  return {
    update(content) {
      wanted = content;
      schedule();
    },

    showPicture(next) {
      picture = next;
      schedule();
    },

    async finish(lastWord) {
      await end();
      if (phase === 'lost') return 'gone';
      if (lastWord === undefined || keyOf(lastWord) === shown) return 'unchanged';
      const outcome = await reach(() => edit(lastWord, null, { signal }));
      return outcome === 'blocked' ? 'gone' : outcome;
    },
  };
}

function keyOf(content: StatusContent): string {
  return JSON.stringify([content.text, content.keyboard]);
}
