/**
 * What stands between us and the server. A pooler in transaction mode gives each transaction whichever connection is
 * free: what a session remembers (prepared statements, LISTEN, settings) is on another one, or is a stranger's.
 */
import { StartRefused } from '../errors.ts';
import { connectServer, type Sql } from './driver.ts';
import type { Server } from './server.ts';

export type Pooling = 'none' | 'session' | 'transaction';

/** More than a pooler has idle connections in a row to give to two clients by turns without giving one twice. */
const ROUNDS = 8;

/**
 * Found out by what connections are called. A server tells a client the id of the process that serves it, and a
 * pooler tells a number of its own. Two clients that are connected at once have two processes, and each the same one
 * for as long as it stays, unless a pooler in transaction mode passes the connections round.
 * @throws StartRefused for a pooler without transactions; the driver's error when the server cannot be reached
 */
export async function findPooling(server: Server): Promise<Pooling> {
  const open = () => connectServer(server, { max: 1, fetch_types: false, prepare: false });
  const clients = [open(), open()] as const;
  try {
    const { told, process } = await whoServes(clients[0]);
    const declared = server.address.transactionPooler;
    if (told === process && !declared) return 'none';
    await refuseStatementMode(clients[0]);
    return declared || (await passesRound(clients)) ? 'transaction' : 'session';
  } finally {
    await Promise.all(clients.map((client) => client.end({ timeout: 5 })));
  }
}

/** It ends the connection of whoever begins a transaction, and answers statements. */
async function refuseStatementMode(client: Sql): Promise<void> {
  try {
    await client.begin(async () => {});
  } catch (error) {
    await whoServes(client);
    throw new StartRefused(
      'The pooler is in statement mode, which has no transactions, and Vitrine moves money in them. Use its transaction or session mode, or the address past it.',
      { cause: error },
    );
  }
}

/** Whether two clients were served by one process, or one by several. */
async function passesRound(clients: readonly Sql[]): Promise<boolean> {
  const clientOf = new Map<number, Sql>();
  const processOf = new Map<Sql, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const client of clients) {
      const { process } = await whoServes(client);
      if ((clientOf.get(process) ?? client) !== client) return true;
      if ((processOf.get(client) ?? process) !== process) return true;
      clientOf.set(process, client);
      processOf.set(client, process);
    }
  }
  return false;
}

/** The process of the server behind a client: as it was told at the beginning, and as the server says itself. */
async function whoServes(client: Sql): Promise<{ told: number; process: number }> {
  const answer = await client<[{ process: number }]>`select pg_backend_pid() as process`;
  return { told: answer.state.pid, process: answer[0].process };
}
