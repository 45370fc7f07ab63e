/** Where alerts go beside the owners' chat: a Slack webhook and e-mail. Each is on its own; none delays another. */
import nodemailer from 'nodemailer';
import { type Dispatcher, request } from 'undici';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import { withDeadline } from '../time/deadline.ts';

/** Says a text somewhere. @throws when it was not taken */
export type AlertChannel = Readonly<{
  name: string;
  say: (text: string, signal: AbortSignal) => Promise<void>;
}>;

/** For one text, from the connection to the answer: nobody waits for a deaf server. */
const CHANNEL_LIMIT_MS = 15_000;
const SUBJECT_LENGTH = 120;

/** Slack's incoming webhook, or one of the many that take the same: `{ "text": … }`. */
export function createSlackChannel(webhookUrl: string, dispatcher: Dispatcher): AlertChannel {
  return {
    name: 'slack',
    async say(text, signal) {
      const { statusCode, body } = await request(webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
        dispatcher,
        signal,
      });
      await body.dump();
      // The address is a secret and stands in no error.
      if (statusCode >= 300) throw new Error(`the webhook answered with ${statusCode}`);
    },
  };
}

/** @param smtpUrl such as smtps://user:password@mail.example:465 */
export function createEmailChannel(smtpUrl: string, to: readonly string[]): AlertChannel {
  const limits = {
    connectionTimeout: CHANNEL_LIMIT_MS,
    greetingTimeout: CHANNEL_LIMIT_MS,
    socketTimeout: CHANNEL_LIMIT_MS,
  };
  const from = new URL(smtpUrl).searchParams.get('from') ?? to[0] ?? 'vitrine@localhost';
  return {
    name: 'email',
    async say(text) {
      // A connection of its own for each: alerts are few, and a kept one breaks unseen.
      const transport = nodemailer.createTransport({ url: smtpUrl, ...limits });
      try {
        const [first = ''] = text.split('\n');
        await transport.sendMail({ from, to: [...to], subject: first.slice(0, SUBJECT_LENGTH), text });
      } finally {
        transport.close();
      }
    },
  };
}

/** Says a text in every channel, side by side. Never rejects: what a channel did not take is a line in the log. */
export async function sayEverywhere(
  channels: readonly AlertChannel[],
  text: string,
  log: Log,
): Promise<void> {
  await Promise.all(
    channels.map(async ({ name, say }) => {
      try {
        await withDeadline(CHANNEL_LIMIT_MS, null, (signal) => say(text, signal));
      } catch (error) {
        log.error({ err: toError(error), channel: name }, 'an alert did not get through a channel');
      }
    }),
  );
}
