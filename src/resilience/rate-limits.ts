/**
 * How much one person, or one address, may ask for. Every limit slides: no stretch as long as its window holds more than
 * the limit. The process counts in memory; where processes share a server, that is asked as well, and both must have
 * room. So a server that is away changes nothing for one process: what it let through counts on, before, during and
 * after the outage, nobody below the limit is refused, and of N processes each lets the limit through at most.
 */
import { randomUUID } from 'node:crypto';
import type { PartHealth } from '../health.ts';
import type { SharedCount } from './shared-count.ts';
import { createSlidingLog } from './sliding-log.ts';

/** `messages`, `photoshoots` and `recognitions` of a person; `requests` to the HTTP server from an address. */
export const LIMIT_NAMES = ['messages', 'photoshoots', 'recognitions', 'requests'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

const OF_PEOPLE = ['messages', 'photoshoots', 'recognitions'] as const satisfies readonly LimitName[];

/** What comes with every message or request; the others come seldom, and are to outlive a restart. */
const OFTEN: ReadonlySet<LimitName> = new Set(['messages', 'requests']);

/** At most so many events in any so many milliseconds. */
export type Limit = Readonly<{ most: number; windowMs: number }>;
export type LimitSettings = Readonly<Record<LimitName, Limit>>;

/** What an owner has set beside the configuration, and until when it counts. */
export type Override = Readonly<{ most: number; until: Date }>;
export type Overrides = Readonly<Partial<Record<LimitName, Override>>>;

/** `until`: when what an owner has set ends; null: it is as the configuration says. */
export type LimitInForce = Limit & Readonly<{ usual: number; until: Date | null }>;

/** `tellNow`: what the subject was told last has passed; refusals before that are silent, so that we flood nobody. */
export type RateVerdict = Readonly<
  { allowed: true; used: number } | { allowed: false; used: number; retryAfterMs: number; tellNow: boolean }
>;

/** Somebody who has to wait. */
export type Waiting = Readonly<{ limit: LimitName; subject: string; retryAfterMs: number }>;

/** Of this process; `subjects`: those of whom something counts, `allowed` and `refused` since the start. */
export type LimitStatistics = Readonly<
  Record<LimitName, Readonly<{ subjects: number; most: number; allowed: number; refused: number }>>
>;

export type RateLimits = ReturnType<typeof createRateLimits>;

/**
 * @param options.shared the count that all processes ask; null where one process is alone
 * @param options.isAlone whether no other process counts now: then what comes often is counted here alone
 * @param options.now milliseconds of a clock that is never set back
 * @param options.today by which an owner's limit ends
 */
export function createRateLimits(
  settings: LimitSettings,
  {
    shared = null,
    isAlone = () => false,
    now = () => performance.now(),
    today = () => new Date(),
  }: Readonly<{
    shared?: SharedCount | null;
    isAlone?: () => boolean;
    now?: () => number;
    today?: () => Date;
  }> = {},
) {
  const logs = ofEach(() => createSlidingLog(now));
  const counts = ofEach(() => ({ allowed: 0, refused: 0 }));
  let overrides: Overrides = {};

  function inForce(name: LimitName): LimitInForce {
    const { most: usual, windowMs } = settings[name];
    const own = overrides[name];
    return own !== undefined && own.until > today()
      ? { most: own.most, windowMs, usual, until: own.until }
      : { most: usual, windowMs, usual, until: null };
  }

  function allowed(limit: LimitName, used: number): RateVerdict {
    counts[limit].allowed += 1;
    return { allowed: true, used };
  }

  function refused(limit: LimitName, subject: string, used: number, retryAfterMs: number): RateVerdict {
    counts[limit].refused += 1;
    return { allowed: false, used, retryAfterMs, tellNow: logs[limit].refuse(subject, retryAfterMs) };
  }

  /** @param event names what is asked for: the same again is allowed and not counted */
  async function take(limit: LimitName, subject: string, event: string): Promise<RateVerdict> {
    const { most, windowMs } = inForce(limit);
    const question = { limit, subject, id: event, most, windowMs };
    const own = logs[limit].take(question);
    if (own.kind === 'full') return refused(limit, subject, own.used, own.retryAfterMs);
    if (own.kind === 'known' || shared === null || (OFTEN.has(limit) && isAlone()))
      return allowed(limit, own.used);
    const answer = await shared.take(question);
    if (answer === null) return allowed(limit, own.used);
    if (answer.allowed) return allowed(limit, answer.used);
    logs[limit].giveBack(subject, event);
    return refused(limit, subject, answer.used, answer.retryAfterMs);
  }

  return {
    /** @param message the message's id, or that of its album, which its sender takes for one message */
    message: (userId: number, message: string) => take('messages', String(userId), message),
    /** @param order names what is ordered, however often it is tapped */
    photoshoot: (userId: number, order: string) => take('photoshoots', String(userId), order),
    /** Photos that a model is asked about. */
    /** @param turn which look at the photoshoot it is; each counts once */
    recognition: (userId: number, photoshootId: number, turn = 0) =>
      take('recognitions', String(userId), turn === 0 ? String(photoshootId) : `${photoshootId}:${turn}`),
    /** A request of a stranger to the HTTP server. */
    request: (address: string) => take('requests', address, randomUUID()),

    /** Drops what counts of a person, here and where it is shared. */
    async forgetPerson(userId: number): Promise<void> {
      for (const name of OF_PEOPLE) logs[name].forget(String(userId));
      await shared?.forget(OF_PEOPLE, String(userId));
    },

    inForce,
    /** Replaces what owners have set. Whoever was told to wait for another limit hears of this one. */
    adopt(next: Overrides): void {
      const before = ofEach((name) => inForce(name).most);
      overrides = next;
      for (const name of LIMIT_NAMES) if (inForce(name).most !== before[name]) logs[name].forgetTold();
    },

    /** Whom this process makes wait, those who wait for longest first. */
    waiting: (): readonly Waiting[] =>
      LIMIT_NAMES.flatMap((limit) => logs[limit].refused().map((one) => ({ limit, ...one }))),

    /** Drops what counts no more, in memory and where it is shared. @returns how many subjects */
    async sweep(): Promise<number> {
      const swept = LIMIT_NAMES.map((name) => logs[name].sweep(settings[name].windowMs));
      return swept.reduce((sum, one) => sum + one, (await shared?.sweep()) ?? 0);
    },

    statistics: (): LimitStatistics =>
      ofEach((name) => ({
        ...counts[name],
        most: inForce(name).most,
        subjects: logs[name].active(settings[name].windowMs),
      })),
    /** Null where no count is shared. */
    isSharedAway: () => shared?.statistics().away ?? null,

    /** While the shared count is away, several processes let through more than they should; nobody is refused for it. */
    health(): PartHealth {
      const { most, windowMs } = inForce('messages');
      const facts = {
        rate_limiting: {
          active_users: logs.messages.active(windowMs),
          user_limit: `${most} requests per ${windowMs / 1000}s`,
        },
      };
      return shared?.statistics().away
        ? { status: 'degraded', note: `${shared.server} is away`, facts }
        : { status: 'ok', facts };
    },
  };
}

function ofEach<T>(make: (name: LimitName) => T): Record<LimitName, T> {
  // One entry for each name.
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, make(name)])) as Record<LimitName, T>;
}
