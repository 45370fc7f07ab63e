import { SECRET_NAMES, type Values } from '../config-variables.ts';

/**
 * Every secret that is configured: the values of secret variables, the keys of further endpoints, and of each the part
 * that is secret by itself, since libraries and servers show parts.
 */
export function secretsIn(environment: NodeJS.ProcessEnv, values: Values): readonly string[] {
  const names = [
    ...SECRET_NAMES,
    ...Object.values(values.AI_PROVIDERS ?? {}).map(({ apiKeyEnv }) => apiKeyEnv),
  ];
  const given = names.map((name) => environment[name]?.trim() ?? '');
  return given.flatMap((secret) => [secret, ...secretParts(secret)]).filter((secret) => secret !== '');
}

/** The password of an address, as it is written there and as it is meant; of a bot token what follows the bot's id. */
function secretParts(secret: string): string[] {
  const [, half] = /^\d+:([\w-]{30,})$/.exec(secret) ?? [];
  if (half !== undefined) return [half];
  const [, written] = /^[a-z][a-z0-9+.-]*:\/\/[^/]*?:(.*)@/i.exec(secret) ?? [];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    // A percent sign that encodes nothing.
    return [written];
  }
}
