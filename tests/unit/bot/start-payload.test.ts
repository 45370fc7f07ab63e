import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  combinePayloads,
  EMPTY_PAYLOAD,
  parseLinkPayload,
  parseStartPayload,
  type StartPayload,
  sourceOf,
  writeLinkPayload,
} from '../../../src/bot/start-payload.ts';

const REF = '0123456789abcdef0123456789abcdef';
const LINK = '0123456789abcdef';
const source = (fields: Partial<NonNullable<StartPayload['source']>>) => ({
  source: 'vk',
  medium: null,
  campaign: null,
  content: null,
  term: null,
  ...fields,
});
const payload = (fields: Partial<StartPayload>): StartPayload => ({ ...EMPTY_PAYLOAD, ...fields });

describe('a start payload', () => {
  test.each<[string, Partial<StartPayload>]>([
    ['package_2', { packageNumber: 2 }],
    ['buy_10', { packageNumber: 10 }],
    [`ref_${REF}`, { referralCode: REF }],
    ['promo_Spring25', { promoCode: 'SPRING25' }],
    [`l_${LINK}`, { linkCode: LINK }],
    ['yclid_123456789012345678', { clickId: '123456789012345678' }],
    ['vk_cpc', { source: source({ medium: 'cpc' }) }],
    ['VK_CPC_Spring-Sale', { source: source({ medium: 'cpc', campaign: 'spring-sale' }) }],
    [
      'vk_cpc_spring_banner_mugs',
      { source: { source: 'vk', medium: 'cpc', campaign: 'spring', content: 'banner', term: 'mugs' } },
    ],
    ['vk__spring', { source: source({ campaign: 'spring' }) }],
    ['utm_source-vk--utm_campaign-spring_2026', { source: source({ campaign: 'spring_2026' }) }],
  ])('%s is understood', (text, fields) => {
    expect(parseStartPayload(text)).toEqual(payload(fields));
  });

  test('says several things in parts', () => {
    expect(parseStartPayload('vk_cpc_spring--promo_SALE--package_3--yclid_42')).toEqual(
      payload({
        source: source({ medium: 'cpc', campaign: 'spring' }),
        promoCode: 'SALE',
        packageNumber: 3,
        clickId: '42',
      }),
    );
    expect(parseStartPayload(`ref_${REF}--buy_1`)).toEqual(payload({ referralCode: REF, packageNumber: 1 }));
  });

  test.each([
    '',
    'hello',
    'true',
    'package_',
    'package_0',
    'package_100',
    'package_two',
    'package_2_3',
    'ref_short',
    `ref_${REF}0`,
    `ref_${REF.toUpperCase()}`,
    'promo_',
    'promo_A',
    'l_nothing',
    'utm_source',
    'utm_source_vk',
    'utm_medium-cpc',
    'utm_nothing-x',
    'yclid_abc',
    'a_b_c_d_e_f',
    '1_2',
    '_cpc',
    'vk_',
    'vk__',
    '-',
    '--',
    '----',
    'vk cpc',
    'vk_cpc!',
    'источник_реклама',
    "vk_cpc';drop table users",
    `vk_${'c'.repeat(62)}`,
  ])('%j says nothing, and is no source', (text) => {
    expect(parseStartPayload(text)).toEqual(EMPTY_PAYLOAD);
  });

  test('passes over a part that fits no form, and keeps the others', () => {
    expect(parseStartPayload(`pakage_2x--ref_${REF}--package_x--promo_??`)).toEqual(EMPTY_PAYLOAD);
    expect(parseStartPayload(`package_x--ref_${REF}`)).toEqual(payload({ referralCode: REF }));
  });
});

