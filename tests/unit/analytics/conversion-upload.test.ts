import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type ConversionUpload, createMetrikaUpload } from '../../../src/analytics/conversion-upload.ts';
import { writeCsv } from '../../../src/screens/csv.ts';

const TOKEN = 'y0_secret-of-the-counter';
const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** A Metrika on this machine that notes what comes and answers as told. */
async function listen(
  answer: RequestListener,
): Promise<{ root: string; server: Server; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, received };
}

function metrika(apiRoot: string): ConversionUpload {
  const upload = createMetrikaUpload({ apiRoot, counterId: '2215573', token: TOKEN, writeCsv });
  opened.push(upload.close);
  return upload;
}

const answering =
  (status: number, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
const accepted = answering(200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
const conversions = [
  {
    goal: 'paid',
    at: new Date('2026-03-01T12:00:00.999Z'),
    clickId: '123456789012345678',
    price: { amount: '199.00', currency: 'RUB' },
  },
  { goal: 'first_picture', at: new Date('2026-03-01T12:00:01Z'), clickId: '7', price: null },
];
const never = new AbortController().signal;

describe('uploading to Metrika', () => {
  test('sends one CSV file to the counter, with the token in the header alone', async () => {
    const { root, received } = await listen(accepted);
    expect(await metrika(root).upload(conversions, never)).toEqual({ kind: 'accepted' });
    expect(received).toHaveLength(1);
    const [request] = received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/management/v1/counter/2215573/offline_conversions/upload',
      headers: { authorization: `OAuth ${TOKEN}` },
    });
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(
      request?.headers['content-type'] ?? '',
    )?.[1];
    const parts = request?.body.split(`--${boundary}`) ?? [];
    expect(parts).toHaveLength(3);
    expect(parts[1]).toMatch(/name="file"; filename="conversions.csv"\r\ncontent-type: text\/csv\r\n/i);
    expect(parts[1]?.split('\r\n\r\n')[1]?.trim().split('\r\n')).toEqual([
      'Yclid,Target,DateTime,Price,Currency',
      '123456789012345678,paid,1772366400,199.00,RUB',
      '7,first_picture,1772366401,,',
    ]);
  });

  test('keeps the path of a server of one’s own', async () => {
    const { root, received } = await listen(accepted);
    await metrika(`${root}/proxy/`).upload(conversions, never);
    expect(received[0]?.path).toBe('/proxy/management/v1/counter/2215573/offline_conversions/upload');
  });

  test('says what Metrika refused, in its own word', async () => {
    const body = '{"errors":[{"error_type":"invalid_token","message":"…"}],"code":403}';
    const { root } = await listen(answering(403, body));
    expect(await metrika(root).upload(conversions, never)).toEqual({
      kind: 'refused',
      reason: 'status 403 invalid_token',
    });
  });

  test('repeats nothing of an answer that holds the token', async () => {
    const { root } = await listen(answering(400, `{"errors":[{"error_type":"${TOKEN}"}]}`));
    const outcome = await metrika(root).upload(conversions, never);
    expect(outcome).toEqual({ kind: 'refused', reason: 'status 400' });
  });

  test.each([
    ['a fault of the server', answering(503, 'busy'), 'status 503'],
    ['a page of a proxy', answering(200, '<html>'), 'status 200 without an upload'],
    ['an endless answer', answering(200, 'x'.repeat(100_000)), 'Error'],
    ['a cut connection', ((request) => request.socket.destroy()) as RequestListener, 'UND_ERR_SOCKET'],
  ])('takes %s for no answer', async (_name, answer, reason) => {
    const { root } = await listen(answer);
    expect(await metrika(root).upload(conversions, never)).toEqual({ kind: 'unreachable', reason });
  });

  test('follows no redirect: the token is for one address', async () => {
    const { root: elsewhere, received } = await listen(accepted);
    const { root } = await listen((_request, response) => {
      response.writeHead(307, { location: elsewhere }).end();
    });
    expect(await metrika(root).upload(conversions, never)).toMatchObject({ kind: 'refused' });
    expect(received).toEqual([]);
  });

  test('takes a closed port for no answer', async () => {
    const { root, server } = await listen(accepted);
    await new Promise((resolve) => server.close(resolve));
    expect(await metrika(root).upload(conversions, never)).toEqual({
      kind: 'unreachable',
      reason: 'ECONNREFUSED',
    });
  });

  test('ends when it is told to, with the reason it was given', async () => {
    const stop = new AbortController();
    const { root } = await listen(() => stop.abort(new Error('the process stops')));
    await expect(metrika(root).upload(conversions, stop.signal)).rejects.toThrow('the process stops');
    await expect(metrika(root).upload(conversions, stop.signal)).rejects.toThrow('the process stops');
  });
});
