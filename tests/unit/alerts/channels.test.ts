/** Channels beside the chat: what they are told, and that a deaf one delays nobody. */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { createEmailChannel, createSlackChannel, sayEverywhere } from '../../../src/alerts/channels.ts';
import { hearLog } from '../../support/heard-log.ts';

const TEXT = '🔴 Memory runs short. 97 %, the limit is 95 %.\nSee /performance.';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A webhook that answers with a status, and what it was sent. */
async function startWebhook(status: number) {
  const heard: { type: string | undefined; body: string }[] = [];
  const server = createHttpServer(async (request: IncomingMessage, response) => {
    heard.push({ type: request.headers['content-type'], body: await text(request) });
    response.writeHead(status).end('ok');
  });
  const port = await listen(server);
  closers.push(() => server.closeAllConnections());
  const dispatcher = new Agent();
  closers.push(() => dispatcher.destroy());
  const url = `http://127.0.0.1:${port}/services/T0/B0/secret-part`;
  return { heard, channel: createSlackChannel(url, dispatcher) };
}

/** A mail server that takes everything, or one that never says a word; and what it took. */
async function startMailServer(isDeaf = false) {
  const mails: string[] = [];
  const recipients: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (isDeaf) return;
    let inData = false;
    let mail = '';
    socket.write('220 mail.example\r\n');
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (inData) {
          if (line === '.') {
            inData = false;
            mails.push(mail);
            socket.write('250 taken\r\n');
          } else mail += `${line}\n`;
          continue;
        }
        if (line.startsWith('RCPT TO:')) recipients.push(line.slice(9, -1));
        inData = line === 'DATA';
        socket.write(inData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
      }
    });
  });
  const port = await listen(server);
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { mails, recipients, url: `smtp://127.0.0.1:${port}` };
}

test('Slack is sent the text as JSON, and mail has its first line as the subject', async () => {
  const slack = await startWebhook(200);
  const mail = await startMailServer();
  const email = createEmailChannel(mail.url, ['anna@shop.example', 'boris@shop.example']);
  const heard = hearLog();
  await sayEverywhere([slack.channel, email], TEXT, heard.log);
  expect(heard.errors()).toEqual([]);
  expect(slack.heard).toEqual([{ type: 'application/json', body: JSON.stringify({ text: TEXT }) }]);
  expect(mail.recipients).toEqual(['anna@shop.example', 'boris@shop.example']);
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toMatch(/^Subject: /m);
});

test('a webhook that fails keeps no mail back, and its address stands in no line', async () => {
  const slack = await startWebhook(500);
  const mail = await startMailServer();
  const heard = hearLog();
  await sayEverywhere([slack.channel, createEmailChannel(mail.url, ['anna@shop.example'])], TEXT, heard.log);
  expect(mail.mails).toHaveLength(1);
  expect(heard.errors()).toEqual(['an alert did not get through a channel']);
  expect(heard.lines.join()).toContain('500');
  expect(heard.lines.join()).not.toContain('secret-part');
});

test('a deaf mail server is given up, and the others have long been told', async () => {
  const slack = await startWebhook(200);
  const deaf = await startMailServer(true);
  const heard = hearLog();
  const saying = sayEverywhere(
    [createEmailChannel(deaf.url, ['anna@shop.example']), slack.channel],
    TEXT,
    heard.log,
  );
  while (slack.heard.length === 0) await new Promise(setImmediate);
  expect(heard.errors()).toEqual([]);
  await saying;
  expect(heard.errors()).toEqual(['an alert did not get through a channel']);
}, 60_000);
