/**
 * Doubles of Telegram and OpenAI, and a web chat, on this machine: the whole product runs without a token.
 * Nothing of any product is imported here: whoever tests a bot points its `apiRoot` at it.
 */

import { registerChatPage } from './chat/register.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Log } from './log.ts';
import { registerOpenAi } from './openai/register.ts';
import { TEMPOS, type TempoName } from './openai/tempo.ts';
import { createServer, listen } from './server.ts';
import { createTelegram, TELEGRAM_TIMING, type Timing } from './telegram/index.ts';
import type { Journal } from './telegram/journal.ts';
import type { People } from './telegram/people.ts';
import { ADMIN_ID, EMMA_ID, MARINA_ID } from './telegram/state.ts';

export type { FaultRule, FaultRules, Faults, Hold } from './faults.ts';
export type { Journal, JournalEntry } from './telegram/journal.ts';
export type { Button, CallbackAnswer, People, Person } from './telegram/people.ts';
export { NotAPhoto } from './telegram/refusal.ts';
export { ADMIN_ID, EMMA_ID, MARINA_ID };

export type Sandbox = {
  /** http://127.0.0.1:<port>, where the web chat is. */
  url: string;
  botToken: string;
  botUsername: string;
  telegramApiRoot: string;
  openaiBaseUrl: string;
  openaiApiKey: string;
  faults: Faults;
  people: People;
  journal: Journal;
  /** Ends every connection and writes the state down. */
  stop(): Promise<void>;
};

const OPENAI_API_KEY = 'sk-sandbox-opens-nothing-elsewhere';

/**
 * Starts the doubles. `port` 0 takes any free one; with a `directory`, chats and files outlive a restart; `timing`
 * makes Telegram less patient, for tests.
 * @throws when the port is taken or the directory cannot be used.
 */
export async function startSandbox(options: {
  port: number;
  log: Log;
  directory?: string;
  timing?: Partial<Timing>;
  /** Of the OpenAI double; `like-a-model` unless told. */
  tempo?: TempoName;
}): Promise<Sandbox> {
  const { log } = options;
  const tempo = TEMPOS[options.tempo ?? 'like-a-model'];
  const faults = createFaults();
  const telegram = createTelegram({
    log,
    faults,
    directory: options.directory,
    timing: { ...TELEGRAM_TIMING, ...options.timing },
  });
  const app = createServer();
  await telegram.register(app);
  await app.register(async (scope) => registerOpenAi(scope, { log, faults, apiKey: OPENAI_API_KEY, tempo }));
  await app.register(async (scope) => registerChatPage(scope));
  const url = await listen(app, options.port).catch(async (error: unknown) => {
    await app.close();
    // Whoever has the port may be a sandbox that keeps its state in the same directory.
    await telegram.close({ discard: true });
    throw error;
  });

  return {
    url,
    botToken: telegram.botToken,
    botUsername: telegram.botUsername,
    telegramApiRoot: url,
    openaiBaseUrl: `${url}/openai/v1`,
    openaiApiKey: OPENAI_API_KEY,
    faults,
    people: telegram.people,
    journal: telegram.journal,
    async stop() {
      await app.close();
      await telegram.close();
    },
  };
}
