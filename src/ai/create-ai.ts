import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { AiEndpoint } from '../config.ts';
import type { Log } from '../log.ts';
import type { EndpointState, RunCall } from '../resilience/call.ts';
import { createAskVision, detectionEndpoint } from './ask-vision.ts';
import { linkOf } from './chain.ts';
import { createDetectProduct } from './detect-product.ts';
import { createEndingModels } from './ending-models.ts';
import { aiHealth } from './health.ts';
import { createMakePicture, pictureEndpoint } from './make-picture.ts';
import { abilitiesOf, type PictureFormat } from './models.ts';
import { createModerate, moderationEndpoint } from './moderate.ts';
import { createOpenAiProvider } from './openai-provider.ts';
import { createPaidCall } from './paid-call.ts';
import { createProbe } from './probe.ts';
import type { AttemptJournal } from './provider.ts';
import { createReadLabels } from './read-labels.ts';
import { createWriteListing } from './write-listing.ts';
import { detectionInstructions, listingInstructions } from './write-prompts.ts';

export type AiDeps = Readonly<{
  endpoints: readonly [AiEndpoint, ...AiEndpoint[]];
  /** The connections to all endpoints. */
  dispatcher: Dispatcher;
  /** The chain, tried in order. `endpoint/model` picks an endpoint, a bare model is of the first one. */
  imageModels: readonly string[];
  imageFormat: PictureFormat;
  /** Null where products are not recognised. */
  visionModel: string | null;
  /** Null where nothing is moderated. */
  moderationModel: string | null;
  /** Milliseconds for one picture with all its attempts. */
  imageDeadlineMs: number;
  run: RunCall;
  /** The state of a circuit by the name that `run` was given. */
  circuitOf: (endpoint: string) => EndpointState;
  /** Lets an open circuit probe before its time (see the policy). */
  letProbe: (endpoint: string, seen: 'back' | 'there') => void;
  journal: AttemptJournal;
  /** People are known to the provider by a hash of their id with this salt. */
  userSalt: string;
  log: Log;
}>;

export type Ai = ReturnType<typeof createAi>;

/**
 * The AI: recognising a product, writing about it, moderating what people send, making pictures. Every method throws AppError
 * `provider-refused`, `provider-unavailable`, `provider-paused`, `provider-rejected` or `cancelled`, and nothing else
 * of a provider's. `state()` gives the circuit of every model and purpose it calls, also of those not called yet.
 */
export function createAi(deps: AiDeps) {
  const { run, log } = deps;
  const [first, ...others] = deps.endpoints;
  const connect = (endpoint: AiEndpoint) => createOpenAiProvider(endpoint, deps.dispatcher);
  const providers = [connect(first), ...others.map(connect)] as const;
  const links = deps.imageModels.map((model) => linkOf(model, providers));
  const linkUnlessOff = (model: string | null) => (model === null ? null : linkOf(model, providers));
  const vision = linkUnlessOff(deps.visionModel);
  const moderation = linkUnlessOff(deps.moderationModel);
  const { paidCall, close } = createPaidCall({ journal: deps.journal, log });
  const hashUser = (userId: number) =>
    createHash('sha256').update(`${deps.userSalt}:${userId}`).digest('hex');

  const askVision = vision === null ? null : createAskVision({ link: vision, run, paidCall, hashUser, log });
  const probe = createProbe(log);

  const places = [
    ...links.map((link) => ({ provider: link.provider, endpoint: pictureEndpoint(link) })),
    ...(vision === null ? [] : [{ provider: vision.provider, endpoint: detectionEndpoint(vision) }]),
    ...(moderation === null
      ? []
      : [{ provider: moderation.provider, endpoint: moderationEndpoint(moderation) }]),
  ];
  const endpoints = places.map(({ endpoint }) => endpoint);
  const canBeTried = (endpoint: string) => {
    const { circuit, probeInMs } = deps.circuitOf(endpoint);
    return circuit === 'closed' || probeInMs === 0;
  };

  return {
    /** Null where the owner has turned recognition off. */
    detectProduct: askVision === null ? null : createDetectProduct({ askVision, log }),
    /** Names what decides what is seen in a photo, apart from the photo: another name, another recognition. */
    recognitionVersion: (language: string) =>
      createHash('sha256')
        // What was allowed by one moderation is not allowed by the next.
        .update(JSON.stringify([deps.visionModel, deps.moderationModel, detectionInstructions(language)]))
        .digest('base64url'),
    /** Null where no model looks at photos. */
    writeListing: askVision === null ? null : createWriteListing(askVision),
    /** Null where no model looks at pictures. */
    readLabels: askVision === null ? null : createReadLabels(askVision),
    /** Names what decides what is written about a product, apart from its photos and the seller's words. */
    listingVersion: (language: string) =>
      createHash('sha256')
        .update(JSON.stringify([deps.visionModel, listingInstructions(language)]))
        .digest('base64url'),
    /** What can be offered beyond the usual picture. */
    abilities: abilitiesOf(
      links.map(({ provider, model }) => provider.imageModel(model)),
      deps.imageFormat,
    ),
    /** The models that make pictures, as `provider/model`. */
    pictureModels: links.map(({ provider, model }) => `${provider.name}/${model}`),
    moderate: createModerate({ link: moderation, run, log }),
    makePicture: createMakePicture({
      links,
      format: deps.imageFormat,
      deadlineMs: deps.imageDeadlineMs,
      run,
      paidCall,
      hashUser,
      log,
    }),
    /**
     * Asks every provider for what costs nothing, and lets the circuits probe of those that answer. Never rejects.
     * @returns whether a picture may be tried now: a model that may be called is at a provider that answers
     */
    async probe(signal: AbortSignal): Promise<boolean> {
      const asked = [...new Set(places.map(({ provider }) => provider))];
      const presences = await Promise.all(
        asked.map(async (provider) => [provider, await probe(provider, signal)] as const),
      );
      const seen = new Map(presences);
      for (const { provider, endpoint } of places) {
        const presence = seen.get(provider);
        if (presence === 'back' || presence === 'there') deps.letProbe(endpoint, presence);
      }
      return links.some((link) => seen.get(link.provider) !== 'away' && canBeTried(pictureEndpoint(link)));
    },
    /** The models of the configuration that end soon, see ending-models.ts. Never rejects. */
    endingModels: createEndingModels({
      links: [...links, vision, moderation].filter((link) => link !== null),
      log,
    }),
    state: () => endpoints.map(deps.circuitOf),
    health: () => aiHealth(endpoints.map(deps.circuitOf)),
    /** Waits a little for the rows of paid calls that could not be settled yet; no call may be under way. */
    close,
  };
}