describe('a stored payload', () => {
  test('is the long form', () => {
    const long = `utm_source=VK&utm_medium=cpc&utm_campaign=%D0%B2%D0%B5%D1%81%D0%BD%D0%B0+2026&ref=${REF}&promo=sale&package=2&yclid=7`;
    expect(parseLinkPayload(long)).toEqual(
      payload({
        source: source({ medium: 'cpc', campaign: 'весна 2026' }),
        referralCode: REF,
        promoCode: 'SALE',
        packageNumber: 2,
        clickId: '7',
      }),
    );
  });

  test('leads to no further link, and holds no formula and nothing endless', () => {
    expect(parseLinkPayload(`l=${LINK}`)).toEqual(EMPTY_PAYLOAD);
    expect(parseLinkPayload('utm_source==cmd|calc')).toEqual(EMPTY_PAYLOAD);
    expect(parseLinkPayload(`utm_source=${'x'.repeat(65)}`)).toEqual(EMPTY_PAYLOAD);
    expect(parseLinkPayload(`package=2&utm_term=${'x'.repeat(2000)}`)).toEqual(EMPTY_PAYLOAD);
  });

  test('stands behind what the link itself says, and a click joins its source', () => {
    const stored = parseLinkPayload('utm_source=yandex&utm_campaign=spring&promo=SALE&package=2');
    const opened = combinePayloads(parseStartPayload(`l_${LINK}--yclid_9--package_3`), stored);
    expect(opened).toMatchObject({ packageNumber: 3, promoCode: 'SALE', linkCode: LINK });
    expect(sourceOf(opened)).toEqual(
      source({ source: 'yandex', campaign: 'spring', clickId: '9' } as object),
    );
  });

  test('of a click alone is of the network whose click it is', () => {
    expect(sourceOf(parseStartPayload('yclid_9'))).toMatchObject({ source: 'yandex', clickId: '9' });
    expect(sourceOf(EMPTY_PAYLOAD)).toBeNull();
  });
});

/** What may be stored, whatever came in. */
function expectWellFormed(read: StartPayload): void {
  if (read.packageNumber !== null) expect(read.packageNumber).toSatisfy((n: number) => n >= 1 && n <= 99);
  if (read.referralCode !== null) expect(read.referralCode).toMatch(/^[0-9a-f]{32}$/);
  if (read.promoCode !== null) expect(read.promoCode).toMatch(/^[A-Z0-9]{3,24}$/);
  if (read.linkCode !== null) expect(read.linkCode).toMatch(/^[0-9a-f]{16}$/);
  if (read.clickId !== null) expect(read.clickId).toMatch(/^\d{1,20}$/);
  for (const value of Object.values(read.source ?? {})) {
    if (value === null) continue;
    expect(value).toMatch(/^[\p{L}\p{N}][\p{L}\p{N} ._~+:|-]*$/u);
    expect(value.length).toBeLessThanOrEqual(64);
  }
}

const piece = fc.oneof(
  fc.constantFrom('package', 'buy', 'ref', 'promo', 'l', 'utm_source', 'utm_term', 'yclid', 'vk', REF, LINK),
  fc.constantFrom('_', '-', '--', '=', '&', '%', '+', '2', '0', 'SALE'),
  fc.string({ maxLength: 6 }),
);
const noise = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
/** Fields as the parser leaves them: trimmed and in small letters. */
const utm = fc.stringMatching(/^[a-zа-я0-9][a-zа-я0-9 ._~+:|-]{0,20}[a-zа-я0-9]$/);
const utmOrNull = fc.option(utm);
const understood: fc.Arbitrary<StartPayload> = fc.record({
  packageNumber: fc.option(fc.integer({ min: 1, max: 99 })),
  referralCode: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/)),
  promoCode: fc.option(fc.stringMatching(/^[A-Z0-9]{3,24}$/)),
  source: fc.option(
    fc.record({ source: utm, medium: utmOrNull, campaign: utmOrNull, content: utmOrNull, term: utmOrNull }),
  ),
  clickId: fc.option(fc.stringMatching(/^\d{1,20}$/)),
  linkCode: fc.constant(null),
});

describe('whatever is typed behind /start', () => {
  test('is read without an exception into something that may be stored', () => {
    fc.assert(
      fc.property(noise, (text) => {
        expectWellFormed(parseStartPayload(text));
        expectWellFormed(parseLinkPayload(text));
        expect(parseLinkPayload(text).linkCode).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });

  test('is nothing when Telegram could not have passed it on', () => {
    fc.assert(
      fc.property(noise, (text) => {
        fc.pre(!/^[A-Za-z0-9_-]{1,64}$/.test(text));
        expect(parseStartPayload(text)).toEqual(EMPTY_PAYLOAD);
      }),
    );
  });

  test('is read the same way after it was stored', () => {
    fc.assert(
      fc.property(understood, (known) => {
        expect(parseLinkPayload(writeLinkPayload(known))).toEqual(known);
      }),
      { numRuns: 500 },
    );
  });
});
