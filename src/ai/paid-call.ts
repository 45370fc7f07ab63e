import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { keepTrying } from '../resilience/keep-trying.ts';
import { waitAtMost } from '../time/deadline.ts';
import { classifyError, type Fault, interrupted, ProviderFailure } from './classify-error.ts';
import { costOf, typicalCostOf } from './prices.ts';
import type { AttemptJournal, AttemptOutcome, Usage } from './provider.ts';

type Row = Parameters<AttemptJournal['open']>[0];

/** What a paid call must tell for its row; `code` is for an answer that came and was of no use. */
type PaidReply = Readonly<{ usage: Usage | null; requestId: string | null; code?: string | null }>;

/** What a call is paid by: pictures that go in, and pixels of the one that comes out, where one does. */
type Asked = Readonly<{ photos: number; pixels?: number }>;

export type PaidCall = ReturnType<typeof createPaidCall>['paidCall'];

/**
 * How long a reply waits for its row, in milliseconds. The picture is worth more: behind this it counts as silence
 * of the provider, and what is paid for would be cut.
 */
const SETTLE_FIRST_MS = 1000;
/** How long the end of the process waits for rows that could not be settled yet, in milliseconds. */
const CLOSE_GRACE_MS = 5000;

/**
 * Makes one paid attempt: its row is written before the request and settled after it, whatever happened, and as
 * stubbornly as the picture is kept: while the database is away it is tried again beside the work.
 * Throws ProviderFailure for everything that the provider, the wire or our own limits did; an error of the
 * journal itself, before the request, is thrown as it is.
 */
export function createPaidCall({ journal, log }: Readonly<{ journal: AttemptJournal; log: Log }>) {
  const unsettled = new Set<Promise<void>>();

  async function settle(id: number, outcome: AttemptOutcome): Promise<void> {
    const settled = keepTrying(log, 'settle an attempt', () => journal.settle(id, outcome))
      // An open row counts as paid, as that of a process that died.
      .catch((error) =>
        log.error({ err: error, attempt: id }, 'an attempt at a provider could not be settled'),
      )
      .finally(() => unsettled.delete(settled));
    unsettled.add(settled);
    await waitAtMost(SETTLE_FIRST_MS, settled);
  }

  async function paidCall<T extends PaidReply>(
    row: Row,
    context: Readonly<{ signal: AbortSignal }> & Asked,
    call: () => Promise<T>,
  ): Promise<T & { costMicroUsd: number | null }> {
    const id = await journal.open(row);
    const startedAt = performance.now();

    const settleWith = (outcome: Omit<AttemptOutcome, 'durationMs'>) =>
      settle(id, { ...outcome, durationMs: Math.round(performance.now() - startedAt) });

    if (context.signal.aborted) {
      const fault = { ...interrupted(interruptionCode(context.signal)), maybePaid: false };
      await settleWith(outcomeOf(fault, row, context));
      throw new ProviderFailure(fault, context.signal.reason);
    }
    try {
      const reply = await call();
      const usual = () => typicalCostOf(row.model, row.purpose, context.photos, context.pixels);
      const costMicroUsd = reply.usage === null ? usual() : costOf(row.model, reply.usage);
      const { usage, requestId, code = null } = reply;
      await settleWith({ state: 'succeeded', code, usage, costMicroUsd, requestId });
      return { ...reply, costMicroUsd };
    } catch (error) {
      const fault = faultOf(error, context.signal);
      await settleWith(outcomeOf(fault, row, context));
      throw new ProviderFailure(fault, error);
    }
  }

  return {
    paidCall,
    /** Waits a little for the rows that could not be settled yet. */
    close: () => waitAtMost(CLOSE_GRACE_MS, Promise.all(unsettled)),
  };
}

/** The fault behind an error of an attempt: our own interruption when the signal aborted, whatever was thrown. */
export function faultOf(error: unknown, signal: AbortSignal): Fault {
  return signal.aborted ? interrupted(interruptionCode(signal)) : classifyError(error);
}

/** `cancelled` and `deadline` come with an AppError (see withLimits); any other abort is the attempt's limit. */
function interruptionCode({ reason }: AbortSignal): string {
  if (!(reason instanceof AppError)) return 'timeout';
  return reason.code === 'cancelled' ? 'cancelled' : String(reason.details.reason ?? reason.code);
}

function outcomeOf(
  fault: Fault,
  { model, purpose }: Row,
  { photos, pixels }: Asked,
): Omit<AttemptOutcome, 'durationMs'> {
  const { code, requestId } = fault;
  if (!fault.maybePaid) return { state: 'failed', code, usage: null, costMicroUsd: 0, requestId };
  const costMicroUsd = typicalCostOf(model, purpose, photos, pixels);
  return { state: 'unknown', code, usage: null, costMicroUsd, requestId };
}
