import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import type { Call } from './call.ts';
import { imageBytes } from './image-url.ts';
import { checkModerationModel } from './models.ts';
import { parsed } from './parsed.ts';

/** The categories of omni-moderation, and which of them it finds in images. */
const CATEGORIES = {
  harassment: ['text'],
  'harassment/threatening': ['text'],
  hate: ['text'],
  'hate/threatening': ['text'],
  illicit: ['text'],
  'illicit/violent': ['text'],
  'self-harm': ['text', 'image'],
  'self-harm/intent': ['text', 'image'],
  'self-harm/instructions': ['text', 'image'],
  sexual: ['text', 'image'],
  'sexual/minors': ['text'],
  violence: ['text', 'image'],
  'violence/graphic': ['text', 'image'],
} as const satisfies Record<string, readonly ('text' | 'image')[]>;
type Category = keyof typeof CATEGORIES;

/** Obvious words, so that a refusal can be tried by hand; English and Russian beginnings. */
const BANNED: readonly [Category, RegExp][] = [
  ['sexual', words('porn|nude|naked|nsfw|erotic|порно|эроти|голая|голый|голые|обнаж')],
  ['sexual/minors', words('child porn|детск\\S* порн')],
  ['violence', words('murder|gore\\b|gory|bloodbath|massacre|убий|резня|расчлен')],
  ['violence/graphic', words('gore\\b|gory|decapitat|dismember|расчлен')],
  ['self-harm', words('suicide|self-harm|самоубий|суицид')],
  ['hate', words('nazi|swastika|нацист|свастик')],
  ['illicit', words('cocaine|heroin\\b|methamphet|кокаин|героин|наркот')],
];

const REQUEST = z.object({
  model: z.string().default('omni-moderation-latest'),
  input: z.union([
    z.string(),
    z.array(z.string()),
    z.array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('text'), text: z.string() }),
        z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
      ]),
    ),
  ]),
});

/** The categories that a text falls into by its obvious words. */
export function bannedCategories(text: string): Category[] {
  return BANNED.filter(([, pattern]) => pattern.test(text)).map(([category]) => category);
}

/**
 * POST /moderations: one result for the whole of a list of parts, and one for each of several texts. Pictures
 * are not judged; the fault `refusal` flags whatever is asked about.
 */
export function moderate({ body, id, fault }: Call): object {
  const { model, input } = parsed(REQUEST, body);
  checkModerationModel(model);
  const parts = typeof input === 'string' ? [input] : input;
  const texts = parts.map((part) =>
    typeof part === 'string' ? part : part.type === 'text' ? part.text : '',
  );
  const images = parts.flatMap((part) =>
    typeof part !== 'string' && part.type === 'image_url' ? [imageBytes(part.image_url.url, 'input')] : [],
  );
  if (images.length > 1)
    throw invalidRequest('Only one image is allowed in a request.', 'input', 'too_many_images');
  const asked = parts.some((part) => typeof part !== 'string') ? [texts.join('\n')] : texts;
  return {
    id: `modr-${id}`,
    model,
    results: asked.map((text) =>
      resultOf(fault?.kind === 'refusal' ? ['violence'] : bannedCategories(text), images.length > 0),
    ),
  };
}

function resultOf(found: readonly Category[], withImage: boolean): object {
  // Object.keys knows no more of its object than that the keys are strings.
  const categories = Object.keys(CATEGORIES) as Category[];
  const of = <T>(value: (category: Category) => T) =>
    Object.fromEntries(categories.map((category) => [category, value(category)]));
  return {
    flagged: found.length > 0,
    categories: of((category) => found.includes(category)),
    category_scores: of((category) => (found.includes(category) ? 0.97 : 0.00012)),
    category_applied_input_types: of((category) =>
      CATEGORIES[category].filter((type) => type === 'text' || withImage),
    ),
  };
}

function words(beginnings: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${beginnings})`, 'iu');
}
