/**
 * When a call may leave, so that Telegram's limits are kept before it has to remind us: about 30 messages in
 * any second for the bot, and for a chat a small burst, then one a second. What Telegram says in a 429 stands
 * above both and pauses a chat, or everything.
 *
 * A *chat line* holds one chat's messages. A *waiter* is one of them; waiters are served by their *place*, drawn
 * when the call began, so one that has to be sent again stands where it stood before. A line whose first
 * waiter may go as far as its own chat is concerned stands in the *gate*, where the bot's limit lets lines
 * through one by one: a chat with a hundred messages is no more in the way than a chat with one.
 */

import { type Admission, CLOSED, createRests, GO, promiseAdmission } from './admission.ts';
import { createRollingWindow } from './rolling-window.ts';
import type { ChatId } from './types.ts';

export type PacingLimits = Readonly<{
  /** Messages that may leave in any window of one second, all chats together. */
  messagesPerSecond: number;
  /** Messages that may leave at once into a chat that has been quiet. */
  chatBurst: number;
  /** Milliseconds after which a chat may get one message more. */
  chatIntervalMs: number;
}>;

/** Bots FAQ, "Broadcasting to Users": about 30 messages a second, and one a second in one chat with short bursts. */
export const TELEGRAM_LIMITS: PacingLimits = { messagesPerSecond: 30, chatBurst: 5, chatIntervalMs: 1000 };

type Wait = Readonly<{ maxPauseMs: number; signal: AbortSignal | undefined }>;
type Waiter = Readonly<{
  place: number;
  weight: number;
  maxPauseMs: number;
  settle: (admission: Admission) => void;
}>;
type ChatLine = {
  /** In order of place. */
  waiting: Waiter[];
  /** The time until which the messages sent so far are paid for; in the past: the full burst is free. */
  paidUntil: number;
  pausedUntil: number;
  timer: NodeJS.Timeout | undefined;
  inGate: boolean;
};

/** Long enough to cost nothing, short enough that ten thousand idle chats never pile up. */
const SWEEP_EVERY_MS = 10_000;

