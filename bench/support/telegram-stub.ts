/**
 * A child process: as little of the Bot API as a bot needs to answer a text, and as fast as node:http allows.
 * Told to expect answers, it says so when they have all been sent; told to hold updates, it gives them to
 * whoever polls.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody, sendJson } from './http-stub.ts';
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
const SENT = {
  message_id: 1,
  date: 1,
  chat: { id: 1, type: 'private', first_name: 'A' },
  from: ME,
  text: 'sent',
};
const ok = (result: unknown) => JSON.stringify({ ok: true, result });
/** Every other method answers true. */
const RESULTS: Readonly<Record<string, string>> = {
  sendMessage: ok(SENT),
  getMe: ok(ME),
  getStarTransactions: ok({ transactions: [] }),
};
const NO_UPDATES = ok([]);
const LARGEST_BATCH = 100;

const bots = new Map<string, Bot>();

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
  if (waiting !== null) sendJson(waiting, batch(bot, poll.firstId, LARGEST_BATCH));
});

const { url } = await listen((request, response) => {
  const [, path = '', method = ''] = (request.url ?? '').split('/');
  const bot = botOf(path.slice('bot'.length));
  if (method === 'getUpdates') {
    void giveUpdates(bot, request, response);
    return;
  }
  request.resume();
  sendJson(response, RESULTS[method] ?? '{"ok":true,"result":true}');
  if (method !== 'sendMessage') return;
  bot.answered += 1;
  if (bot.answered === bot.expected) process.send?.({ answered: bot.answered });
});
process.send?.({ url });
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
  const { offset = 0, limit = LARGEST_BATCH } = JSON.parse((await readBody(request)).toString() || '{}');
  if (Math.max(offset - bot.firstId, 0) < bot.queued.length)
    return sendJson(response, batch(bot, offset, limit));
  if (bot.waiting !== null) sendJson(bot.waiting, NO_UPDATES);
  bot.waiting = response;
}

function batch(bot: Bot, offset: number, limit: number): string {
  const from = Math.max(offset - bot.firstId, 0);
  return `{"ok":true,"result":[${bot.queued.slice(from, from + limit).join(',')}]}`;
}
