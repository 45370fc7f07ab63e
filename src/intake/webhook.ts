import { hash, timingSafeEqual } from 'node:crypto';
import type {} from '@fastify/compress';
import type {} from '@fastify/helmet';
import type { Update } from '@grammyjs/types';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import type { Gateway } from '../telegram/gateway.ts';
import { withDeadline } from '../time/deadline.ts';
import type { Door } from '../web/doors.ts';
import { ALLOWED_UPDATES, readUpdate } from './update.ts';

/** Where Telegram posts updates, below our public address. */
const PATH = '/telegram/updates';
/** Updates have a few kilobytes; Telegram's own limit is not written down. */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** For the commit; after that Telegram may as well try again. */
const ANSWER_LIMIT_MS = 10_000;
const RETRY_AFTER_SECONDS = '1';

/**
 * Tells Telegram where to post updates, and which secret it has to show there.
 * @throws what the gateway throws
 */
export async function setWebhook(
  gateway: Pick<Gateway, 'call'>,
  { publicUrl, secret }: Readonly<{ publicUrl: string; secret: string }>,
): Promise<void> {
  await gateway.call('setWebhook', {
    url: `${publicUrl}${PATH}`,
    secret_token: secret,
    allowed_updates: ALLOWED_UPDATES,
  });
}

/**
 * Adds the route that Telegram posts updates to. It answers 200 once the update is in the database, and
 * otherwise what makes Telegram send it again: 429 when there is no room, 503 when it could not be stored.
 * A request without the secret counts as a stranger's, and is refused before its body is read.
 * @param options.receive resolves with `stored` after the commit, or with `busy` when there is no room
 */
export function registerWebhook(
  app: FastifyInstance,
  {
    secret,
    receive,
    log,
    answerLimitMs = ANSWER_LIMIT_MS,
  }: Readonly<{
    secret: string;
    receive: (update: Update) => Promise<'stored' | 'busy'>;
    log: Log;
    answerLimitMs?: number;
  }>,
): void {
  const expected = digest(secret);
  const door: Door = {
    kind: 'closed',
    to: 'telegram-secret',
    // Telegram comes from few addresses with many updates; the secret is the limit here.
    knows({ headers }) {
      const given = headers['x-telegram-bot-api-secret-token'];
      return typeof given === 'string' && timingSafeEqual(digest(given), expected);
    },
    // The body is not waited for: the connection ends with the answer.
    refuse: (_request, reply) => reply.code(401).header('connection', 'close').send(),
  };
  // A scope of its own, so that neither other routes' body formats apply here nor this one's there.
  app.register(async (scope) => {
    const parseJson = scope.getDefaultJsonParser('error', 'error');
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson);

    scope.post(
      PATH,
      {
        config: { door },
        bodyLimit: BODY_LIMIT_BYTES,
        // Telegram is no browser: the headers that protect one were 5 % of an update's cost.
        helmet: false,
        // Its answers have no body.
        compress: false,
        logLevel: 'warn',
      },
      async (request, reply) => {
        const update = readUpdate(request.body);
        if (update === null) return reply.code(400).send();
        // Not by Fastify's handlerTimeout: it is called off when the body has been read.
        const stored = withDeadline(answerLimitMs, null, () => receive(update));
        const result = await stored.catch((error: unknown) => {
          log.error({ updateId: update.update_id, err: error }, 'an update could not be stored');
          return 'failed' as const;
        });
        switch (result) {
          case 'stored':
            return reply.code(200).send();
          case 'busy':
            return reply.code(429).header('retry-after', RETRY_AFTER_SECONDS).send();
          case 'failed':
            return reply.code(503).send();
        }
      },
    );
  });
}

/** Of equal length whatever was given, so that the comparison takes the same time for every guess. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
