/** What a schedule does where an analytics endpoint is set: it hears of every conversion that came of a click. */

import type { Conversion, ConversionUpload } from '../analytics/conversion-upload.ts';
import type { Database } from '../database/client.ts';
import type { Log } from '../log.ts';
import { claimConversions, returnConversions, type UnsentConversion } from '../statistics/conversions.ts';
import { isoPrice } from '../statistics/decimal-amount.ts';

/** Metrika links a conversion to a visit of the last 21 days; what is older would be refused. */
const LINKABLE_MS = 21 * 86_400_000;
const BATCH = 1000;

/**
 * Uploads what has not been uploaded yet. A batch that was not accepted is handed back for the next time; when
 * nobody knows whether it was, it is sent again, because an endpoint that hangs for hours would otherwise
 * swallow them all. A process that dies within an upload loses that batch rather than count it twice.
 * @returns how many conversions were uploaded
 */
export async function uploadConversions(
  deps: { db: Database; upload: ConversionUpload; log: Log },
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  const since = new Date(now.getTime() - LINKABLE_MS);
  let uploaded = 0;
  for (;;) {
    const batch = await claimConversions(deps.db, { since, limit: BATCH }, now);
    if (batch.length === 0) return uploaded;
    if (!(await uploadBatch(deps, batch, signal))) return uploaded;
    uploaded += batch.length;
  }
}

/** @returns false when the batch was handed back */
async function uploadBatch(
  deps: { db: Database; upload: ConversionUpload; log: Log },
  batch: readonly UnsentConversion[],
  signal: AbortSignal,
): Promise<boolean> {
  let accepted = false;
  try {
    const outcome = await deps.upload.upload(batch.map(toConversion), signal);
    accepted = outcome.kind === 'accepted';
    if (outcome.kind !== 'accepted') {
      deps.log.warn({ outcome: outcome.kind, reason: outcome.reason }, 'conversions were not uploaded');
    }
    return accepted;
  } finally {
    if (!accepted) await returnConversions(deps.db, batch);
  }
}

/** The goal is the event's name with underscores, such as `first_picture`. */
function toConversion({ kind, at, clickId, amount, currency }: UnsentConversion): Conversion {
  return { goal: kind.replaceAll('-', '_'), at, clickId, price: isoPrice(amount, currency) };
}
