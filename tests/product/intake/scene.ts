/** The scene of the intake's tests: updates, a stage that they are handled on, and the rows behind it. */
import type { Update } from '@grammyjs/types';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import type { Database } from '../../../src/database/client.ts';
import { intakeProcesses, telegramUpdates } from '../../../src/database/schema/index.ts';
import {
  type BuriedUpdate,
  createIntake,
  type Intake,
  type IntakeSource,
} from '../../../src/intake/create-intake.ts';
import { INTAKE_SETTINGS, type IntakeSettings } from '../../../src/intake/settings.ts';
import { describeError, type Log } from '../../../src/log.ts';

/** Waits short enough for a test; what a test is about, it sets itself. */
export const QUICK: IntakeSettings = {
  ...INTAKE_SETTINGS,
  beatMs: 5,
  firstBackOffMs: 1,
  longestBackOffMs: 2,
};

const person = (id: number) => ({ id, is_bot: false, first_name: 'Anna' });
const privateChat = (id: number) => ({ id, type: 'private' as const, first_name: 'Anna' });

export function message(updateId: number, chatId: number, text = 'hello'): Update {
  const chat = privateChat(chatId);
  return {
    update_id: updateId,
    message: { message_id: updateId, date: 1_790_000_000, chat, from: person(chatId), text },
  };
}

export function tap(updateId: number, userId: number, data: string): Update {
  return {
    update_id: updateId,
    callback_query: { id: String(updateId), from: person(userId), chat_instance: '1', data },
  };
}

/** Telegram's word that somebody has paid. */
export function payment(updateId: number, chatId: number): Update {
  const told = message(updateId, chatId).message;
  if (told === undefined) throw new Error('a message is a message');
  const { text: _text, ...about } = told;
  const successful_payment = {
    currency: 'XTR' as const,
    total_amount: 1,
    invoice_payload: 'order:1',
    telegram_payment_charge_id: `charge-${updateId}`,
    provider_payment_charge_id: '',
  };
  return { update_id: updateId, message: { ...about, successful_payment } };
}

export function preCheckout(updateId: number, userId: number): Update {
  return {
    update_id: updateId,
    pre_checkout_query: {
      id: String(updateId),
      from: person(userId),
      currency: 'XTR',
      total_amount: 1,
      invoice_payload: 'order',
    },
  };
}

/** What happens on the stage is told in words, such as `1 begins`, `1 ends`, `1 fails`, `sorry for 1`. */
export type Stage = ReturnType<typeof createStage>;

export function createStage() {
  const events: string[] = [];
  const awaited: { event: string; resolve: () => void }[] = [];
  const parts = new Map<number, (signal: AbortSignal) => Promise<void>>();

  function tell(event: string): void {
    events.push(event);
    for (const { resolve } of awaited.filter((waiting) => waiting.event === event)) resolve();
  }

  return {
    events,
    tell,
    /** Resolves when the event happens, or at once when it has. */
    until(event: string): Promise<void> {
      if (events.includes(event)) return Promise.resolve();
      return new Promise((resolve) => awaited.push({ event, resolve }));
    },
    /** Gives one update something to do while it is handled. */
    play(updateId: number, part: (signal: AbortSignal) => Promise<void>): void {
      parts.set(updateId, part);
    },
    /** Keeps one update on the stage until the returned function is called. */
    hold(updateId: number): () => void {
      const gate = Promise.withResolvers<void>();
      parts.set(updateId, () => gate.promise);
      return gate.resolve;
    },
    async handle(update: Update, signal: AbortSignal): Promise<void> {
      const id = update.update_id;
      tell(`${id} begins`);
      try {
        await parts.get(id)?.(signal);
      } catch (error) {
        tell(`${id} fails`);
        throw error;
      }
      tell(`${id} ends`);
    },
    async apologise(update: Update): Promise<void> {
      tell(`sorry for ${update.update_id}`);
    },
  };
}

export type LogLine = Readonly<{ level: number; msg: string; err?: object }>;

/** A log that keeps its lines, in the form in which the product's own log writes errors. */
export function createMemoryLog() {
  const lines: LogLine[] = [];
  const awaited: { msg: string; resolve: () => void }[] = [];
  const write = (text: string) => {
    // pino's types know only streams that write text; what it writes are JSON lines.
    const line = JSON.parse(text) as LogLine;
    lines.push(line);
    for (const { resolve } of awaited.filter(({ msg }) => msg === line.msg)) resolve();
  };
  const log: Log = pino({ level: 'debug', serializers: { err: describeError } }, { write });
  return {
    log,
    lines,
    /** Resolves when the line is written, or at once when it has been. */
    until(msg: string): Promise<void> {
      if (lines.some((line) => line.msg === msg)) return Promise.resolve();
      return new Promise((resolve) => awaited.push({ msg, resolve }));
    },
  };
}