/** The lines in front of Telegram. All times are milliseconds of the monotonic clock. */
export function createPacing(limits: PacingLimits | 'off') {
  const { chatBurst, chatIntervalMs } = limits === 'off' ? { chatBurst: 1, chatIntervalMs: 0 } : limits;
  const recent = limits === 'off' ? null : createRollingWindow(limits.messagesPerSecond, 1000);
  const lines = new Map<ChatId, ChatLine>();
  const gate: ChatLine[] = [];
  const rests = createRests();
  let gateTimer: NodeJS.Timeout | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;
  let pausedUntil = 0;
  let lastPlace = 0;
  let closed = false;

  const lineReadyAt = (line: ChatLine) =>
    Math.max(line.pausedUntil, line.paidUntil - (chatBurst - 1) * chatIntervalMs);
  const botReadyAt = (weight: number) => Math.max(pausedUntil, recent?.freeAt(weight) ?? 0);

  function lineOf(chat: ChatId): ChatLine {
    const known = lines.get(chat);
    if (known !== undefined) return known;
    const line: ChatLine = { waiting: [], paidUntil: 0, pausedUntil: 0, timer: undefined, inGate: false };
    lines.set(chat, line);
    sweepTimer ??= setInterval(sweep, SWEEP_EVERY_MS).unref();
    return line;
  }

  /** Forgets the chats of which nothing needs to be known: nobody waits, nothing is owed. */
  function sweep(): void {
    const now = performance.now();
    for (const [chat, line] of lines) {
      const idle = line.waiting.length === 0 && !line.inGate;
      if (idle && Math.max(line.paidUntil, line.pausedUntil) <= now) lines.delete(chat);
    }
    if (lines.size > 0) return;
    clearInterval(sweepTimer);
    sweepTimer = undefined;
  }

  /** An album goes as soon as one message could, and then owes its chat the rest. */
  function spend(line: ChatLine, weight: number, now: number): void {
    line.paidUntil = Math.max(line.paidUntil, now) + weight * chatIntervalMs;
    recent?.take(weight, now);
  }

  /** Puts a line where it belongs: into the gate, or to sleep until its chat may be written to. */
  function settleLine(line: ChatLine): void {
    if (line.inGate || line.waiting.length === 0) return;
    const delay = lineReadyAt(line) - performance.now();
    clearTimeout(line.timer);
    if (delay <= 0) {
      line.inGate = true;
      gate.push(line);
      return;
    }
    line.timer = setTimeout(() => {
      settleLine(line);
      openGate();
    }, Math.ceil(delay));
  }

  /** Lets through what the bot's limit allows now, and sleeps until it allows the next. */
  function openGate(): void {
    for (let line = gate[0]; line !== undefined; line = gate[0]) {
      const now = performance.now();
      const waiter = line.waiting[0];
      const mayGo = waiter !== undefined && lineReadyAt(line) <= now;
      if (mayGo) {
        const delay = botReadyAt(waiter.weight) - now;
        if (delay > 0) {
          clearTimeout(gateTimer);
          gateTimer = setTimeout(openGate, Math.ceil(delay));
          return;
        }
        line.waiting.shift();
        spend(line, waiter.weight, now);
        waiter.settle(GO);
      }
      // Also a line whose chat was paused, or whose messages were given up, while it stood here.
      gate.shift();
      line.inGate = false;
      settleLine(line);
    }
  }

  function enqueue(line: ChatLine, place: number, weight: number, wait: Wait): Promise<Admission> {
    const { promise, settle } = promiseAdmission(wait.signal, () => {
      line.waiting = line.waiting.filter((other) => other !== waiter);
    });
    const waiter: Waiter = { place, weight, maxPauseMs: wait.maxPauseMs, settle };
    const behind = line.waiting.findLastIndex((other) => other.place < place);
    line.waiting.splice(behind + 1, 0, waiter);
    settleLine(line);
    openGate();
    return promise;
  }

  function pauseLeft(chat: ChatId | null): number {
    const ofChat = chat === null ? 0 : (lines.get(chat)?.pausedUntil ?? 0);
    return Math.max(0, Math.max(pausedUntil, ofChat) - performance.now());
  }

  function refuseImpatient(line: ChatLine, forMs: number): void {
    const impatient = line.waiting.filter((waiter) => waiter.maxPauseMs < forMs);
    if (impatient.length === 0) return;
    line.waiting = line.waiting.filter((waiter) => waiter.maxPauseMs >= forMs);
    for (const waiter of impatient) waiter.settle({ kind: 'paused', forMs });
  }

  return {
    /** A place in line, to be drawn once per call. */
    nextPlace(): number {
      lastPlace += 1;
      return lastPlace;
    },

    /** Admits a call that makes `weight` messages in `chat`; at once, without a promise, when it may go. */
    admit(chat: ChatId, place: number, weight: number, wait: Wait): Admission | Promise<Admission> {
      if (closed) return CLOSED;
      const pause = pauseLeft(chat);
      if (pause > wait.maxPauseMs) return { kind: 'paused', forMs: pause };
      // Without limits there is nothing to remember of a chat that is not paused.
      if (limits === 'off' && pause === 0 && !lines.has(chat)) return GO;
      const line = lineOf(chat);
      const now = performance.now();
      const nobodyWaits = line.waiting.length === 0 && gate.length === 0;
      const mayGo = nobodyWaits && lineReadyAt(line) <= now && botReadyAt(weight) <= now;
      if (!mayGo) return enqueue(line, place, weight, wait);
      spend(line, weight, now);
      return GO;
    },

    /** Admits a call that is no message: it waits only for pauses, of its chat and of everything. */
    async untilUnpaused(chat: ChatId | null, wait: Wait): Promise<Admission> {
      for (let pause = pauseLeft(chat); pause > 0; pause = pauseLeft(chat)) {
        if (pause > wait.maxPauseMs) return { kind: 'paused', forMs: pause };
        const admission = await rests.rest(pause, wait.signal);
        if (admission.kind !== 'go') return admission;
      }
      return closed ? CLOSED : GO;
    },

    /** Telegram said: not before `forMs` from now, in this chat, or with null in any. */
    pause(chat: ChatId | null, forMs: number): void {
      if (closed) return;
      const until = performance.now() + forMs;
      if (chat === null) {
        pausedUntil = Math.max(pausedUntil, until);
        for (const line of lines.values()) refuseImpatient(line, forMs);
        return;
      }
      const line = lineOf(chat);
      line.pausedUntil = Math.max(line.pausedUntil, until);
      refuseImpatient(line, forMs);
    },

    /** Sleeps for a call's own reason, a back-off; ends early with the signal or the close. */
    rest: rests.rest,

    statistics() {
      let waiting = 0;
      for (const line of lines.values()) waiting += line.waiting.length;
      return { waiting, chats: lines.size };
    },

    /** Ends every wait with `closed` and every timer. */
    close(): void {
      closed = true;
      clearInterval(sweepTimer);
      clearTimeout(gateTimer);
      for (const line of lines.values()) {
        clearTimeout(line.timer);
        for (const waiter of line.waiting) waiter.settle(CLOSED);
      }
      lines.clear();
      gate.length = 0;
      rests.close();
    },
  };
}

export type Pacing = ReturnType<typeof createPacing>;
