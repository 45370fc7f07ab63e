import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { VARIABLE_NAMES } from '../../../src/config-variables.ts';

const text = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');

/** The assignments as they would be if someone took the # away from each. */
const shown = [...text.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => ({
  name,
  value,
}));

/** What is nothing unless it is given. All others have a default, and the file shows it. */
const WITHOUT_DEFAULT = [
  'ADMIN_API_TOKEN',
  'ADMIN_IDS',
  'AI_PROVIDERS',
  'ALERT_EMAIL_TO',
  'ALERT_QUIET_HOURS',
  'BOT_TOKEN',
  'BOT_USERNAME',
  'DASHBOARD_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_PASSWORD',
  'DATABASE_URL',
  'EMBEDDED_DATABASE',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'IMAGE_CACHE_DIR',
  'LOG_FILE',
  'MAX_WAITING_PHOTOSHOOTS',
  'MEMORY_LIMIT_MB',
  'METRIKA_COUNTER_ID',
  'METRIKA_TOKEN',
  'NO_PROXY',
  'OPENAI_API_KEY',
  'PAYMENT_PROVIDER_TOKEN',
  'PROVIDER_BUDGET_USD',
  'PUBLIC_URL',
  'REDIS_URL',
  'SLACK_WEBHOOK_URL',
  'SMTP_URL',
  'SUBSCRIPTION',
  'THREAD_POOL_SIZE',
  'TRUST_PROXY',
  'TRUTH_CHECK',
  'WEBHOOK_SECRET',
];

describe('.env.example', () => {
  test('names every variable that is read, once, and no other', () => {
    expect(shown.map((line) => line.name).sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  test('shows the default of each variable that has one', () => {
    const empty = shown.filter((line) => line.value === '').map((line) => line.name);
    expect(empty.sort()).toEqual(WITHOUT_DEFAULT);
    const environment = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
    expect(parseConfig(environment)).toEqual(parseConfig({}));
  });

  test('changes nothing as it stands', () => {
    expect(parseEnv(text)).toEqual({});
  });

  test('explains every variable: a sentence stands above each, or above the ones that belong together', () => {
    const lines = text.split('\n');
    const isSentence = (line: string | undefined) => line !== undefined && /^# .+[.}:]$/.test(line);
    const unexplained = lines.filter((line, index) => {
      if (!/^#?[A-Z][A-Z0-9_]*=/.test(line)) return false;
      const above = lines.slice(0, index).reverse();
      return !isSentence(above.find((other) => !/^#?[A-Z][A-Z0-9_]*=/.test(other)));
    });
    expect(unexplained).toEqual([]);
  });
});
