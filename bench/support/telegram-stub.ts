/**
 * A child process: as little of the Bot API as a bot needs to answer a text, and as fast as node:http allows.
 * Told to expect answers, it says so when they have all been sent; told to hold updates, it gives them to
 * whoever polls.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { untilParentLeaves } from './measured.ts';
import { textUpdate } from './updates.ts';

type Question = { token: string; expect: number; poll?: { firstId: number; people: number } };
type Bot = {
  expected: number;
  answered: number;
  queued: string[];
  firstId: number;
  waiting: ServerResponse | null;
};

const ME = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' };
const SENT = JSON.stringify({
  ok: true,
  result: {
    message_id: 1,
    date: 1,
    chat: { id: 1, type: 'private', first_name: 'A' },
    from: ME,
    text: 'sent',
  },
});
const NO_UPDATES = JSON.stringify({ ok: true, result: [] });

const bots = new Map<string, Bot>();
const server = createServer((request, response) => {
  const [, path = '', method = ''] = (request.url ?? '').split('/');
  const bot = botOf(path.slice('bot'.length));
  switch (method) {
    case 'sendMessage':
      request.resume();
      reply(response, SENT);
      bot.answered += 1;
      if (bot.answered === bot.expected) process.send?.({ answered: bot.answered });
      return;
    case 'getUpdates':
      void giveUpdates(bot, request, response);
      return;
    case 'getMe':
      request.resume();
      reply(response, JSON.stringify({ ok: true, result: ME }));
      return;
    default:
      request.resume();
      reply(response, '{"ok":true,"result":true}');
  }
});
server.keepAliveTimeout = 60_000;

process.on('message', ({ token, expect, poll }: Question) => {
  const bot = botOf(token);
  bot.expected = expect;
  bot.answered = 0;
  if (poll === undefined) {
    process.send?.({ expected: expect });
    return;
  }
  bot.firstId = poll.firstId;
  bot.queued = Array.from({ length: expect }, (_, index) => textUpdate(poll.firstId + index, poll.people));
  const { waiting } = bot;
  bot.waiting = null;
  if (waiting !== null) reply(waiting, batch(bot, poll.firstId, 100));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port was given');
process.send?.({ url: `http://127.0.0.1:${address.port}` });
await untilParentLeaves();
process.exit();

function botOf(token: string): Bot {
  const known = bots.get(token);
  if (known !== undefined) return known;
  const bot: Bot = { expected: 0, answered: 0, queued: [], firstId: 1, waiting: null };
  bots.set(token, bot);
  return bot;
}

/** Updates from the offset on; the poll is held open where there are none, as Telegram does. */
async function giveUpdates(bot: Bot, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { offset = 0, limit = 100 } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  if (Math.max(offset - bot.firstId, 0) < bot.queued.length)
    return reply(response, batch(bot, offset, limit));
  if (bot.waiting !== null) reply(bot.waiting, NO_UPDATES);
  bot.waiting = response;
}

function batch(bot: Bot, offset: number, limit: number): string {
  const from = Math.max(offset - bot.firstId, 0);
  return `{"ok":true,"result":[${bot.queued.slice(from, from + limit).join(',')}]}`;
}

function reply(response: ServerResponse, json: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
}
