/**
 * How the doubles are told to misbehave: rules that spoil answers, and holds that stop a request in its tracks.
 * One object serves both doubles; each asks it about every request and acts out what it is told.
 */

export type Service = 'telegram' | 'openai';

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
export const FAULT_KINDS = [
  'slow',
  '429',
  '5xx',
  'refusal',
  'hang',
  'hang-after',
  'reset',
  'reset-after',
  'truncate',
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
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type FaultRule = {
  /** Telegram: a method, or `file` for downloads. OpenAI: a path below /openai/v1/. `*` stands for any text. */
  match: string;
  kind: FaultKind;
  /** How many requests it spoils; absent: all of them, until the rule is taken back. */
  times?: number;
  delayMs?: number;
  /** Seconds. */
  retryAfter?: number;
  status?: number;
  code?: string;
  description?: string;
  /** The name of a field of a request. */
  field?: string;
};

export type FaultRules = Record<Service, FaultRule[]>;

/**
 * A stop on the way of requests. `reached` resolves when as many matching requests stand at it as were asked for,
 * unless told otherwise one; these and all that follow wait until `release` (they go on) or `drop` (their connections
 * are reset). Later ones pass.
 */
export type Hold = { readonly reached: Promise<void>; release(): void; drop(): void };
export type Passage = 'go' | 'drop';

export type Faults = ReturnType<typeof createFaults>;

type Gate = { service: Service; match: string; arrived: () => void; outcome: Promise<Passage> };

export function createFaults() {
  let rules: FaultRules = { telegram: [], openai: [] };
  const beforeRequest = new Set<Gate>();
  const beforeAnswer = new Set<Gate>();

  function placeHold(gates: Set<Gate>, service: Service, match: string, requests = 1): Hold {
    const reached = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<Passage>();
    let missing = requests;
    const arrived = () => {
      missing -= 1;
      if (missing === 0) reached.resolve();
    };
    const gate = { service, match, arrived, outcome: outcome.promise };
    gates.add(gate);
    const open = (passage: Passage) => {
      gates.delete(gate);
      outcome.resolve(passage);
    };
    return { reached: reached.promise, release: () => open('go'), drop: () => open('drop') };
  }

  async function pass(gates: Set<Gate>, service: Service, name: string): Promise<Passage> {
    for (const gate of [...gates]) {
      if (gate.service !== service || !matches(gate.match, name)) continue;
      gate.arrived();
      if ((await gate.outcome) === 'drop') return 'drop';
    }
    return 'go';
  }

  return {
    /** Replaces every rule. The rules are copied, so that counting `times` down touches no caller's object. */
    set(next: FaultRules): void {
      rules = { telegram: next.telegram.map(copy), openai: next.openai.map(copy) };
    },
    add(service: Service, rule: FaultRule): void {
      rules[service].push(copy(rule));
    },
    clear(): void {
      rules = { telegram: [], openai: [] };
    },
    /** The rules as they stand, `times` counted down. */
    rules(): FaultRules {
      return { telegram: rules.telegram.map(copy), openai: rules.openai.map(copy) };
    },
    /** The rule for this request, first come first served, and counts it as used. */
    next(service: Service, name: string): FaultRule | undefined {
      const rule = rules[service].find((candidate) => matches(candidate.match, name));
      if (rule?.times === undefined) return rule;
      const used = copy(rule);
      rule.times -= 1;
      rules[service] = rules[service].filter(
        (candidate) => candidate.times === undefined || candidate.times > 0,
      );
      return used;
    },
    /** Stops matching requests before they are carried out. */
    hold: (service: Service, match: string, requests?: number) =>
      placeHold(beforeRequest, service, match, requests),
    /** Lets matching requests be carried out and stops their answers. */
    holdAnswer: (service: Service, match: string) => placeHold(beforeAnswer, service, match),
    /** For the doubles: waits at the holds that stand before this request. */
    passRequest: (service: Service, name: string) => pass(beforeRequest, service, name),
    /** For the doubles: waits at the holds that stand before this request's answer. */
    passAnswer: (service: Service, name: string) => pass(beforeAnswer, service, name),
  };
}

function copy(rule: FaultRule): FaultRule {
  return { ...rule };
}

function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
