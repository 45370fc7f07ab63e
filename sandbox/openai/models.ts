import { noSuchModel } from './api-error.ts';

/** Picture models, and whether they take any size in multiples of 16 or the three standard ones only. */
const PICTURE_MODELS: Readonly<Record<string, 'any-size' | 'standard-sizes'>> = {
  'gpt-image-2.6-sunburst': 'any-size',
  'gpt-image-2.6-flare': 'any-size',
  'gpt-image-2.5-sunburst': 'any-size',
  'gpt-image-2.5-flare': 'any-size',
  'gpt-image-2': 'any-size',
  'gpt-image-1.5': 'standard-sizes',
  'gpt-image-1-mini': 'standard-sizes',
  'chatgpt-image-latest': 'standard-sizes',
};

/** Shut down by now: gpt-image-1 in October 2026, the DALL·E models in May 2026. */
const RETIRED = ['gpt-image-1', 'dall-e-2', 'dall-e-3'];

/** A few of the text models, for the list; any `gpt-…` or `o…` name is answered. */
const TEXT_MODELS = [
  'gpt-6-luna',
  'gpt-5.6-terra',
  'gpt-5.6-luna',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
];
const MODERATION_MODELS = ['omni-moderation-latest', 'omni-moderation-2024-09-26'];

/** 2026-01-01, in seconds: the doubles have no history. */
const CREATED = 1_767_225_600;

/** Whether a picture model takes any size. @throws ApiError when there is no such model. */
export function takesAnySize(model: string): boolean {
  const kind = PICTURE_MODELS[familyOf(model)];
  if (kind === undefined) throw noSuchModel(model);
  return kind === 'any-size';
}

/** @throws ApiError unless the model answers questions. */
export function checkTextModel(model: string): void {
  const isPictures = familyOf(model) in PICTURE_MODELS || RETIRED.includes(model);
  if (isPictures || !/^(?:gpt-|chatgpt-|o\d)/.test(model)) throw noSuchModel(model);
}

/** @throws ApiError unless the model moderates. */
export function checkModerationModel(model: string): void {
  if (!MODERATION_MODELS.includes(model)) throw noSuchModel(model);
}

/** What ends, and when; as OpenAI announced it. */
const SHUTDOWN_DATES: Readonly<Record<string, string>> = {
  'gpt-image-1.5': '2026-12-01',
  'gpt-image-1-mini': '2026-12-01',
  'chatgpt-image-latest': '2026-12-01',
};

/** @throws ApiError unless it is a model that chats: a text model, or one of another maker that makes pictures too. */
export function checkChatModel(model: string): void {
  if (!model.includes('/')) checkTextModel(model);
}

/** The body of GET /models. */
export function listModels(): object {
  const names = [...Object.keys(PICTURE_MODELS), ...TEXT_MODELS, ...MODERATION_MODELS];
  return {
    object: 'list',
    data: names.map((id) => ({
      id,
      object: 'model',
      created: CREATED,
      owned_by: 'system',
      shutdown_date: SHUTDOWN_DATES[id] ?? null,
    })),
  };
}

/** The model's name without the date of a snapshot. */
function familyOf(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
