import { AppError } from '../errors.ts';
import { DATABASE_SILENT } from './silence.ts';

/** Of postgres.js, when a connection breaks or cannot be made, and of ours, when it carries nothing any more. */
const CONNECTION_CODES = new Set([
  DATABASE_SILENT,
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  // Of the socket below it.
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * SQLSTATE: connection exceptions, a server that stops or starts, too many connections, clashes and waits, and a
 * transaction that the server ended because it heard nothing of us.
 */
const TRANSIENT_SQLSTATE = /^(?:08\w{3}|57P0[1-3]|57014|53300|40001|40P01|55P03|25P03)$/;

/** How far down an error's causes are looked at. */
const DEPTH = 5;

/**
 * True when the database could not serve us just now, so that the same work may succeed a moment later.
 * An AppError is never one: whoever threw it has judged its cause already.
 */
export function isPassingFault(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < DEPTH && current instanceof Error; depth++) {
    if (current instanceof AppError) return false;
    if ('code' in current && isPassingCode(current.code)) return true;
    current = current.cause;
  }
  return false;
}

/** The same of an error's `code` alone: of a driver, of the socket below it, or the server's SQLSTATE. */
export function isPassingCode(code: unknown): boolean {
  return typeof code === 'string' && (CONNECTION_CODES.has(code) || TRANSIENT_SQLSTATE.test(code));
}
