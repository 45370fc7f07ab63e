/** What the doubles can be told to do. It imports nothing: the web chat's page loads it as it is. */

const COMMON_KINDS = [
  'slow',
  '429',
  '5xx',
  'refusal',
  'hang',
  'hang-after',
  'reset',
  'reset-after',
  'truncate',
] as const;

/**
 * - `slow`: carried out after `delayMs`
 * - `429`: refused, with `retryAfter` seconds to wait
 * - `5xx`: an HTML page of a broken proxy, with `status` (502)
 * - `refusal`: the service's own refusal; Telegram: `status` (400) and `description`, OpenAI: moderation
 * - `hang`: never answered and not carried out; `hang-after`: carried out and never answered
 * - `reset`: the connection is reset instead of carrying out; `reset-after`: after carrying out
 * - `truncate`: carried out, half of the answer arrives, then the connection is cut
 *
 * OpenAI alone: `drip` (the body comes a few bytes at a time, every `delayMs`), `quota` (insufficient_quota),
 * `bad-key` (401), `broken-json` (a 200 that cannot be parsed), `no-completed` (a stream that ends without its
 * completed event), `not-a-product` (the vision call sees none),
 * `different-products` (it sees another product in each photo), `sees-trouble` (it sees the photo's trouble of `code`;
 * `cut-off`), `opaque` (a scene where a transparent picture was asked for), and what endpoints of other makers do: `api-error`
 * (an error of the API's own form with `status`, `code` and `description`; 403 for want of a verified organisation),
 * `field-refused` (400 when the request has `field`; `safety_identifier`), `one-piece` (JSON in answer to a request for
 * a stream), `by-address` (the same, with an address in place of the picture), `no-picture` (words in its place);
 * and what models do to products: `recoloured` (red and blue change places), `misprinted` (the vision call reads another
 * letter in a picture than in its photo).
 */
export const FAULT_KINDS = {
  telegram: COMMON_KINDS,
  openai: [
    ...COMMON_KINDS,
    'drip',
    'quota',
    'bad-key',
    'broken-json',
    'no-completed',
    'not-a-product',
    'different-products',
    'sees-trouble',
    'opaque',
    'api-error',
    'field-refused',
    'one-piece',
    'by-address',
    'no-picture',
    'recoloured',
    'misprinted',
  ],
} as const;
export type Service = keyof typeof FAULT_KINDS;
export type FaultKind = (typeof FAULT_KINDS)[Service][number];
