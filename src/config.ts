/**
 * process.env → a frozen Config, a variant by mode. The only file that reads the environment.
 * A bad value stops the start with the variable's name, what is wrong and what would be right; the value
 * itself is shown only when the variable holds no secret.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readEndpoints } from './config/endpoints.ts';
import { secretsIn } from './config/secrets.ts';
import type { Config, PollingConfig, SandboxConfig } from './config/settings.ts';
import { settingsOf } from './config/settings-of.ts';
import { OPENAI_TAKES } from './config-variables/providers.ts';
import { type Name, readValues } from './config-variables.ts';
import { StartRefused } from './errors.ts';

export type {
  AiEndpoint,
  AppConfig,
  Config,
  Looks,
  Package,
  PollingConfig,
  SandboxConfig,
} from './config/settings.ts';

export class ConfigError extends StartRefused {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Vitrine cannot start with this environment:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * The Config that an environment describes.
 * @throws ConfigError with one line for every problem that was found, not only the first.
 */
export function parseConfig(given: NodeJS.ProcessEnv): Config {
  const environment = withProxyNames(given);
  const problems: string[] = [];
  const values = readValues(environment, problems);
  const endpoints = readEndpoints(values, environment, problems);
  // A value that is there and bad has been reported, and is not missing.
  const isGiven = (name: Name) => Boolean(environment[name]?.trim());
  if (isGiven('PUBLIC_URL') !== isGiven('WEBHOOK_SECRET')) {
    problems.push(
      'PUBLIC_URL and WEBHOOK_SECRET belong together: set both for a webhook, or neither for polling',
    );
  }
  if (!isGiven('BOT_TOKEN') && values.NODE_ENV === 'production') {
    problems.push(
      'BOT_TOKEN is missing: in production Vitrine never starts the sandbox; set the token that @BotFather gave you',
    );
  }
  if (values.NODE_ENV === 'production' && !isGiven('DATABASE_URL') && !isGiven('EMBEDDED_DATABASE')) {
    problems.push(
      'DATABASE_URL is missing: in production a power cut may cost the embedded database what was paid for; set the address of a PostgreSQL server, or EMBEDDED_DATABASE=accept to take that risk',
    );
  }
  if (!isGiven('BOT_TOKEN') && values.PORT > 0 && values.PORT === values.SANDBOX_PORT) {
    problems.push(
      `PORT and SANDBOX_PORT are both ${values.PORT}: without a token each needs a port of its own`,
    );
  }
  if (!isGiven('DATABASE_URL')) {
    for (const name of ['DATABASE_DIRECT_URL', 'DATABASE_PASSWORD'] as const) {
      if (isGiven(name))
        problems.push(`${name} says more of DATABASE_URL, which is missing: set that as well`);
    }
  }
  if (isGiven('METRIKA_COUNTER_ID') !== isGiven('METRIKA_TOKEN')) {
    problems.push('METRIKA_COUNTER_ID and METRIKA_TOKEN belong together: set both, or neither');
  }
  if (isGiven('SMTP_URL') !== isGiven('ALERT_EMAIL_TO')) {
    problems.push('SMTP_URL and ALERT_EMAIL_TO belong together: set both, or neither');
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const settings = settingsOf(values, secretsIn(environment, values));
  if (values.BOT_TOKEN === undefined || endpoints === undefined) {
    return Object.freeze({ ...settings, mode: 'sandbox', sandboxPort: values.SANDBOX_PORT });
  }
  const connected = {
    ...settings,
    telegram: {
      token: values.BOT_TOKEN,
      apiRoot: values.TELEGRAM_API_ROOT,
      username: values.BOT_USERNAME?.replace(/^@/, '') ?? null,
    },
    aiEndpoints: endpoints,
  };
  if (values.PUBLIC_URL !== undefined && values.WEBHOOK_SECRET !== undefined) {
    const webhook = { publicUrl: values.PUBLIC_URL.replace(/\/+$/, ''), secret: values.WEBHOOK_SECRET };
    return Object.freeze({ ...connected, mode: 'webhook', webhook });
  }
  return Object.freeze({ ...connected, mode: 'polling' });
}

/**
 * The environment of this process, with what `.env` in the working folder adds to it.
 * @throws StartRefused when the file is there and cannot be read as it should
 */
export function readConfig(): Config {
  // Into the environment itself, because libraries read variables of their own from it.
  Object.assign(process.env, { ...readEnvironmentFile(), ...process.env });
  return parseConfig(process.env);
}

/** By hand and not by `process.loadEnvFile`, which takes a byte order mark for a part of the first name. */
function readEnvironmentFile(): NodeJS.Dict<string> {
  const bytes = readEnvironmentBytes();
  // UTF-16 has a zero byte beside each letter of ours, with its byte order mark or without.
  if (bytes.includes(0)) {
    throw new StartRefused('The file .env is written in UTF-16: save it as UTF-8, and Vitrine can read it.');
  }
  return parseEnv(bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

function readEnvironmentBytes(): Buffer {
  try {
    return readFileSync('.env');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // No .env is the normal case; a file that is there and cannot be read must not be passed over.
    if (code === 'ENOENT') return Buffer.alloc(0);
    throw new StartRefused(
      code === 'EISDIR'
        ? 'Where the file .env should be there is a folder of that name: remove it, or put the file in its place.'
        : `The file .env cannot be read (${code}): let the user that Vitrine runs as read it, or remove it.`,
      { cause: error },
    );
  }
}

/** The sandbox's configuration with the addresses of the running doubles filled in. */
export function connectToSandbox(
  config: SandboxConfig,
  sandbox: {
    botToken: string;
    telegramApiRoot: string;
    openaiBaseUrl: string;
    openaiApiKey: string;
    adminId: number;
  },
): PollingConfig {
  const connected: PollingConfig = {
    ...config,
    mode: 'polling',
    adminIds: [...config.adminIds, sandbox.adminId],
    telegram: { token: sandbox.botToken, apiRoot: sandbox.telegramApiRoot, username: null },
    aiEndpoints: [
      {
        name: 'openai',
        baseURL: sandbox.openaiBaseUrl,
        apiKey: sandbox.openaiApiKey,
        api: 'images',
        takes: OPENAI_TAKES,
      },
    ],
  };
  return Object.freeze(connected);
}

/** The environment with the names of proxies in capitals: many systems have them in small letters alone. */
function withProxyNames(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { https_proxy: HTTPS_PROXY, http_proxy: HTTP_PROXY, no_proxy: NO_PROXY } = environment;
  return { HTTPS_PROXY, HTTP_PROXY, NO_PROXY, ...environment };
}
