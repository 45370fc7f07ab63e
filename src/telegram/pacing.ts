/**
 * When a call may leave, so that Telegram's limits are kept before it has to remind us: about 30 messages in
 * any second for the bot, and for a chat a small burst, then one a second. What Telegram says in a 429 stands
 * above both and pauses a chat, or everything.
 *
 * A *lane* is one chat's line. A *ticket* is one message in it; tickets are served by their *place*, drawn
 * when the call began, so one that has to be sent again stands where it stood before. A lane whose first
 * ticket may go as far as its own chat is concerned stands in the *gate*, where the bot's limit lets lanes
 * through one by one: a chat with a hundred messages is no more in the way than a chat with one.
 */
import { createRollingWindow } from './rolling-window.ts';
import { CLOSED, createRests, GO, promiseTurn, type Turn } from './turn.ts';
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
type Ticket = Readonly<{ place: number; weight: number; maxPauseMs: number; settle: (turn: Turn) => void }>;
type Lane = {
  /** In order of place. */
  waiting: Ticket[];
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
  const lanes = new Map<ChatId, Lane>();
  const gate: Lane[] = [];
  const rests = createRests();
  let gateTimer: NodeJS.Timeout | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;
  let pausedUntil = 0;
  let lastPlace = 0;
  let closed = false;

  const laneReadyAt = (lane: Lane) =>
    Math.max(lane.pausedUntil, lane.paidUntil - (chatBurst - 1) * chatIntervalMs);
  const botReadyAt = (weight: number) => Math.max(pausedUntil, recent?.freeAt(weight) ?? 0);

  function laneOf(chat: ChatId): Lane {
    const known = lanes.get(chat);
    if (known !== undefined) return known;
    const lane: Lane = { waiting: [], paidUntil: 0, pausedUntil: 0, timer: undefined, inGate: false };
    lanes.set(chat, lane);
    sweepTimer ??= setInterval(sweep, SWEEP_EVERY_MS).unref();
    return lane;
  }

  /** Forgets the chats of which nothing needs to be known: nobody waits, nothing is owed. */
  function sweep(): void {
    const now = performance.now();
    for (const [chat, lane] of lanes) {
      const idle = lane.waiting.length === 0 && !lane.inGate;
      if (idle && Math.max(lane.paidUntil, lane.pausedUntil) <= now) lanes.delete(chat);
    }
    if (lanes.size > 0) return;
    clearInterval(sweepTimer);
    sweepTimer = undefined;
  }

  /** An album goes as soon as one message could, and then owes its chat the rest. */
  function spend(lane: Lane, weight: number, now: number): void {
    lane.paidUntil = Math.max(lane.paidUntil, now) + weight * chatIntervalMs;
    recent?.take(weight, now);
  }

  /** Puts a lane where it belongs: into the gate, or to sleep until its chat may be written to. */
  function settleLane(lane: Lane): void {
    if (lane.inGate || lane.waiting.length === 0) return;
    const delay = laneReadyAt(lane) - performance.now();
    clearTimeout(lane.timer);
    if (delay <= 0) {
      lane.inGate = true;
      gate.push(lane);
      return;
    }
    lane.timer = setTimeout(() => {
      settleLane(lane);
      openGate();
    }, Math.ceil(delay));
  }

  /** Lets through what the bot's limit allows now, and sleeps until it allows the next. */
  function openGate(): void {
    for (let lane = gate[0]; lane !== undefined; lane = gate[0]) {
      const now = performance.now();
      const ticket = lane.waiting[0];
      const mayGo = ticket !== undefined && laneReadyAt(lane) <= now;
      if (mayGo) {
        const delay = botReadyAt(ticket.weight) - now;
        if (delay > 0) {
          clearTimeout(gateTimer);
          gateTimer = setTimeout(openGate, Math.ceil(delay));
          return;
        }
        lane.waiting.shift();
        spend(lane, ticket.weight, now);
        ticket.settle(GO);
      }
      // Also a lane whose chat was paused, or whose messages were given up, while it stood here.
      gate.shift();
      lane.inGate = false;
      settleLane(lane);
    }
  }

  function enqueue(lane: Lane, place: number, weight: number, wait: Wait): Promise<Turn> {
    const { promise, settle } = promiseTurn(wait.signal, () => {
      lane.waiting = lane.waiting.filter((other) => other !== ticket);
    });
    const ticket: Ticket = { place, weight, maxPauseMs: wait.maxPauseMs, settle };
    const behind = lane.waiting.findLastIndex((other) => other.place < place);
    lane.waiting.splice(behind + 1, 0, ticket);
    settleLane(lane);
    openGate();
    return promise;
  }

  function pauseLeft(chat: ChatId | null): number {
    const ofChat = chat === null ? 0 : (lanes.get(chat)?.pausedUntil ?? 0);
    return Math.max(0, Math.max(pausedUntil, ofChat) - performance.now());
  }

  function refuseImpatient(lane: Lane, forMs: number): void {
    const impatient = lane.waiting.filter((ticket) => ticket.maxPauseMs < forMs);
    if (impatient.length === 0) return;
    lane.waiting = lane.waiting.filter((ticket) => ticket.maxPauseMs >= forMs);
    for (const ticket of impatient) ticket.settle({ kind: 'paused', forMs });
  }

  return {
    /** A place in line, to be drawn once per call. */
    nextPlace(): number {
      lastPlace += 1;
      return lastPlace;
    },

    /** The turn of a call that makes `weight` messages in `chat`; at once, without a promise, when it may go. */
    takeTurn(chat: ChatId, place: number, weight: number, wait: Wait): Turn | Promise<Turn> {
      if (closed) return CLOSED;
      const pause = pauseLeft(chat);
      if (pause > wait.maxPauseMs) return { kind: 'paused', forMs: pause };
      // Without limits there is nothing to remember of a chat that is not paused.
      if (limits === 'off' && pause === 0 && !lanes.has(chat)) return GO;
      const lane = laneOf(chat);
      const now = performance.now();
      const nobodyWaits = lane.waiting.length === 0 && gate.length === 0;
      const mayGo = nobodyWaits && laneReadyAt(lane) <= now && botReadyAt(weight) <= now;
      if (!mayGo) return enqueue(lane, place, weight, wait);
      spend(lane, weight, now);
      return GO;
    },

    /** The turn of a call that is no message: it waits only for pauses, of its chat and of everything. */
    async untilUnpaused(chat: ChatId | null, wait: Wait): Promise<Turn> {
      for (let pause = pauseLeft(chat); pause > 0; pause = pauseLeft(chat)) {
        if (pause > wait.maxPauseMs) return { kind: 'paused', forMs: pause };
        const turn = await rests.rest(pause, wait.signal);
        if (turn.kind !== 'go') return turn;
      }
      return closed ? CLOSED : GO;
    },

    /** Telegram said: not before `forMs` from now, in this chat, or with null in any. */
    pause(chat: ChatId | null, forMs: number): void {
      if (closed) return;
      const until = performance.now() + forMs;
      if (chat === null) {
        pausedUntil = Math.max(pausedUntil, until);
        for (const lane of lanes.values()) refuseImpatient(lane, forMs);
        return;
      }
      const lane = laneOf(chat);
      lane.pausedUntil = Math.max(lane.pausedUntil, until);
      refuseImpatient(lane, forMs);
    },

    /** Sleeps for a call's own reason, a back-off; ends early with the signal or the close. */
    rest: rests.rest,

    statistics() {
      let waiting = 0;
      for (const lane of lanes.values()) waiting += lane.waiting.length;
      return { waiting, chats: lanes.size };
    },

    /** Ends every wait with `closed` and every timer. */
    close(): void {
      closed = true;
      clearInterval(sweepTimer);
      clearTimeout(gateTimer);
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer);
        for (const ticket of lane.waiting) ticket.settle(CLOSED);
      }
      lanes.clear();
      gate.length = 0;
      rests.close();
    },
  };
}

export type Pacing = ReturnType<typeof createPacing>;
