import type { PictureSize } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CallLimits, RunCall } from '../resilience/call.ts';
import { firstThatWorks, type Link } from './chain.ts';
import { ProviderFailure } from './classify-error.ts';
import { withLimits } from './limits.ts';
import type { PictureFormat, Size } from './models.ts';
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
  /** A large one is made by a model for which its size is sure, as long as one of those makes any. */
  size: PictureSize;
  productName: string;
  caption: string | null;
  photoshootId: number;
  pictureId: number;
  userId: number;
  /** Called with an unfinished picture, where the model streams one; it is decoded when somebody looks at it. */
  onPartial?: (decode: () => Uint8Array) => void;
  signal: AbortSignal;
}>;

/** A picture, and who made it. */
export type PictureFromProvider = Readonly<{
  /** In the format that was asked for, as far as the model kept to it; WebP, PNG or JPEG otherwise. */
  picture: Uint8Array;
  width: number;
  height: number;
  /** What was asked for in the end: the usual size also where no model made a large one. */
  size: PictureSize;
  asked: Size;
  provider: string;
  model: string;
  usage: Usage | null;
  costMicroUsd: number | null;
}>;

export type PictureDeps = Readonly<{
  /** The models, tried in order. */
  links: readonly Link[];
  /** What pictures are asked for in, where a model lets itself be asked. */
  format: PictureFormat;
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
 * The links in the order in which a picture is tried: a large one by those that can make it, wherever they stand, and
 * then, in the usual size, by the others.
 */
function linksFor(size: PictureSize, links: readonly Link[]): readonly Link[] {
  if (size === 'usual') return links;
  return [...links].sort((one, other) => Number(canMakeLarge(other)) - Number(canMakeLarge(one)));
}

/** Whether large pictures of this model are sure. */
export function canMakeLarge({ provider, model }: Link): boolean {
  return provider.imageModel(model).largeSizes !== null;
}

/** The links that can cut out a product. @throws AppError provider-rejected when there are none any more */
function cuttingLinks(links: readonly Link[]): readonly Link[] {
  const able = links.filter(({ provider, model }) => provider.imageModel(model).transparent);
  const [first] = links;
  if (able.length > 0 || first === undefined) return able;
  throw new AppError('provider-rejected', 'no model of the chain makes transparent pictures', {
    details: { reason: 'rejected', model: pictureEndpoint(first), code: 'no-transparency', words: '' },
  });
}

/** The model does not take the request, and nothing was made. */
function isTurnedAway(error: unknown): boolean {
  return error instanceof ProviderFailure && error.fault.kind === 'rejected' && !error.fault.maybePaid;
}

/**
 * Makes one picture by the first model of the chain that can.
 * Throws AppError `provider-refused`, `provider-unavailable`, `provider-paused`, `provider-rejected` or `cancelled`
 * (see chain.ts).
 */
export function createMakePicture({ links, deadlineMs, run, paidCall, hashUser, ...deps }: PictureDeps) {
  return function makePicture(request: PictureRequest): Promise<PictureFromProvider> {
    const { photoshootId, pictureId, style } = request;
    const isCutOut = style.origin === 'cut-out';
    // What a scene has done to a product is no part of it.
    const before = isCutOut ? null : request.before;
    const images = before === null ? request.photos : [...request.photos, before];
    const log = deps.log.child({ photoshootId, pictureId });
    const prompt = picturePrompt({ ...request, photos: request.photos.length, hasBefore: before !== null });

    const show = request.onPartial;
    function onPartial(decode: () => Uint8Array): void {
      try {
        show?.(decode);
      } catch (error) {
        // Showing an unfinished picture must not cost the finished one.
        log.warn({ err: error }, 'an unfinished picture could not be shown');
      }
    }

    async function makeBy(link: Link, size: PictureSize, asked: Size, limits: CallLimits) {
      const { provider, model } = link;
      const { stream, partialImages, quality, inputFidelity, takesFormat } = provider.imageModel(model);
      const row = { purpose: 'picture', photoshootId, pictureId, provider: provider.name, model } as const;
      // What comes in one piece is silent for as long as it takes to make, and two to four times as many pixels until
      // there is something to show.
      const limit = stream && size === 'usual' ? 'silence' : 'long-silence';
      const call = { endpoint: pictureEndpoint(link), limit, costly: true, ...limits } as const;
      return run(call, async (attempt) => {
        const context = { signal: attempt.signal, photos: images.length, pixels: asked.width * asked.height };
        const reply = await paidCall(row, context, () =>
          provider.editPicture({
            stream,
            partialImages,
            quality,
            inputFidelity,
            // JPEG has no transparency.
            format: !takesFormat ? null : isCutOut ? 'webp' : deps.format,
            model,
            prompt,
            photos: images,
            ratio: request.ratio,
            size: asked,
            background: isCutOut ? 'transparent' : null,
            safetyIdentifier: hashUser(request.userId),
            onPartial: show === undefined ? null : onPartial,
            attempt,
          }),
        );
        const { picture, width, height, usage, costMicroUsd } = reply;
        const maker = { provider: provider.name, model };
        return { picture, width, height, size, asked, ...maker, usage, costMicroUsd };
      });
    }

    return withLimits(request.signal, deadlineMs, (limits) =>
      firstThatWorks(isCutOut ? cuttingLinks(links) : linksFor(request.size, links), log, async (link) => {
        const { sizes, largeSizes } = link.provider.imageModel(link.model);
        const usual = () => makeBy(link, 'usual', sizes[request.ratio], limits);
        if (request.size === 'usual' || largeSizes === null) return usual();
        try {
          return await makeBy(link, 'large', largeSizes[request.ratio], limits);
        } catch (error) {
          // An endpoint that does not know the size after all.
          if (!isTurnedAway(error)) throw error;
          log.warn({ err: error, model: link.model }, 'a model did not take the size of a large picture');
          return usual();
        }
      }),
    );
  };
}
