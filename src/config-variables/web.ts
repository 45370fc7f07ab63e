/** Telegram, the HTTP server, and the proxies on both sides of them. */
import { isIP } from 'node:net';
import { z } from 'zod';
import {
  httpUrl,
  isLoopback,
  protocolOf,
  seconds,
  splitList,
  text,
  type Variables,
  wholeNumber,
  yesOrNo,
} from './readers.ts';

/** @param purpose what goes through it */
function proxyVariable(purpose: string) {
  return {
    schema: httpUrl,
    right: `the address of a proxy ${purpose}, such as http://user:password@proxy.example:3128`,
    // Its password.
    secret: true,
  } as const;
}

export const WEB = {
  BOT_TOKEN: {
    schema: z
      .string()
      .trim()
      .regex(/^\d+:[\w-]{30,}$/, 'it does not look like a bot token'),
    right: 'the token that @BotFather gave you, such as 123456:AA…',
    secret: true,
  },
  BOT_USERNAME: {
    schema: z
      .string()
      .trim()
      .regex(/^@?\w{5,32}$/, 'it is not a user name'),
    right: 'the bot’s user name without @; leave it out to ask Telegram',
  },
  ADMIN_IDS: {
    schema: text
      .transform((value) => value.split(',').map((id) => id.trim()))
      .pipe(z.array(wholeNumber(1, Number.MAX_SAFE_INTEGER))),
    right: 'Telegram ids separated by commas, such as 1234567,7654321',
  },
  TELEGRAM_API_ROOT: {
    schema: httpUrl,
    absent: 'https://api.telegram.org',
    right: 'the address of a Bot API server',
  },
  PUBLIC_URL: {
    schema: text.refine(
      (value) => protocolOf(value) === 'https:' || isLoopback(value),
      'Telegram sends webhooks to https addresses only',
    ),
    right:
      'the https address under which this server is reached; both PUBLIC_URL and WEBHOOK_SECRET, or neither',
  },
  DASHBOARD_URL: {
    schema: text.refine(
      (value) =>
        (protocolOf(value) === 'https:' || (protocolOf(value) === 'http:' && isLoopback(value))) &&
        new URL(value).pathname === '/',
      'it is no https address of a whole host, and somebody could listen on the way',
    ),
    right:
      'the https address under which owners reach this server, such as https://shop.example; leave it out where that is PUBLIC_URL',
  },
  WEBHOOK_SECRET: {
    schema: z.string().regex(/^[\w-]{16,256}$/, 'it must be 16–256 letters, digits, _ or -'),
    right: '16–256 letters, digits, _ or -; both PUBLIC_URL and WEBHOOK_SECRET, or neither',
    secret: true,
  },
  HOST: { schema: text, absent: '127.0.0.1', right: 'an address to listen on, such as 0.0.0.0' },
  PORT: { schema: wholeNumber(0, 65535), absent: '3000', right: 'a port, 0 for any' },
  SANDBOX_PORT: { schema: wholeNumber(0, 65535), absent: '3001', right: 'a port, 0 for any' },
  IP_RATE_LIMIT: {
    schema: wholeNumber(1, 1_000_000),
    absent: '30',
    right: 'requests a minute from one address',
  },
  COMPRESSION_ENABLED: yesOrNo('true'),
  COMPRESSION_LEVEL: { schema: wholeNumber(1, 9), absent: '6', right: '1 for fast, 6, or 9 for small' },
  BROTLI_QUALITY: { schema: wholeNumber(0, 11), absent: '4', right: '1 for fast, 4, or 11 for small' },
  USER_RATE_LIMIT: {
    schema: wholeNumber(1, 100_000),
    absent: '10',
    right: 'messages of one person in USER_RATE_WINDOW',
  },
  USER_RATE_WINDOW: { schema: seconds(1, 86_400), absent: '60', right: 'seconds' },
  RATE_LIMIT_PER_USER: {
    schema: wholeNumber(1, 1_000_000),
    absent: '50',
    right: 'photoshoots of one person in an hour',
  },
  RECOGNITIONS_PER_DAY: {
    schema: wholeNumber(1, 1_000_000),
    absent: '200',
    right: 'photos of one person that a model is asked about in a day',
  },
  HTTPS_PROXY: proxyVariable('for https addresses'),
  HTTP_PROXY: proxyVariable('for http addresses, and for https where HTTPS_PROXY is absent'),
  NO_PROXY: {
    schema: text,
    right: 'hosts that are reached without the proxy, separated by commas; * for all',
  },
  TRUST_PROXY: {
    schema: text.transform(parseTrustProxy),
    right:
      'addresses or networks of the proxies before the HTTP server, such as 10.0.0.0/8,127.0.0.1, or how many there are',
  },
} as const satisfies Variables;

/** Addresses, CIDRs and proxy-addr's own names for such; or a number of proxies. */
function parseTrustProxy(value: string, context: z.RefinementCtx): number | readonly string[] {
  if (/^\d+$/.test(value)) return Number(value);
  const places = splitList(value);
  const known = places.every((place) => NAMED_NETWORKS.includes(place) || isNetwork(place));
  if (known && places.length > 0) return places;
  context.addIssue({ code: 'custom', message: 'it is no list of addresses' });
  return z.NEVER;
}

/** What Fastify's trustProxy (proxy-addr) knows by name. */
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** An address of IPv4 or IPv6, with the length of its network's prefix or without. */
function isNetwork(place: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(place) ?? [];
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && Number(prefix ?? 0) <= bits;
}
