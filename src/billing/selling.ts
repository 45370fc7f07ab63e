/** Whether credits are sold, and if not, why: one state for the shop, the checkout and whoever looks after the bot. */
import type { AlertKind } from '../alerts/alert.ts';
import { standingAlerts } from '../alerts/read-alerts.ts';
import type { Database } from '../database/client.ts';
import type { PartHealth } from '../health.ts';
import { readSetting } from '../owners/settings.ts';

/** Why the provider does no work for us until a person has helped. */
export const PROVIDER_FAULTS = ['quota', 'key', 'model'] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/** What a paid call that succeeds proves to be over. */
export const PROVIDER_TROUBLES = [
  'provider-quota',
  'provider-key',
  'provider-model',
  'provider-outage',
] as const satisfies readonly AlertKind[];

/**
 * Each of these is an alert: nothing is sold exactly while it stands, so the owners are told of every pause and of
 * its end.
 */
export const PAUSE_REASONS = [
  ...PROVIDER_TROUBLES,
  'provider-budget',
] as const satisfies readonly AlertKind[];
/** `owner`: an owner has closed the shop (`/pause`), until an owner opens it. */
export type PauseReason = (typeof PAUSE_REASONS)[number] | 'owner';

/** @property words why an owner has closed the shop, as buyers read it */
export type Selling = Readonly<{ on: boolean; reasons: readonly PauseReason[]; words: string | null }>;

export async function readSelling(db: Database, now: Date): Promise<Selling> {
  const alerts = await standingAlerts(db, PAUSE_REASONS, now);
  const paused = await readSetting(db, 'selling-paused', now);
  const reasons: PauseReason[] = paused === null ? alerts : [...alerts, 'owner'];
  return { on: reasons.length === 0, reasons, words: paused?.why ?? null };
}

/** A pause makes nothing unhealthy; people are told. Rejects while the database is away. */
export async function sellingHealth(db: Database): Promise<PartHealth> {
  const { on, reasons } = await readSelling(db, new Date());
  return { status: on ? 'ok' : 'degraded', facts: { selling: { on, reasons } } };
}
