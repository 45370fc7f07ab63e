/** The process itself: its surroundings, what it may use, and who hears how it does. */
import { z } from 'zod';
import { httpUrl, protocolOf, seconds, text, type Variables, wholeNumber, yesOrNo } from './readers.ts';

export const PROCESS = {
  NODE_ENV: {
    schema: z.enum(['development', 'production', 'test']),
    absent: 'development',
    right: 'development, production or test',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    absent: 'info',
    right: 'trace, debug, info, warn, error, fatal or silent',
  },
  LOG_FILE: { schema: text, right: 'a file; leave it out for standard output alone' },
  ASYNC_WORKERS: { schema: wholeNumber(1, 1000), absent: '50', right: 'jobs in flight in this process' },
  MAX_WAITING_PHOTOSHOOTS: {
    schema: wholeNumber(1, 1_000_000),
    right:
      'photoshoots in line from 1 on; leave it out for fifty for each of ASYNC_WORKERS that has places at the providers',
  },
  MEMORY_LIMIT_MB: {
    schema: wholeNumber(128, 1_048_576),
    right: 'megabytes from 128 on; leave it out for three quarters of what the container has',
  },
  THREAD_POOL_SIZE: {
    schema: wholeNumber(1, 64),
    right: 'image worker threads; leave it out for one a core',
  },
  ADMIN_API_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{16,256}$/, 'it must be 16–256 characters without spaces'),
    right: '16–256 characters that nobody can guess, such as the output of: openssl rand -hex 24',
    secret: true,
  },
  PERFORMANCE_MONITORING: yesOrNo('true'),
  PERFORMANCE_INTERVAL: { schema: seconds(1, 3600), absent: '30', right: 'seconds between two samples' },
  PROMETHEUS_ENABLED: yesOrNo('true'),
  SLOW_QUERY_THRESHOLD: {
    schema: seconds(0.001, 600),
    absent: '1.0',
    right: 'seconds above which a statement is written down as slow',
  },
  DB_ECHO: yesOrNo('false'),
  SLACK_WEBHOOK_URL: {
    schema: httpUrl,
    right: 'the address of an incoming webhook of Slack, or of another service that takes the same',
    secret: true,
  },
  SMTP_URL: {
    schema: text.refine((value) => /^smtps?:$/.test(protocolOf(value)), 'it is not an smtp(s) address'),
    right:
      'the address of a mail server, such as smtps://user:password@mail.example:465; with ALERT_EMAIL_TO',
    secret: true,
  },
  ALERT_EMAIL_TO: {
    schema: text
      .transform((value) => value.split(',').map((address) => address.trim()))
      .pipe(z.array(z.email('it is not a mail address'))),
    right: 'mail addresses separated by commas; with SMTP_URL',
  },
  ALERT_QUIET_HOURS: {
    schema: text
      .regex(/^([01]?\d|2[0-3])-([01]?\d|2[0-3])$/, 'it is not two hours')
      .transform((value) => value.split('-').map(Number) as [number, number])
      .refine(([from, to]) => from !== to, 'it begins and ends at the same hour'),
    right: 'two hours of OWNER_TIME_ZONE, such as 22-8',
  },
} as const satisfies Variables;
