import { StartRefused } from '../errors.ts';
import type { Log } from '../log.ts';
import { type BackOff, backOffMs } from '../time/back-off.ts';
import { pause } from '../time/pause.ts';
import { retryAfterMs, TelegramRefused, TelegramUnreachable } from './errors.ts';

/** Each try of a call is several attempts already; half a minute after Telegram is back the start goes on. */
const BACK_OFF: BackOff = { firstBackOffMs: 1_000, longestBackOffMs: 30_000 };

/**
 * Makes a call that the start cannot do without, again and again for as long as Telegram is away, and says so.
 * @throws StartRefused when Telegram does not know the token
 * @throws another TelegramRefused
 */
export async function awaitTelegram<T>(log: Log, call: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof TelegramRefused && (error.code === 401 || error.code === 404)) {
        throw new StartRefused(
          'Telegram does not know this bot: its token was revoked, or is another one. Set BOT_TOKEN to the one that @BotFather shows.',
          { cause: error },
        );
      }
      const askedToWaitMs = retryAfterMs(error);
      if (!(error instanceof TelegramUnreachable) && askedToWaitMs === null) throw error;
      log.warn({ err: error, failures }, 'Telegram does not answer: the start waits for it');
      await pause(Math.max(backOffMs(failures, BACK_OFF), askedToWaitMs ?? 0), null);
    }
  }
}
