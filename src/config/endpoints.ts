import { faultOfKey, OPENAI_TAKES } from '../config-variables/providers.ts';
import type { Name, Values } from '../config-variables.ts';
import type { AiEndpoint } from './settings.ts';
import { unlessOff } from './settings-of.ts';

/** The endpoints that can be used; undefined when there is none. */
export function readEndpoints(
  values: Values,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): readonly [AiEndpoint, ...AiEndpoint[]] | undefined {
  const further = Object.entries(values.AI_PROVIDERS ?? {}).map(([name, { apiKeyEnv, ...provider }]) => {
    const apiKey = environment[apiKeyEnv]?.trim() ?? '';
    const fault = apiKey === '' ? 'that variable is empty' : faultOfKey(apiKey);
    if (fault !== null) {
      problems.push(
        `AI_PROVIDERS names ${apiKeyEnv} for the key of “${name}”, and ${fault.replace(/^it/, 'its value')}`,
      );
    }
    return { name, apiKey, ...provider };
  });
  const ofOpenAi = modelsOf(values).filter(([variable, model]) => {
    const [endpoint = ''] = model.split('/', 1);
    if (further.some(({ name }) => name === endpoint) && model !== endpoint) return false;
    if (model !== endpoint && endpoint !== 'openai') {
      problems.push(
        `${variable} names “${model}”, and AI_PROVIDERS has no “${endpoint}”; a model of OPENAI_BASE_URL with a slash in its name is “openai/${model}”`,
      );
    }
    return true;
  });
  const [needed] = ofOpenAi;
  if (values.OPENAI_API_KEY === undefined) {
    if (needed !== undefined && values.BOT_TOKEN !== undefined && !environment.OPENAI_API_KEY?.trim()) {
      problems.push(
        `OPENAI_API_KEY is missing: with a BOT_TOKEN real pictures are made, and ${needed[0]} names “${needed[1]}”; set the key, name models of AI_PROVIDERS alone, or leave the token out for the sandbox`,
      );
    }
    const [first, ...others] = further;
    return first === undefined || needed !== undefined ? undefined : [first, ...others];
  }
  const openai = { name: 'openai', baseURL: values.OPENAI_BASE_URL, apiKey: values.OPENAI_API_KEY };
  return [{ ...openai, api: 'images', takes: OPENAI_TAKES }, ...further];
}

/** Every model of the configuration, with the variable that names it. */
function modelsOf(values: Values): (readonly [variable: Name, model: string])[] {
  const single = (['VISION_MODEL', 'MODERATION_MODEL'] as const).flatMap((variable) => {
    // A value that is bad was reported.
    const model = values[variable] === undefined ? null : unlessOff(values[variable]);
    return model === null ? [] : [[variable, model] as const];
  });
  return [...(values.IMAGE_MODELS ?? []).map((model) => ['IMAGE_MODELS', model] as const), ...single];
}
