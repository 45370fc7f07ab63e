/** Enough for a sentence or two. */
const MAX_CHARACTERS = 240;
/** Keys, also those that the provider masks itself, addresses with a password, tokens, hashes and base64. */
const SECRETS = /\b(?:sk|pk|key)-[\w*…-]{6,}|\bBearer\s+\S+|\b\w+:\/\/[^\s/@]+@|[\w*+/=-]{28,}/gi;

/** What a provider says of an error, for the owners: one line, shortened, without anything like a secret; or null. */
export function providersWords(message: string): string | null {
  const line = message
    .slice(0, 4000)
    .replace(SECRETS, '[…]')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (line === '') return null;
  const characters = [...line];
  return characters.length <= MAX_CHARACTERS ? line : `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…`;
}
