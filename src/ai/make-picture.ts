import type { Log } from '../log.ts';
import type { RunCall } from '../resilience/call.ts';
import { firstThatWorks, type Link } from './chain.ts';
import { withLimits } from './limits.ts';
import type { PaidCall } from './paid-call.ts';
import type { Usage } from './provider.ts';
import type { Ratio } from './ratios.ts';
import { type PromptStyle, picturePrompt } from './write-prompts.ts';

export type PictureRequest = Readonly<{
  /** Prepared JPEGs, one to fifteen views of the product. */
  photos: readonly Uint8Array[];
  /** The picture that is corrected or that there is to be another like, prepared in the same way; null for none. */
  before: Uint8Array | null;
  style: PromptStyle;
  ratio: Ratio;
  productName: string;
  caption: string | null;
  photoshootId: number;
  pictureId: number;
  userId: number;
  /** Called with an unfinished picture, where the model streams one. */
  onPartial?: (image: Uint8Array) => void;
  signal: AbortSignal;
}>;

/** A picture, and who made it. */
export type PictureFromProvider = Readonly<{
  /** WebP, as far as the model kept to what it was asked for; PNG or JPEG otherwise. */
  picture: Uint8Array;
  width: number;
  height: number;
  provider: string;
  model: string;
  usage: Usage | null;
  costMicroUsd: number | null;
}>;

export type PictureDeps = Readonly<{
  /** The models, tried in order. */
  links: readonly Link[];
  /** For one picture: every attempt at every model together. */
  deadlineMs: number;
  run: RunCall;
  paidCall: PaidCall;
  hashUser: (userId: number) => string;
  log: Log;
}>;

/** The circuit's name of a picture model. */
export function pictureEndpoint({ provider, model }: Link): string {
  return `${provider.name}/${model}`;
}

/**
 * Makes one picture by the first model of the chain that can.
 * Throws AppError `provider-refused`, `provider-unavailable`, `provider-paused`, `provider-rejected` or `cancelled`
 * (see chain.ts).
 */
export function createMakePicture({ links, deadlineMs, run, paidCall, hashUser, ...deps }: PictureDeps) {
  return function makePicture(request: PictureRequest): Promise<PictureFromProvider> {
    const { before, photoshootId, pictureId } = request;
    const images = before === null ? request.photos : [...request.photos, before];
    const log = deps.log.child({ photoshootId, pictureId });
    const prompt = picturePrompt({ ...request, photos: request.photos.length, hasBefore: before !== null });

    function onPartial(image: Uint8Array): void {
      try {
        request.onPartial?.(image);
      } catch (error) {
        // Showing an unfinished picture must not cost the finished one.
        log.warn({ err: error }, 'an unfinished picture could not be shown');
      }
    }

    return withLimits(request.signal, deadlineMs, (limits) =>
      firstThatWorks(links, log, (link) => {
        const { provider, model } = link;
        const { sizes, ...abilities } = provider.imageModel(model);
        const row = { purpose: 'picture', photoshootId, pictureId, provider: provider.name, model } as const;
        // What comes in one piece is silent for as long as it takes to make.
        const limit = abilities.stream ? 'silence' : 'long-silence';
        const call = { endpoint: pictureEndpoint(link), limit, costly: true, ...limits } as const;
        return run(call, async (attempt) => {
          const context = { signal: attempt.signal, photos: images.length };
          const reply = await paidCall(row, context, () =>
            provider.editPicture({
              ...abilities,
              model,
              prompt,
              photos: images,
              ratio: request.ratio,
              size: sizes[request.ratio],
              safetyIdentifier: hashUser(request.userId),
              onPartial,
              attempt,
            }),
          );
          const { picture, width, height, usage, costMicroUsd } = reply;
          return { picture, width, height, provider: provider.name, model, usage, costMicroUsd };
        });
      }),
    );
  };
}
