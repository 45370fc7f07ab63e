/** The scene of the intake's tests: updates, a stage that they are handled on, and the rows behind it. */
import type { Update } from '@grammyjs/types';
import { inArray, sql } from 'drizzle-orm';
import pino from 'pino';
import type { Database } from '../../../src/database/client.ts';
import { telegramUpdates } from '../../../src/database/schema/index.ts';
import { createIntake, type Intake, type IntakeSource } from '../../../src/intake/create-intake.ts';
import { INTAKE_SETTINGS, type IntakeSettings } from '../../../src/intake/settings.ts';
import { describeError, type Log } from '../../../src/log.ts';

/** Waits short enough for a test; what a test is about, it sets itself. */
export const QUICK: IntakeSettings = {
  ...INTAKE_SETTINGS,
  retryDelaysMs: [1, 1, 1],
  takeOverIntervalMs: 5,
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

export type LogLine = Readonly<{ level: number; msg: string; error?: object }>;

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
  const log: Log = pino({ level: 'debug', serializers: { error: describeError } }, { write });
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

/** Intakes on one database, all drained in the end. */
export function createScene(db: Database) {
  const open: Intake[] = [];
  return {
    intake(
      stage: Pick<Stage, 'handle' | 'apologise'>,
      options: { source?: IntakeSource; settings?: Partial<IntakeSettings>; log?: Log } = {},
    ): Intake {
      const intake = createIntake({
        db,
        source: options.source ?? { kind: 'webhook' },
        handle: stage.handle,
        apologise: stage.apologise,
        log: options.log ?? createMemoryLog().log,
        settings: { ...QUICK, ...options.settings },
      });
      open.push(intake);
      return intake;
    },

    /** Ends every intake and empties the inbox. */
    async clear(): Promise<void> {
      await Promise.all(open.splice(0).map((intake) => intake.drain(0)));
      await db.delete(telegramUpdates);
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

    /** A row as a process left it that died, or is alive while `leaseSeconds` is above 0. */
    async leave(
      update: Update,
      { lane, owner, leaseSeconds, ageSeconds = 0, attempts = 0 }: LeftBehind,
    ): Promise<void> {
      await db.insert(telegramUpdates).values({
        updateId: update.update_id,
        lane,
        payload: update,
        owner,
        attempts,
        leaseUntil: owner === null ? null : sql`now() + ${leaseSeconds}::int * interval '1 second'`,
        receivedAt: sql`now() - ${ageSeconds}::int * interval '1 second'`,
      });
    },

    /** Lets the leases of updates pass. */
    async expire(...updateIds: number[]): Promise<void> {
      await db
        .update(telegramUpdates)
        .set({ leaseUntil: sql`now() - interval '1 second'` })
        .where(inArray(telegramUpdates.updateId, updateIds));
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
  leaseSeconds: number;
  ageSeconds?: number;
  attempts?: number;
};
