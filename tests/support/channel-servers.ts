/** Who listens beside the chat: a webhook and a mail server, each closed with the test that starts it. */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import { createSlackChannel } from '../../src/alerts/channels.ts';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A webhook that answers with a status, what it was sent, and the channel to it. */
export async function startWebhook(status: number) {
  const heard: { type: string | undefined; body: string }[] = [];
  const server = createHttpServer(async (request: IncomingMessage, response) => {
    heard.push({ type: request.headers['content-type'], body: await text(request) });
    response.writeHead(status).end('ok');
  });
  const port = await listen(server);
  onTestFinished(() => server.closeAllConnections());
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const url = `http://127.0.0.1:${port}/services/T0/B0/secret-part`;
  return { heard, channel: createSlackChannel(url, dispatcher) };
}

/** A mail server that takes everything, or one that never says a word; and what it took. */
export async function startMailServer(isDeaf = false) {
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
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { mails, recipients, url: `smtp://127.0.0.1:${port}` };
}
