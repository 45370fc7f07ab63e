import type { PartHealth } from '../health.ts';

/** An open circuit makes nothing unhealthy: the bot takes orders, and they wait. */
export function aiHealth(states: readonly { endpoint: string; circuit: string }[]): PartHealth {
  const openCircuits = states.filter(({ circuit }) => circuit !== 'closed').map(({ endpoint }) => endpoint);
  return { status: openCircuits.length === 0 ? 'ok' : 'degraded', facts: { openCircuits } };
}
