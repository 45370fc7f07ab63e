import type { z } from 'zod';
import type { Attempt } from '../resilience/call.ts';
import type { ImageModel, PictureFormat, Size } from './models.ts';
import type { Ratio } from './ratios.ts';

/** Tokens as billed. `cachedTextTokens` are part of `inputTextTokens`. */
export type Usage = Readonly<{
  inputTextTokens: number;
  cachedTextTokens: number;
  inputImageTokens: number;
  outputTokens: number;
}>;

export const REFUSAL_REASONS = ['sexual', 'violence', 'hate', 'self-harm', 'illicit', 'other'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** The book of paid calls: each is written down before it is made and settled after it. */
export type AttemptJournal = Readonly<{
  open: (
    attempt: Readonly<{
      purpose: 'detection' | 'picture' | 'listing' | 'label';
      photoshootId: number;
      pictureId: number | null;
      provider: string;
      model: string;
    }>,
  ) => Promise<number>;
  settle: (id: number, outcome: AttemptOutcome) => Promise<void>;
}>;

/** How a paid call ended. */
export type AttemptOutcome = Readonly<{
  /** `unknown` is counted as paid: the answer was lost, or never waited for. */
  state: 'succeeded' | 'failed' | 'unknown';
  code: string | null;
  usage: Usage | null;
  costMicroUsd: number | null;
  durationMs: number;
  requestId: string | null;
}>;

export type AnswerRequest = Readonly<{
  model: string;
  /** The developer's part, and the user's part that comes with the photos. */
  instructions: string;
  text: string;
  photos: readonly Uint8Array[];
  /** `low` shows what there is (512 pixels), `high` what is written on it, for several times the tokens. */
  detail: 'low' | 'high';
  /** The answer's form, and the name that the provider knows it by. */
  schema: z.ZodType;
  schemaName: string;
  safetyIdentifier: string;
  signal: AbortSignal;
}>;

/** `text` is JSON of the asked form when `end` is `complete`, as far as the model kept to it. */
export type Answer = Readonly<{
  text: string;
  end: 'complete' | 'refused' | 'truncated';
  usage: Usage | null;
  requestId: string | null;
}>;

export type EditRequest = Readonly<{
  model: string;
  prompt: string;
  /** JPEG, one to sixteen views of the product. */
  photos: readonly Uint8Array[];
  ratio: Ratio;
  size: Size;
  safetyIdentifier: string;
  /** Null where the model is not asked for one, and makes a whole picture. */
  background: 'transparent' | null;
  /** Null where the model makes what it makes. */
  format: PictureFormat | null;
  /** Null where nobody looks at unfinished pictures. One is decoded when it is looked at; what is none throws then. */
  onPartial: ((decode: () => Uint8Array) => void) | null;
  attempt: Attempt;
}> &
  Omit<ImageModel, 'sizes' | 'largeSizes' | 'transparent' | 'takesFormat'>;

/** Its size is what the provider told, or else what it was asked for. */
export type PictureReply = Size &
  Readonly<{ picture: Uint8Array; usage: Usage | null; requestId: string | null }>;

/** One part of what is asked about: the API takes one photo at most. */
export type ModerationPart = Readonly<{
  model: string;
  text: string | null;
  photo: Uint8Array | null;
  signal: AbortSignal;
}>;

/** `shutdownDate`: its last day (UTC), such as `2026-12-01`; null where none is announced. */
export type ListedModel = Readonly<{ id: string; shutdownDate: string | null }>;

/**
 * One endpoint. Every method makes one request and throws what went wrong as the SDK throws it, or a
 * BadAnswer; none retries.
 */
export type Provider = Readonly<{
  name: string;
  /** What a model can do here. */
  imageModel: (model: string) => ImageModel;
  answer: (request: AnswerRequest) => Promise<Answer>;
  editPicture: (request: EditRequest) => Promise<PictureReply>;
  /** A call that costs nothing, to see whether anybody answers, and which models will end. */
  listModels: (signal: AbortSignal) => Promise<readonly ListedModel[]>;
  /** The names of the flagged categories, such as `sexual/minors`. */
  moderate: (part: ModerationPart) => Promise<readonly string[]>;
}>;
