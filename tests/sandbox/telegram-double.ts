/** The Bot API double alone on a loopback port, and plain HTTP calls to it. */
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { createFaults } from '../../sandbox/faults.ts';
import { createServer, listen } from '../../sandbox/server.ts';
import { createTelegram, TELEGRAM_TIMING, type Timing } from '../../sandbox/telegram/index.ts';
import { createLog } from '../../src/log.ts';

export type Answer = {
  ok: boolean;
  // Bodies are read as the tests expect them; a wrong shape fails the assertion that reads it.
  // biome-ignore lint/suspicious/noExplicitAny: the result of any method
  result: any;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number };
};

export type Double = Awaited<ReturnType<typeof startDouble>>;

/** Stops by itself when the test ends; `stop` may be called earlier. */
export async function startDouble(options: { directory?: string; timing?: Partial<Timing> } = {}) {
  const log = createLog({ level: 'silent', pretty: false });
  const faults = createFaults();
  const telegram = createTelegram({
    log,
    faults,
    directory: options.directory,
    timing: { ...TELEGRAM_TIMING, ...options.timing },
  });
  const app = createServer();
  await telegram.register(app);
  const url = await listen(app, 0);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= app.close().then(() => telegram.close());
    return stopped;
  };
  onTestFinished(stop);

  const address = (method: string) => `${url}/bot${telegram.botToken}/${method}`;
  return {
    url,
    faults,
    people: telegram.people,
    journal: telegram.journal,
    botToken: telegram.botToken,
    address,
    stop,
    /** A call with a JSON body, as a bot makes it. */
    async call(method: string, parameters: object = {}, signal?: AbortSignal): Promise<Answer> {
      const response = await fetch(address(method), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
        ...(signal ? { signal } : {}),
      });
      return (await response.json()) as Answer;
    },
    /** A call as a multipart form; objects are sent as JSON text. */
    async upload(method: string, parameters: Record<string, unknown>): Promise<Answer> {
      const form = new FormData();
      for (const [name, value] of Object.entries(parameters)) {
        if (value instanceof File) form.append(name, value, value.name);
        else form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
      }
      const response = await fetch(address(method), { method: 'POST', body: form });
      return (await response.json()) as Answer;
    },
    client: (path: string, init: RequestInit = {}) => fetch(`${url}/client${path}`, init),
    /** Someone who has already written to the bot, with that update confirmed. */
    async acquaintance(languageCode = 'en') {
      const person = telegram.people.of({ languageCode, firstName: 'Ann' });
      person.sendText('/start');
      const { result } = await this.call('getUpdates');
      await this.call('getUpdates', { offset: result.at(-1).update_id + 1 });
      return person;
    },
  };
}

export function picture(
  width: number,
  height: number,
  format: 'jpeg' | 'png' | 'webp' | 'gif' = 'jpeg',
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
    .toFormat(format)
    .toBuffer();
}

export function file(bytes: Uint8Array, name: string, type = 'application/octet-stream'): File {
  return new File([new Uint8Array(bytes)], name, { type });
}
