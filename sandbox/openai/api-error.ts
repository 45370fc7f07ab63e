/** Errors as the API words them, as far as its answers of 2025 and 2026 are known. */

export type ApiErrorParts = Readonly<{
  status: number;
  type: string;
  code: string | null;
  param: string | null;
  headers?: Readonly<Record<string, string>>;
}>;

/** Thrown anywhere below a route; the route's error handler writes it as the API would. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly parts: ApiErrorParts;

  constructor(message: string, parts: ApiErrorParts) {
    super(message);
    this.parts = parts;
  }

  /** The answer's body. */
  get body(): object {
    const { type, code, param } = this.parts;
    return { error: { message: this.message, type, param, code } };
  }
}

export function invalidRequest(message: string, param: string | null, code: string | null = null): ApiError {
  return new ApiError(message, { status: 400, type: 'invalid_request_error', code, param });
}

export function missing(param: string): ApiError {
  return invalidRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
}

export function badKey(authorization: string | undefined): ApiError {
  const key = authorization?.replace(/^Bearer\s+/i, '') ?? '';
  const parts = { status: 401, type: 'invalid_request_error', param: null };
  if (key === '') {
    return new ApiError(
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
      { ...parts, code: null },
    );
  }
  return new ApiError(
    `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    { ...parts, code: 'invalid_api_key' },
  );
}

export function noSuchModel(model: string): ApiError {
  return new ApiError(`The model '${model}' does not exist or you do not have access to it.`, {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    param: 'model',
  });
}

export function notFound(method: string, path: string): ApiError {
  return new ApiError(`Invalid URL (${method} ${path})`, {
    status: 404,
    type: 'invalid_request_error',
    code: null,
    param: null,
  });
}

export function tooLarge(): ApiError {
  return new ApiError('Maximum content size limit exceeded.', {
    status: 413,
    type: 'invalid_request_error',
    code: null,
    param: null,
  });
}

/** `retryAfter` in seconds; without it the answer has no Retry-After, as happens. */
export function rateLimited(retryAfter: number | undefined): ApiError {
  const wait = retryAfter === undefined ? '' : ` Please try again in ${retryAfter}s.`;
  return new ApiError(`Rate limit reached for requests per min (RPM): Limit 5, Used 5, Requested 1.${wait}`, {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    param: null,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
  });
}

export function quotaExhausted(): ApiError {
  return new ApiError(
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', param: null },
  );
}

/** Whatever an endpoint may say; unless told, that the model is for verified organisations only. */
export function ownError({ status = 403, code = null, description }: OwnError): ApiError {
  const message =
    description ??
    'Your organization must be verified to use the model. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization.';
  return new ApiError(message, { status, type: 'invalid_request_error', code, param: null });
}
type OwnError = Readonly<{ status?: number; code?: string | null; description?: string }>;

export function unknownField(field: string): ApiError {
  return invalidRequest(`Unknown parameter: '${field}'.`, field, 'unknown_parameter');
}

/** A picture that the safety system will not make. */
export function moderationBlocked(requestId: string, categories: readonly string[]): ApiError {
  return new ApiError(
    `Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID ${requestId}. safety_violations=[${categories.join(', ')}].`,
    { status: 400, type: 'image_generation_user_error', code: 'moderation_blocked', param: null },
  );
}

/** The API shows a key's first eight and last four characters. */
function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`;
}
