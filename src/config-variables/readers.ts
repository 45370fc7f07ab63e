/** How values of the environment are read, whatever they are for. */
import { z } from 'zod';

export const text = z.string().trim().min(1, 'it is empty');

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, 'it is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `it is below ${min}`).max(max, `it is above ${max}`));

export const seconds = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?$/, 'it is not a number of seconds')
    .transform(Number)
    .pipe(z.number().min(min, `it is below ${min} seconds`).max(max, `it is above ${max} seconds`))
    .transform((value) => Math.round(value * 1000));

export const httpUrl = text.refine(
  (value) => /^https?:$/.test(protocolOf(value)),
  'it is not an http(s) address',
);

/** How one variable is read, what it is when absent, and what would be right. `secret`: never in an error. */
export type Variable = { schema: z.ZodType; absent?: string; right: string; secret?: boolean };

export type Variables = Readonly<Record<string, Variable>>;

export function yesOrNo<Absent extends 'true' | 'false'>(absent: Absent) {
  return {
    schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
    absent,
    right: 'true or false',
  } as const;
}

export function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

export function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

export function splitList(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

export function parseJson<S extends z.ZodType>(
  json: string,
  shape: S,
  context: z.RefinementCtx,
): z.output<S> {
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    context.addIssue({ code: 'custom', message: 'it is not the JSON it should be' });
    return z.NEVER;
  }
}
