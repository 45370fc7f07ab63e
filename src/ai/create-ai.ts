import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import type { EndpointState, RunCall } from '../resilience/call.ts';
import { linkOf } from './chain.ts';
import { createDetectProduct, detectionEndpoint, type FourStyles } from './detect-product.ts';
import { aiHealth } from './health.ts';
import { createMakePicture, pictureEndpoint } from './make-picture.ts';
import { createModerate, moderationEndpoint } from './moderate.ts';
import { createOpenAiProvider } from './openai.ts';
import { createPaidCall } from './paid-call.ts';
import type { AiEndpoint, AttemptJournal } from './provider.ts';

export type AiDeps = Readonly<{
  endpoints: readonly [AiEndpoint, ...AiEndpoint[]];
  /** The chain, tried in order. `endpoint/model` picks an endpoint, a bare model is of the first one. */
  imageModels: readonly string[];
  visionModel: string;
  moderationModel: string;
  /** Milliseconds for one picture with all its attempts. */
  imageDeadlineMs: number;
  run: RunCall;
  /** The state of a circuit by the name that `run` was given. */
  circuitOf: (endpoint: string) => EndpointState;
  journal: AttemptJournal;
  /** People are known to the provider by a hash of their id with this salt. */
  userSalt: string;
  /** The house's four styles with titles in the language, for when the model's answer is of no use. */
  fallbackStyles: (language: string) => FourStyles;
  log: Log;
}>;

export type Ai = ReturnType<typeof createAi>;

/**
 * The AI: recognising a product, moderating what people send, making pictures. Every method throws AppError
 * `provider-refused`, `provider-unavailable`, `provider-paused` or `cancelled`, and nothing else of a
 * provider's. `state()` gives the circuit of every model and purpose it calls, also of those not called yet.
 */
export function createAi(deps: AiDeps) {
  const { run, log, fallbackStyles } = deps;
  const [first, ...others] = deps.endpoints;
  const providers = [createOpenAiProvider(first), ...others.map(createOpenAiProvider)] as const;
  const links = deps.imageModels.map((model) => linkOf(model, providers));
  const vision = linkOf(deps.visionModel, providers);
  const moderation = linkOf(deps.moderationModel, providers);
  const paidCall = createPaidCall({ journal: deps.journal, log });
  const hashUser = (userId: number) =>
    createHash('sha256').update(`${deps.userSalt}:${userId}`).digest('hex');

  const endpoints: readonly string[] = [
    ...links.map(pictureEndpoint),
    detectionEndpoint(vision),
    moderationEndpoint(moderation),
  ];

  return {
    detectProduct: createDetectProduct({ link: vision, run, paidCall, hashUser, fallbackStyles, log }),
    moderate: createModerate({ link: moderation, run, log }),
    makePicture: createMakePicture({
      links,
      deadlineMs: deps.imageDeadlineMs,
      run,
      paidCall,
      hashUser,
      log,
    }),
    state: () => endpoints.map(deps.circuitOf),
    health: () => aiHealth(endpoints.map(deps.circuitOf)),
  };
}
