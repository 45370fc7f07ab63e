import { randomUUID } from 'node:crypto';
import { parseJson } from './protocol.ts';

/** Where endpoints of OpenAI's kind put a picture, up to its first character. Within a text it would be escaped. */
const BEFORE_PICTURE = /"b64_json"\s*:\s*"/;
/** Stands in for a picture while the rest is parsed; nobody else knows it. */
const CUT = randomUUID();

/**
 * JSON that may hold a picture. The picture is cut out before: JSON.parse looks at each of its million characters and
 * copies them, which is half of what reading an answer costs (docs/decisions/049).
 * @returns what JSON.parse would
 * @throws BadAnswer for what is no JSON
 */
export function parsePicture(text: string): unknown {
  const found = BEFORE_PICTURE.exec(text);
  if (found === null) return parseJson(text);
  const begins = found.index + found[0].length;
  const ends = text.indexOf('"', begins);
  const picture = text.slice(begins, ends);
  // What is escaped, or cut off, is the parser's.
  if (ends < 0 || picture.includes('\\')) return parseJson(text);
  return parseJson(`${text.slice(0, begins)}${CUT}${text.slice(ends)}`, (key, value) =>
    key === 'b64_json' && value === CUT ? picture : value,
  );
}
