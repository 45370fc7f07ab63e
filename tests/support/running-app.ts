/** Vitrine as a whole, on the running project's database, talking to a sandbox of its own. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { ADMIN_ID, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { TempoName } from '../../sandbox/openai/tempo.ts';
import { type App, startApp } from '../../src/app.ts';
import {
  type AppConfig,
  connectToSandbox,
  type Looks,
  type PollingConfig,
  parseConfig,
} from '../../src/config.ts';
import { createLog, type Log } from '../../src/log.ts';
import { createServerDatabase } from './database.ts';
import './provided.ts';

export const silentLog: Log = createLog({ level: 'silent', pretty: false });

export type Home = {
  /** What an environment needs to run on this database, in this process or another. */
  environment: Record<string, string> & { DATA_DIR: string };
  remove(): Promise<void>;
};

/** A migrated, empty database for a whole app, that outlives the app and is shared by those that get it. */
export async function createHome(): Promise<Home> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vitrine-home-'));
  const source = inject('testDatabase');
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
  if (source.kind === 'embedded') {
    cpSync(source.image, dataDir, { recursive: true });
    return { environment: { DATA_DIR: dataDir }, remove: async () => removeFolder() };
  }
  const database = await createServerDatabase(source.url);
  return {
    environment: { DATA_DIR: dataDir, DATABASE_URL: database.url },
    async remove() {
      await database.drop();
      removeFolder();
    },
  };
}

/** The configuration of an app in a home, connected to a sandbox; `overrides` are variables. */
export function configFor(
  home: Home,
  sandbox: Sandbox,
  overrides: Record<string, string> = {},
): PollingConfig {
  const config = parseConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    THREAD_POOL_SIZE: '1',
    USER_RATE_LIMIT: '1000',
    RATE_LIMIT_PER_USER: '1000',
    // It takes seconds of processor time a picture; its own tests turn it on.
    TRUTH_CHECK: 'off',
    // A machine that is busy with other tests would be an alert; what is told of it has tests of its own.
    PERFORMANCE_MONITORING: 'false',
    // Sellers of a scene send the same sample photo, and each is to be looked at; what is known again has its own tests.
    CACHE_ENABLED: 'false',
    ...home.environment,
    ...overrides,
  });
  if (config.mode !== 'sandbox') throw new Error('tests run against the sandbox');
  return connectToSandbox(config, { ...sandbox, adminId: ADMIN_ID });
}

/** Asked for by the environment; of the two runs the first is enough. */
export function isUpdatingScreenshots(): boolean {
  return process.env.UPDATE_SCREENSHOTS === '1' && inject('testDatabase').kind === 'embedded';
}

/**
 * So short that a test waits for what is looked for, and not for the look; but for the morning, whose digest would come
 * into the scenes of whoever runs them before noon.
 */
const BRISK_LOOKS: Looks = {
  lineMs: 500,
  providersMs: 250,
  alertsMs: 250,
  draftsMs: 1_000,
  digestsMs: 86_400_000,
};

/**
 * The configuration of an app of which a test waits for what happens and not for when: its looks are brisk, and it
 * leaves out the pace of one message a second in a chat, which has tests of its own and would be most of the time.
 */
export function brisk<C extends AppConfig>(config: C): C {
  return { ...config, looks: BRISK_LOOKS, telegram: { ...config.telegram, pacing: 'off' } };
}

export type Scene = { sandbox: Sandbox; app: App; config: PollingConfig; stop(): Promise<void> };

/**
 * How a scene differs from the usual one. `adjust` is for what cannot be told by variables, because it lies at the
 * sandbox or is brisk; `prepare` puts into the database what is there before the app; `tempo`: how finely and soon
 * pictures are drawn.
 */
export type Staging = {
  log?: Log;
  adjust?: (config: PollingConfig) => PollingConfig;
  tempo?: TempoName;
  prepare?: (home: Home, config: PollingConfig) => Promise<unknown>;
};

/**
 * Sandbox, database and app, all in this process; `stop` ends and removes everything.
 * @param overrides variables of the environment
 */
export async function startScene(
  overrides: Record<string, string> = {},
  {
    log = silentLog,
    adjust = (config) => config,
    // What the documentation shows is drawn finely.
    tempo = isUpdatingScreenshots() ? 'at-once' : 'hasty',
    prepare = async () => {},
  }: Staging = {},
): Promise<Scene> {
  const sandbox = await startSandbox({ port: 0, log: silentLog, tempo });
  const home = await createHome();
  const config = adjust(brisk(configFor(home, sandbox, overrides)));
  await prepare(home, config);
  const app = await startApp(config, log);
  return {
    sandbox,
    app,
    config,
    async stop() {
      await app.stop();
      await sandbox.stop();
      await home.remove();
    },
  };
}
