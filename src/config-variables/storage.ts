/** What is kept where, and for how long. */
import { z } from 'zod';
import { AddressError, parseAddress } from '../database-address.ts';
import { StartRefused } from '../errors.ts';
import { parseRedisAddress } from '../redis-address.ts';
import { seconds, text, type Variables, wholeNumber, yesOrNo } from './readers.ts';

const databaseAddress = text.superRefine((value, context) => {
  try {
    parseAddress(value);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

const redisAddress = text.superRefine((value, context) => {
  try {
    parseRedisAddress(value);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

export const STORAGE = {
  EMBEDDED_DATABASE: {
    schema: z.enum(['accept']),
    right: 'accept, or nothing',
  },
  DATABASE_URL: {
    schema: databaseAddress,
    right: 'postgres://user:password@host:5432/name; leave it out for the embedded database',
    secret: true,
  },
  DATABASE_DIRECT_URL: {
    schema: databaseAddress,
    right: 'the address of the same database past the pooler; leave it out where there is none',
    secret: true,
  },
  DATABASE_PASSWORD: {
    schema: z.string().min(1, 'it is empty'),
    right: 'the password of the database, as it is; only used where DATABASE_URL has none',
    secret: true,
  },
  DATA_DIR: { schema: text, absent: './data', right: 'a folder that Vitrine may write to' },
  DB_POOL_MAX_SIZE: { schema: wholeNumber(1, 500), absent: '20', right: '1–500 connections' },
  DB_POOL_TIMEOUT: { schema: seconds(1, 600), absent: '30', right: 'seconds to wait for a connection' },
  DB_POOL_RECYCLE: {
    schema: seconds(1, 86_400),
    absent: '3600',
    right: 'seconds after which a connection is replaced',
  },
  QUERY_TIMEOUT: { schema: seconds(0.1, 3600), absent: '30', right: 'seconds a statement may run' },
  REDIS_URL: {
    schema: redisAddress,
    secret: true,
    right:
      'redis://user:password@host:6379/0, rediss://…, redis+cluster://a,b or redis+sentinel://a,b/master',
  },
  CACHE_ENABLED: yesOrNo('true'),
  CACHE_TTL: {
    schema: seconds(1, 2_592_000),
    absent: '3600',
    right: 'seconds for which what was seen in a photo is kept',
  },
  MAX_CACHE_SIZE: { schema: wholeNumber(1, 1_000_000), absent: '1000', right: 'the most entries of a cache' },
  IMAGE_CACHE_DIR: {
    schema: text,
    right:
      'a folder of its own for prepared photos, in DATA_DIR unless it is a whole path; leave it out for memory alone',
  },
  IMAGE_CACHE_MAX_MB: {
    schema: wholeNumber(1, 65_536),
    absent: '64',
    right: 'megabytes of prepared photos that are kept, on disk where IMAGE_CACHE_DIR is set',
  },
  IMAGE_CACHE_TTL: {
    // Of what is in the memory of other processes nobody can tell them: it must be over before a deletion is due.
    schema: seconds(1, 604_800),
    absent: '86400',
    right: 'seconds for which a prepared photo is kept',
  },
  PENDING_CONTEXT_TTL: {
    schema: seconds(10, 604_800),
    absent: '1800',
    right: 'seconds until a photo that was not used expires',
  },
  CLEANUP_INTERVAL: { schema: seconds(1, 86_400), absent: '300', right: 'seconds between two clean-ups' },
  PICTURE_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '30',
    right: 'days for which originals can be fetched, and an order waits for a seller who blocks the bot',
  },
  DRAFT_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '30',
    right: 'days for which a photo is kept that was never ordered with',
  },
  HISTORY_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '730',
    right: 'days for which photos, pictures and words of an order are kept',
  },
  SUPPORT_RETENTION_DAYS: {
    schema: wholeNumber(1, 3650),
    absent: '365',
    right: 'days for which closed tickets are kept, and what owners wrote about people',
  },
} as const satisfies Variables;
