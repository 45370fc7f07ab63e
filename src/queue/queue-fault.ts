import { isPassingCode } from '../database/passing-fault.ts';

/** What pg-boss hands over: not always an Error, though it has the message of one, and its code where it has one. */
export type QueueFault = Readonly<{ message: string; code?: unknown }>;

/**
 * What node-postgres (client.js, pg-pool's index.js) and pg-boss's listener (db.js) say without a code when the server
 * does not answer in time, or a connection is gone.
 */
const OUT_OF_REACH = /^(?:LISTEN\/NOTIFY |timeout exceeded when trying to connect|Connection terminated)/;

/**
 * True when the queue could not reach its database just now, as on a machine that is busy for seconds. Nothing is lost
 * by that: each loop of pg-boss asks again, its listener connects anew, and until it has, polls find the jobs at most
 * a second later. Whether the database is there at all, the health check says.
 */
export function isPassingQueueFault({ message, code }: QueueFault): boolean {
  return isPassingCode(code) || OUT_OF_REACH.test(message);
}
