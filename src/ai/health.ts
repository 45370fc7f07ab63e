import type { PartHealth } from '../health.ts';

/** An open circuit is shown and does not count as failing: the bot takes orders, and they wait. */
export function aiHealth(states: readonly { endpoint: string; circuit: string }[]): PartHealth {
  const open = states.filter((state) => state.circuit !== 'closed').map((state) => state.endpoint);
  return { status: 'ok', ...(open.length === 0 ? {} : { note: `not asked for now: ${open.join(', ')}` }) };
}
