/** Whether credits are sold, and if not, why: one state for the shop, the checkout and whoever looks after the bot. */
import { type AlertKind, standingAlerts } from '../alerts/alerts.ts';
import type { Database } from '../database/client.ts';
import type { PartHealth } from '../health.ts';

/** Why the provider does no work for us until a person has helped. */
export const PROVIDER_FAULTS = ['quota', 'key', 'model'] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/**
 * Each reason is an alert: nothing is sold exactly while it stands, so the owners are told of every pause and of
 * its end.
 */
export const PAUSE_REASONS = [
  'provider-quota',
  'provider-key',
  'provider-model',
  'provider-outage',
] as const satisfies readonly AlertKind[];
export type PauseReason = (typeof PAUSE_REASONS)[number];

export type Selling = Readonly<{ on: boolean; reasons: readonly PauseReason[] }>;

export async function readSelling(db: Database, now: Date): Promise<Selling> {
  const reasons = await standingAlerts(db, PAUSE_REASONS, now);
  return { on: reasons.length === 0, reasons };
}

/** A pause makes nothing unhealthy; people are told. Rejects while the database is away. */
export async function sellingHealth(db: Database): Promise<PartHealth> {
  const selling = await readSelling(db, new Date());
  return { status: selling.on ? 'ok' : 'degraded', facts: { selling } };
}
