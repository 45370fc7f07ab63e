import type { z } from 'zod';
import { invalidRequest, missing } from './api-error.ts';

/** A body that follows the schema. @throws ApiError, worded as the API words it, about the first thing that does not. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const param = path?.replace(/^\./, '') ?? '';
  if (param === '') throw invalidRequest('We could not parse the JSON body of your request.', null);
  if (issue && !isPresent(body, issue.path)) throw missing(param);
  throw invalidRequest(
    `Invalid value for '${param}': ${issue?.message ?? 'it has the wrong form'}.`,
    param,
    'invalid_value',
  );
}

function isPresent(body: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    body,
  );
  return value !== undefined;
}
