import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { StarTransaction } from '@grammyjs/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { countOlder, pagesFrom } from '../../../src/payments/transactions.ts';
import { createGateway, type Gateway } from '../../../src/telegram/gateway.ts';
import { drawn } from '../../support/drawn-cases.ts';

/** A bot that has sold for long: Telegram’s answer to getStarTransactions, and nothing else. */
let list: StarTransaction[] = [];
let calls = 0;
let server: Server;
let gateway: Gateway;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    calls += 1;
    const { offset, limit } = await readBody(request);
    const result = { transactions: list.slice(offset, offset + Math.min(limit, 100)) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const apiRoot = `http://127.0.0.1:${address.port}`;
  const log = createLog({ level: 'silent', pretty: false });
  gateway = createGateway({ token: '1:token', apiRoot, log, pacing: 'off' });
});
afterAll(async () => {
  await gateway.close();
  server.close();
});

async function readBody(request: IncomingMessage): Promise<{ offset: number; limit: number }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  // What the gateway sends to this server is the parameters of one method.
  return JSON.parse(Buffer.concat(parts).toString()) as { offset: number; limit: number };
}

const transaction = (date: number, index: number): StarTransaction => ({ id: `t${index}`, amount: 1, date });

async function readFrom(offset: number): Promise<StarTransaction[]> {
  const all: StarTransaction[] = [];
  for await (const page of pagesFrom(gateway, offset)) all.push(...page);
  return all;
}

describe('the list of transactions', () => {
  test('is read whole and in order from any place, whatever its length', async () => {
    for (const length of [0, 1, 99, 100, 101, 200, 250]) {
      list = Array.from({ length }, (_, index) => transaction(index, index));
      expect(await readFrom(0)).toEqual(list);
      expect(await readFrom(7)).toEqual(list.slice(7));
    }
  });

  test('is searched for the first one of a time, with a few calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 300 }), fc.nat(60), async (dates, since) => {
        list = dates.sort((a, b) => a - b).map(transaction);
        calls = 0;
        const older = await countOlder(gateway, new Date(since * 1000));
        expect(older).toBe(dates.filter((date) => date < since).length);
        expect(calls).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(dates.length + 2)) + 2);
      }),
      drawn(40),
    );
  });
});