/** Intakes on one database, as if each were a process of its own; all drained in the end. */
export function createScene(db: Database) {
  const open: Intake[] = [];
  return {
    intake(stage: Pick<Stage, 'handle' | 'apologise'>, options: IntakeOptions = {}): Intake {
      const intake = createIntake({
        db,
        onlyProcess: options.onlyProcess ?? false,
        buried: options.buried ?? (() => {}),
        source: options.source ?? { kind: 'webhook' },
        handle: stage.handle,
        apologise: stage.apologise,
        isTelegramAway: options.isTelegramAway ?? (() => false),
        log: options.log ?? createMemoryLog().log,
        settings: { ...QUICK, ...options.settings },
      });
      open.push(intake);
      return intake;
    },

    /** An intake that takes updates in. */
    async started(stage: Pick<Stage, 'handle' | 'apologise'>, options: IntakeOptions = {}): Promise<Intake> {
      const intake = this.intake(stage, options);
      await intake.start();
      return intake;
    },

    /** Ends every intake and empties the inbox. */
    async clear(): Promise<void> {
      const closing = open.splice(0);
      await Promise.all(closing.map((intake) => intake.drain(0)));
      await Promise.all(closing.map((intake) => intake.resign()));
      await db.delete(telegramUpdates);
      await db.delete(intakeProcesses);
    },

    /** What the inbox says: `{ 1: 'done', 2: 'waiting' }`. */
    async states(): Promise<Record<number, string>> {
      const rows = await db
        .select({ updateId: telegramUpdates.updateId, state: telegramUpdates.state })
        .from(telegramUpdates);
      return Object.fromEntries(rows.map((row) => [row.updateId, row.state]));
    },

    async row(updateId: number) {
      const [row] = await db.select().from(telegramUpdates).where(sql`update_id = ${updateId}`);
      if (row === undefined) throw new Error(`update ${updateId} is not in the inbox`);
      return row;
    },

    /** Waits until the inbox says so of an update. */
    async untilState(updateId: number, state: string, { failures = 0 } = {}): Promise<void> {
      for (;;) {
        const row = await this.row(updateId);
        if (row.state === state && row.failures >= failures) return;
        // PGlite answers within a turn of the event loop; without this the beats' timers would never fire.
        await new Promise(setImmediate);
      }
    },

    /** A row as a process left it, whose handler has begun when `handledForSeconds` is given. */
    async leave(
      update: Update,
      { lane, owner, handledForSeconds, ageSeconds = 0, deaths = 0 }: LeftBehind,
    ): Promise<void> {
      await db.insert(telegramUpdates).values({
        updateId: update.update_id,
        lane,
        payload: update,
        owner,
        deaths,
        handledUntil:
          handledForSeconds === undefined
            ? null
            : sql`now() + ${handledForSeconds}::int * interval '1 second'`,
        receivedAt: sql`now() - ${ageSeconds}::int * interval '1 second'`,
      });
    },

    /** A process that last said so many seconds ago that it is alive. */
    async process(id: string, { silentSeconds = 0, polls = false } = {}): Promise<void> {
      const beatAt = sql`now() - ${silentSeconds}::int * interval '1 second'`;
      await db
        .insert(intakeProcesses)
        .values({ id, polls, beatAt })
        .onConflictDoUpdate({ target: intakeProcesses.id, set: { beatAt } });
    },

    /** What a process looks like that was killed or frozen long ago: silent, and no handler of it can still run. */
    async die(owner: string | null): Promise<void> {
      await db.delete(intakeProcesses).where(sql`id = ${owner}`);
      await db
        .update(telegramUpdates)
        .set({ handledUntil: sql`now() - interval '1 second'` })
        .where(sql`owner = ${owner} and handled_until is not null`);
    },

    /** What another process does to one that was silent for too long; its handlers may still run. */
    async forget(owner: string | null): Promise<void> {
      await db.delete(intakeProcesses).where(sql`id = ${owner}`);
    },

    /** Waits until the living processes have said twice that they are alive. */
    async beats(): Promise<void> {
      for (let times = 0; times < 2; times++) {
        const [last] = await db.select({ at: sql<string>`max(beat_at)::text` }).from(intakeProcesses);
        for (let now = last; now?.at === last?.at; ) {
          // PGlite answers within a turn of the event loop; without this the beats' timers would never fire.
          await new Promise(setImmediate);
          [now] = await db.select({ at: sql<string>`max(beat_at)::text` }).from(intakeProcesses);
        }
      }
    },

    async processes(): Promise<string[]> {
      const rows = await db.select({ id: intakeProcesses.id }).from(intakeProcesses);
      return rows.map(({ id }) => id);
    },

    /** Without its table no process can say that it is alive. */
    async breakProcesses(): Promise<() => Promise<void>> {
      await db.execute(sql`alter table intake_processes rename to intake_processes_away`);
      return async () => {
        await db.execute(sql`alter table intake_processes_away rename to intake_processes`);
      };
    },

    /** Without its table the database refuses every statement of the inbox. */
    async breakInbox(): Promise<() => Promise<void>> {
      await db.execute(sql`alter table telegram_updates rename to telegram_updates_away`);
      return async () => {
        await db.execute(sql`alter table telegram_updates_away rename to telegram_updates`);
      };
    },
  };
}

type LeftBehind = {
  lane: number;
  owner: string | null;
  handledForSeconds?: number;
  ageSeconds?: number;
  deaths?: number;
};

type IntakeOptions = {
  source?: IntakeSource;
  settings?: Partial<IntakeSettings>;
  log?: Log;
  onlyProcess?: boolean;
  isTelegramAway?: () => boolean;
  buried?: (update: BuriedUpdate) => void;
};
