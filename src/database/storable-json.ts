/** Escapes that JSON allows and jsonb refuses: the zero character, and halves of a surrogate pair. */
const REFUSED = /\\u(?:0000|d[89a-f])/;
/** Any escape, so that an escaped backslash in front of `u0000` is stepped over and not misread. */
const ESCAPE = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/**
 * The value as text that a jsonb column takes, and as what that text says: its unstorable characters are replaced
 * by U+FFFD in both, so that whoever works with the value can store each part of it. One odd text must not keep
 * a whole batch out of the database, for ever. JSON.stringify writes whole pairs as they are, so an escaped
 * surrogate is always half a pair.
 * @throws RangeError when it is nested thousands deep.
 */
export function toStorable<T extends object>(value: T): { value: T; json: string } {
  const json = JSON.stringify(value);
  if (!REFUSED.test(json)) return { value, json };
  const storable = json.replace(ESCAPE, (found) => (REFUSED.test(found) ? '\\ufffd' : found));
  // The same shape with other characters in its texts.
  return { value: JSON.parse(storable) as T, json: storable };
}
