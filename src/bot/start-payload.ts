/**
 * What a start link may carry. Telegram passes on at most 64 of `A-Za-z0-9_-`, so a link says it in parts that
 * are joined by `--`:
 *
 *   package_2, buy_2      a package to buy
 *   ref_<code>            who invites
 *   promo_<CODE>          a promo code
 *   vk_cpc_spring         the source: source_medium_campaign_content_term; source and one more at the least
 *   utm_source-vk         one field of the source, for all five `utm_…`
 *   yclid_<digits>        the click of an advertisement
 *   l_<code>              a stored link, for whatever does not fit
 *
 * A stored link keeps the long form, `utm_source=vk&utm_campaign=spring&ref=…&promo=…&package=2`.
 * What fits no form is passed over: a mistyped part never becomes a source.
 */
import { normalisePromoCode } from '../billing/promo-codes/promo-codes.ts';
import type { Source } from '../customers/attribution.ts';

export type StartPayload = Readonly<{
  /** From 1, in the order of the shop. */
  packageNumber: number | null;
  referralCode: string | null;
  promoCode: string | null;
  source: Omit<Source, 'clickId'> | null;
  /** The click of an advertisement; with each click a new one, so it joins a stored source. */
  clickId: string | null;
  /** A stored link that says more. */
  linkCode: string | null;
}>;

export const EMPTY_PAYLOAD: StartPayload = {
  packageNumber: null,
  referralCode: null,
  promoCode: null,
  source: null,
  clickId: null,
  linkCode: null,
};

const UTM_FIELDS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const;
const LONGEST_STORED = 1024;

/** What Telegram passed on after `/start`. */
export function parseStartPayload(payload: string): StartPayload {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(payload)) return EMPTY_PAYLOAD;
  return read(payload.split('--').flatMap(readPart));
}

/** The long form, as a stored link keeps it. Of a name that comes twice, the first value counts. */
export function parseLinkPayload(payload: string): StartPayload {
  if (payload.length > LONGEST_STORED) return EMPTY_PAYLOAD;
  return { ...read([...new URLSearchParams(payload)]), linkCode: null };
}

/** The long form of what was understood; parsed again it is the same. */
export function writeLinkPayload(payload: StartPayload): string {
  const { source } = payload;
  const fields: [string, string | number | null | undefined][] = [
    ['utm_source', source?.source],
    ['utm_medium', source?.medium],
    ['utm_campaign', source?.campaign],
    ['utm_content', source?.content],
    ['utm_term', source?.term],
    ['yclid', payload.clickId],
    ['ref', payload.referralCode],
    ['promo', payload.promoCode],
    ['package', payload.packageNumber],
  ];
  const set = fields.filter(([, value]) => value !== null && value !== undefined);
  return new URLSearchParams(
    Object.fromEntries(set.map(([name, value]) => [name, String(value)])),
  ).toString();
}

/** A link that was opened: what the payload itself says stands before what is stored behind its code. */
export function combinePayloads(direct: StartPayload, stored: StartPayload): StartPayload {
  return {
    packageNumber: direct.packageNumber ?? stored.packageNumber,
    referralCode: direct.referralCode ?? stored.referralCode,
    promoCode: direct.promoCode ?? stored.promoCode,
    source: direct.source ?? stored.source,
    clickId: direct.clickId ?? stored.clickId,
    linkCode: direct.linkCode,
  };
}

/** Where a person with this payload came from; the click ids that we know are those of Yandex Direct. */
export function sourceOf({ source, clickId }: StartPayload): Source | null {
  if (source !== null) return { ...source, clickId };
  if (clickId === null) return null;
  return { source: 'yandex', medium: null, campaign: null, content: null, term: null, clickId };
}

type Field = [name: string, value: string];

/** The long form's names for one part of the short one. */
function readPart(part: string): Field[] {
  const utm = /^(utm_[a-z]+)-(.+)$/.exec(part);
  if (utm?.[1] !== undefined && utm[2] !== undefined) return [[utm[1], utm[2]]];
  const [first = '', ...rest] = part.split('_');
  const value = rest.join('_');
  switch (first) {
    case 'package':
    case 'buy':
      return [['package', value]];
    case 'ref':
    case 'promo':
    case 'yclid':
    case 'l':
      return [[first, value]];
    case 'utm':
      return [];
    default:
      return readShortSource(first, rest);
  }
}

/** A lone word is no source: clients and other bots have words of their own for `start`. */
function readShortSource(source: string, rest: readonly string[]): Field[] {
  if (!/^[A-Za-z]/.test(source) || rest.length >= UTM_FIELDS.length || rest.every((field) => field === '')) {
    return [];
  }
  return [source, ...rest].flatMap((value, index): Field[] => {
    const name = UTM_FIELDS[index];
    return name === undefined || value === '' ? [] : [[name, value]];
  });
}

function read(fields: readonly Field[]): StartPayload {
  const get = (name: string) => fields.find(([known]) => known === name)?.[1] ?? null;
  const matching = (name: string, pattern: RegExp) => {
    const value = get(name);
    return value !== null && pattern.test(value) ? value : null;
  };
  const packageNumber = matching('package', /^[1-9]\d?$/);
  const promo = get('promo');
  return {
    packageNumber: packageNumber === null ? null : Number(packageNumber),
    referralCode: matching('ref', /^[0-9a-f]{32}$/),
    promoCode: promo === null ? null : normalisePromoCode(promo),
    source: readSource(get),
    clickId: matching('yclid', /^\d{1,20}$/),
    linkCode: matching('l', /^[0-9a-f]{16}$/),
  };
}

function readSource(get: (name: string) => string | null): StartPayload['source'] {
  const [source, medium, campaign, content, term] = UTM_FIELDS.map((name) => readUtm(get(name)));
  if (source === null || source === undefined) return null;
  return {
    source,
    medium: medium ?? null,
    campaign: campaign ?? null,
    content: content ?? null,
    term: term ?? null,
  };
}

/** In small letters, so that `VK` and `vk` are one source; null for what no campaign would be called. */
function readUtm(value: string | null): string | null {
  const text = value?.trim().toLowerCase() ?? '';
  return /^[\p{L}\p{N}][\p{L}\p{N} ._~+:|-]{0,63}$/u.test(text) ? text : null;
}
