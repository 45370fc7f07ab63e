/**
 * The errors that Vitrine expects. `code` is for the machine, `message` for the log, `cause` for the
 * developer; the person's sentence is the text `error-<code>` of the locale files, so no message here is
 * ever shown in a chat.
 */

export const APP_ERROR_CODES = [
  // imaging
  'image-unreadable',
  'image-kind-unsupported',
  'image-too-large',
  'image-too-small',
  'imaging-busy',
  // ai
  'provider-refused',
  'provider-unavailable',
  'provider-paused',
  'cancelled',
  // photoshoots and billing
  'not-found',
  'draft-expired',
  'already-placed',
  'no-style-chosen',
  'too-many-styles',
  'style-text-length',
  'too-few-pictures',
  'not-enough-credits',
  'awaiting-payment',
  'nothing-to-refund',
  'promo-unknown',
  'promo-over',
  'promo-used',
  'give-back-quota',
  'give-back-share',
  'already-given-back',
  'too-many-photos',
  'too-many-saved-styles',
  // telegram
  'file-too-large',
  'file-gone',
  // anything else
  'too-many-requests',
  'too-many-photoshoots',
  'unexpected',
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** Values a person's sentence may need: counts, limits, seconds. Never a secret, never a person's data. */
export type AppErrorDetails = Readonly<Record<string, string | number>>;

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly details: AppErrorDetails;

  constructor(
    code: AppErrorCode,
    message: string,
    options: { cause?: unknown; details?: AppErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** True for an AppError, and when codes are named, only for one of these. */
export function isAppError(error: unknown, ...codes: AppErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}

/** Whatever was thrown, as an Error: libraries throw strings and plain objects as well. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Vitrine must not start as things are; the message tells the person who started it why, and what to do. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
