import type { Log } from '../log.ts';
import { withDeadline } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { Beat } from './inbox.ts';
import type { IntakeSettings } from './settings.ts';

/** A beat that hangs on a silent connection is given up, and the next one asks on another. */
const BEATS_BEFORE_LATE = 2;
/** How often lateness is looked for, as a share of what makes a process late. */
const LOOKS_BEFORE_LATE = 20;

/**
 * Says again and again that this process is alive. All times are on the monotonic clock, and counted from when the
 * last answered beat was sent: the database may have written it any time since then.
 * @param options.beat one statement
 * @param options.watched false where nobody else could take this process for dead: it is never late then
 * @param options.onBeat after each answered beat of a process that still is one
 */
export function createHeartbeat({
  beat,
  watched,
  onBeat,
  onLate,
  onBack,
  settings,
  log,
}: Readonly<{
  beat: () => Promise<Beat>;
  watched: boolean;
  onBeat: (beat: Beat) => void;
  onLate: () => void;
  onBack: () => void;
  settings: IntakeSettings;
  log: Log;
}>) {
  let answeredAt = performance.now();
  let late = false;

  function look(): boolean {
    const now = watched && performance.now() - answeredAt > settings.lateMs;
    if (now === late) return late;
    late = now;
    if (late) log.warn('this process could not say that it is alive: it handles no updates until it can');
    else log.info('this process handles updates again');
    (late ? onLate : onBack)();
    return late;
  }

  return {
    /** True while this process may be taken for dead; asked before every handler, since a frozen one has no timers. */
    isLate: look,

    /** Beats until the signal aborts, or another process has taken over what this one held. Never rejects. */
    async run(signal: AbortSignal): Promise<void> {
      const looking = setInterval(look, settings.lateMs / LOOKS_BEFORE_LATE);
      try {
        while (!signal.aborted) {
          const sentAt = performance.now();
          try {
            const answer = await withDeadline(settings.lateMs / BEATS_BEFORE_LATE, signal, beat);
            if (answer.gone) return;
            answeredAt = sentAt;
            look();
            onBeat(answer);
          } catch (error) {
            if (!signal.aborted)
              log.warn({ err: error }, 'the database did not hear that this process is alive');
          }
          await pause(settings.beatMs, signal);
        }
      } finally {
        clearInterval(looking);
      }
    },
  };
}
