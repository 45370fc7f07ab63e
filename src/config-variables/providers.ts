/** Who makes pictures and looks at photos, and how patiently they are asked. */
import { z } from 'zod';
import { httpUrl, seconds, splitList, text, type Variables, wholeNumber } from './readers.ts';

export const PROVIDERS = {
  OPENAI_API_KEY: {
    schema: text.superRefine((key, context) => {
      const fault = faultOfKey(key);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    }),
    right: 'the key of your OpenAI project, whole and in one line',
    secret: true,
  },
  OPENAI_BASE_URL: {
    schema: httpUrl,
    absent: 'https://api.openai.com/v1',
    right: 'the address of an OpenAI-compatible endpoint',
  },
  AI_PROVIDERS: {
    schema: text.transform(parseProviders),
    right:
      '{"name": {"baseURL": "https://…", "apiKeyEnv": "NAME_OF_A_VARIABLE"}}, with "api": "chat" and a list "takes" where they are needed; see .env.example',
    // Names only, by rights; but this is where keys are put by mistake.
    secret: true,
  },
  IMAGE_MODELS: {
    schema: text.transform(splitList).refine((models) => models.length > 0, 'it names no model'),
    absent: 'gpt-image-2.6-sunburst,gpt-image-2.6-flare',
    right: 'models separated by commas, tried in order',
  },
  IMAGE_FORMAT: {
    schema: text.pipe(z.enum(['webp', 'jpeg'])),
    absent: 'webp',
    right: '“webp” (originals are PNG) or “jpeg” (originals are JPEG)',
  },
  VISION_MODEL: {
    schema: text,
    absent: 'gpt-5.6-luna',
    right:
      'a model that sees pictures and answers with structured output, or “off” for the house’s styles alone',
  },
  MODERATION_MODEL: {
    schema: text,
    absent: 'omni-moderation-latest',
    right: 'a moderation model, or “off” to check nothing',
  },
  PROMPT_TIMEOUT: {
    schema: seconds(0.1, 120),
    absent: '15',
    right: 'seconds for one attempt of a text call',
  },
  IMAGE_STALL_TIMEOUT: {
    schema: seconds(0.1, 240),
    absent: '20',
    right: 'seconds of silence after which a picture’s stream is given up',
  },
  IMAGE_DEADLINE: {
    schema: seconds(1, 290),
    absent: '120',
    right: 'seconds for one picture with all its attempts',
  },
  RETRY_MAX_ATTEMPTS: { schema: wholeNumber(1, 10), absent: '3', right: 'attempts in all, 1–10' },
  RETRY_BASE_DELAY: { schema: seconds(0, 60), absent: '1', right: 'seconds before the second attempt' },
  RETRY_MAX_DELAY: {
    schema: seconds(0, 600),
    absent: '30',
    right: 'the longest wait between attempts, in seconds',
  },
  CIRCUIT_FAILURE_THRESHOLD: {
    schema: wholeNumber(1, 100),
    absent: '5',
    right: 'failures in a row that open the circuit',
  },
  CIRCUIT_RESET_TIMEOUT: {
    schema: seconds(0.1, 3600),
    absent: '60',
    right: 'seconds until the single probe',
  },
  OUTAGE_ALERT_AFTER: {
    schema: seconds(0, 3600),
    absent: '60',
    right: 'seconds without an answer after which the owners are told and selling pauses',
  },
  PROVIDER_BUDGET_USD: {
    schema: text
      .regex(/^\d+(\.\d+)?$/, 'it is not a number of dollars')
      .transform(Number)
      .pipe(z.number().positive('it is nothing').max(1_000_000, 'it is above a million dollars')),
    right: 'dollars a day, such as 25; leave it out for no limit',
  },
  MAX_CONCURRENT_REQUESTS: {
    schema: wholeNumber(1, 10_000),
    absent: '100',
    right: 'pictures in flight at the providers',
  },
  TRUTH_CHECK: {
    schema: z.enum(['off', 'mark', 'redo']),
    right: 'off, mark or redo; leave it out for mark where memory allows it',
  },
} as const satisfies Variables;

/** What keeps a text from being a key, in the words of a problem; null for one that may be a key. */
export function faultOfKey(key: string): string | null {
  if (/…|\.{3}/.test(key)) return 'it holds an ellipsis, as a key that is shown shortened does';
  if (/\s/.test(key)) return 'it holds a space or a line break';
  // It is sent in a header, which takes nothing else.
  if (!/^[\x21-\x7e]+$/.test(key)) return 'it holds characters that no key has';
  if (/["'`<>]/.test(key)) return 'it holds quotation marks or brackets, which belong to no key';
  return null;
}

/** The fields of requests that not every compatible endpoint takes. */
const ENDPOINT_FIELDS = [
  'stream',
  'partial_images',
  'quality',
  'input_fidelity',
  'output_format',
  'background',
  'safety_identifier',
  'modalities',
  'image_config',
] as const;

export type EndpointField = (typeof ENDPOINT_FIELDS)[number];

/** What every field-by-field compatible endpoint takes: OpenAI's own. */
export const OPENAI_TAKES: readonly EndpointField[] = ENDPOINT_FIELDS;

/** What another maker's endpoint is sent unless it is said to take more, or less: what its models cannot do without. */
const USUALLY_TAKEN: Readonly<Record<'images' | 'chat', EndpointField[]>> = {
  images: ['quality', 'input_fidelity'],
  chat: ['modalities', 'image_config'],
};

function parseProviders(json: string, context: z.RefinementCtx) {
  const shape = z.record(
    // The first endpoint has this name: that of OPENAI_BASE_URL.
    z.string().regex(/^(?!openai$)[\w-]+$/),
    z
      .strictObject({
        baseURL: httpUrl,
        apiKeyEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
        api: z.enum(['images', 'chat']).default('images'),
        takes: z.array(z.enum(ENDPOINT_FIELDS)).optional(),
      })
      .transform((provider) => ({ ...provider, takes: provider.takes ?? USUALLY_TAKEN[provider.api] })),
  );
  try {
    return shape.parse(JSON.parse(json));
  } catch {
    // The reason is not passed on: a malformed value may hold a key where its name should stand.
    context.addIssue({ code: 'custom', message: 'it is not the JSON it should be' });
    return z.NEVER;
  }
}
