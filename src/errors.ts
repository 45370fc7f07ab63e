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
  'image-too-narrow',
  'image-too-heavy',
  'imaging-busy',
  // ai
  'provider-refused',
  'provider-unavailable',
  'provider-paused',
  'provider-rejected',
  'cancelled',
  // photoshoots and billing
  'not-found',
  'already-done',
  'draft-expired',
  'already-placed',
  'no-style-chosen',
  'too-many-styles',
  'too-many-ideas',
  'style-text-length',
  'name-length',
  'card-changed',
  'not-enough-credits',
  'awaiting-payment',
  'nothing-to-refund',
  'refund-too-much',
  'buyer-deleted',
  'data-too-soon',
  'promo-unknown',
  'promo-over',
  'promo-used',
  'give-back-quota',
  'give-back-share',
  'already-given-back',
  'redo-not-free',
  'too-many-photos',
  'too-many-saved-styles',
  'style-name-length',
  'style-name-taken',
  'too-few-styles',
  // marketplaces
  'sku-form',
  'no-channel-chosen',
  'pack-under-way',
  // listings
  'no-listing',
  'too-many-listings',
  // telegram
  'file-too-large',
  'file-gone',
  // anything else
  'too-many-requests',
  'too-many-photoshoots',
  'line-full',
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
  override readonly name: string = 'StartRefused';
}

/** Where a server was told to listen, and the variables that told it; no `hostVariable`: nobody can change it. */
export type ListeningPlace = Readonly<{
  host: string;
  hostVariable?: string;
  port: number;
  portVariable: string;
}>;

/**
 * A start that is refused because a server cannot listen where it was told to, in a sentence that names the
 * variable to set; null for an error of another kind.
 */
export function refuseListening(error: unknown, place: ListeningPlace): StartRefused | null {
  const sentence = whyNotListening(error, place);
  return sentence === null ? null : new StartRefused(sentence, { cause: error });
}

/** The codes are those of bind(2), listen(2) and getaddrinfo(3); a file can be EACCES as well, hence the call. */
function whyNotListening(error: unknown, place: ListeningPlace): string | null {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return null;
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return null;
  const { host, hostVariable, port, portVariable } = place;
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: something else listens there. Stop it, or set ${portVariable} to another port, 0 for any.`;
    case 'EACCES':
      return `Port ${port} is not allowed to this process; ports below 1024 often are not. Set ${portVariable} to another port, 0 for any.`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return hostVariable === undefined
        ? null
        : `“${host}” is no address of this machine. Set ${hostVariable} to one that is: 127.0.0.1 for this machine alone, 0.0.0.0 for every network.`;
    default:
      return null;
  }
}

/** Which variable says where, and what it may be set to instead. */
const ELSEWHERE = {
  DATA_DIR: 'DATA_DIR to another folder',
  LOG_FILE: 'LOG_FILE to a file in another folder',
} as const;

/** The refusal of a start that cannot write to a folder; null for an error of another kind. */
export function refuseFolder(
  error: unknown,
  folder: string,
  variable: keyof typeof ELSEWHERE,
): StartRefused | null {
  const sentence = whyNotWriting(error, folder, ELSEWHERE[variable]);
  return sentence === null ? null : new StartRefused(sentence, { cause: error });
}

/** The codes are those of mkdir(2) and access(2). */
function whyNotWriting(error: unknown, folder: string, elsewhere: string): string | null {
  if (!(error instanceof Error && 'code' in error)) return null;
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return `Vitrine may not write to its folder ${folder}. Give it to the user that Vitrine runs as, or set ${elsewhere}.`;
    case 'EROFS':
      return `The folder ${folder} is on a disk that cannot be written to. Set ${elsewhere}.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no room left for the folder ${folder}. Make some, or set ${elsewhere}, on another disk.`;
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return `The folder ${folder} cannot be made, because something on its way is no folder. Set ${elsewhere}.`;
    default:
      return null;
  }
}
