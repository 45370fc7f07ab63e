/** A child process: what a bot is without Vitrine. Telegraf with its own client answers each message at once. */
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import { Telegraf, Telegram } from 'telegraf';
import { Pool } from 'undici';
import { answerUsage, untilParentLeaves } from './measured.ts';

type Settings = {
  token: string;
  apiRoot: string;
  secret: string;
  answer: string;
  mode: 'webhook' | 'polling';
  /** How it calls: by Telegraf's own client, or by undici, as we do. */
  client: 'own' | 'undici';
};
const { token, apiRoot, secret, answer, mode, client }: Settings = JSON.parse(process.argv[2] ?? '{}');

const bot = new Telegraf(token, {
  telegram: {
    // Telegraf takes keep-alive connections away from addresses that begin with “http://”. Telegram's begin
    // with “https://”, so here the peer gets back what it has in real life.
    apiRoot: apiRoot.replace('http:', 'HTTP:'),
    agent: new Agent({ keepAlive: true }),
  },
});
if (client === 'undici') {
  const pool = new Pool(apiRoot, { connections: 64, pipelining: 1 });
  // Each update gets a client of its own from the context, so the class is what has to call otherwise.
  Telegram.prototype.callApi = async (method: string, payload: object) => {
    const { body } = await pool.request({
      method: 'POST',
      path: `/bot${token}/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    const { result } = (await body.json()) as { result: never };
    return result;
  };
}
bot.on('message', (ctx) => ctx.reply(answer, { parse_mode: 'HTML' }));
answerUsage();

if (mode === 'webhook') {
  const server = createServer(
    await bot.createWebhook({ domain: 'localhost', path: '/', secret_token: secret }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  process.send?.({ url: `http://127.0.0.1:${address.port}` });
} else {
  void bot.launch(() => process.send?.({ url: '' }));
}
await untilParentLeaves();
process.exit();
