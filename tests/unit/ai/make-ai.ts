import { type Dispatcher, getGlobalDispatcher } from 'undici';
import { verdictOf } from '../../../src/ai/classify-error.ts';
import { createAi } from '../../../src/ai/create-ai.ts';
import type { FourStyles } from '../../../src/ai/detect-product.ts';
import type { PictureFormat } from '../../../src/ai/models.ts';
import type { AttemptJournal, AttemptOutcome } from '../../../src/ai/provider.ts';
import type { AiEndpoint } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import type { PolicyEvent, PolicySettings } from '../../../src/resilience/call.ts';
import { createCallPolicies } from '../../../src/resilience/policy.ts';

type Attempt = Parameters<AttemptJournal['open']>[0];
export type Row = Attempt & Partial<AttemptOutcome>;

/** A journal in memory that also keeps the order of what was written. */
export function createJournal() {
  const rows: Row[] = [];
  const order: string[] = [];
  const journal: AttemptJournal = {
    async open(attempt) {
      order.push(`open ${attempt.model}`);
      return rows.push({ ...attempt }) - 1;
    },
    async settle(id, outcome) {
      order.push(`settle ${outcome.state}`);
      Object.assign(rows[id] ?? {}, outcome);
    },
  };
  return { journal, rows, order };
}

export const FALLBACK_STYLES: FourStyles = [
  { title: 'Plain', prompt: 'A plain white seamless background with soft light.' },
  { title: 'Wood', prompt: 'A wooden table by a window in the morning light.' },
  { title: 'Stone', prompt: 'A slab of grey stone with long soft shadows.' },
  { title: 'Colour', prompt: 'A bold single-coloured paper background, hard light.' },
];

/** Waits as short as can be, and limits that no busy machine reaches: a test of a limit sets its own. */
const QUICK: PolicySettings = {
  attemptTimeoutMs: 60_000,
  silenceTimeoutMs: 60_000,
  longSilenceTimeoutMs: 60_000,
  retry: { maxAttempts: 3, baseDelayMs: 1, maxDelayMs: 2000 },
  circuit: { failureThreshold: 5, resetTimeoutMs: 60_000 },
  maxConcurrentRequests: 100,
};

export function makeAi(
  endpoints: readonly [AiEndpoint, ...AiEndpoint[]],
  options: Readonly<{
    settings?: Partial<PolicySettings>;
    dispatcher?: Dispatcher;
    imageModels?: readonly string[];
    imageFormat?: PictureFormat;
    visionModel?: string | null;
    moderationModel?: string | null;
    imageDeadlineMs?: number;
    journal?: AttemptJournal;
  }> = {},
) {
  const events: PolicyEvent[] = [];
  const policies = createCallPolicies(
    { ...QUICK, ...options.settings },
    { classify: verdictOf, onEvent: (event) => events.push(event) },
  );
  const { journal, rows, order } = createJournal();
  const ai = createAi({
    endpoints,
    dispatcher: options.dispatcher ?? getGlobalDispatcher(),
    imageModels: options.imageModels ?? ['gpt-image-2'],
    imageFormat: options.imageFormat ?? 'webp',
    visionModel: options.visionModel === undefined ? 'gpt-5.4-mini' : options.visionModel,
    moderationModel:
      options.moderationModel === undefined ? 'omni-moderation-latest' : options.moderationModel,
    imageDeadlineMs: options.imageDeadlineMs ?? 60_000,
    run: policies.run,
    circuitOf: policies.state,
    letProbe: policies.letProbe,
    journal: options.journal ?? journal,
    userSalt: 'salt',
    log: createLog({ level: 'silent', pretty: false }),
  });
  return { ai, rows, order, events, policies };
}

export const JPEG = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), Buffer.alloc(64, 1)]);
