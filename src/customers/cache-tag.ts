import type { PseudonymOf } from './former-customers.ts';

/** By which all that the caches hold of a person is found; in Redis it stays for a while, so it is no id. */
export function cacheTagOf({ pseudonymOf }: { pseudonymOf: PseudonymOf }, userId: number): string {
  return `person:${pseudonymOf(userId)}`;
}
