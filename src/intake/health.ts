import type { PartHealth } from '../health.ts';

/** An update is answered within seconds; a minute means that people wait. */
const SLOW_MS = 60_000;
/**
 * Fifteen handlers that run into their deadline one after the other: longer than a lane stands for any reason that
 * passes by itself, a flood limit of Telegram's included.
 */
const FAR_TOO_OLD_MS = 600_000;

/**
 * How the intake is.
 * @param late this process may be taken for dead, and starts no handler
 * @param backlog of all processes together: the age of the oldest unfinished update, and how many were given up
 */
export function intakeHealth(
  polling: PartHealth,
  late: boolean,
  { oldestMs, dead }: Readonly<{ oldestMs: number | null; dead: number }>,
): PartHealth {
  const facts = { oldestUpdateMs: oldestMs === null ? null : Math.round(oldestMs), deadUpdates: dead };
  if (polling.status !== 'ok') return { ...polling, facts };
  if (late) return { status: 'unhealthy', note: 'its heartbeat is late', facts };
  const age = oldestMs ?? 0;
  if (age > FAR_TOO_OLD_MS) return { status: 'unhealthy', note: 'updates are not handled', facts };
  if (age > SLOW_MS) return { status: 'degraded', note: 'updates wait', facts };
  return { status: 'ok', facts };
}
