/** Reads the config, starts the sandbox if there is no token, starts the app, and stops it on a signal. */
import { join } from 'node:path';
import { type AppConfig, type Config, connectToSandbox, readConfig, type SandboxConfig } from './config.ts';
import { refuseListening, StartRefused, toError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import { openFolder, openLogFile } from './log-file.ts';

try {
  await main();
} catch (error) {
  // What these say is all that there is to know; a stack would only hide it.
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  // Not by an exit code alone: the sandbox may be up already, and would keep the process alive.
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  // Never closed: the last line of a process may be the one that says why it ends.
  const file = config.log.file === null ? null : await openLogFile(config.log.file);
  const log = createLog(config.log, file);
  log.info('Vitrine is starting');
  // Node would print such an error as it is, with whatever a library has hung on it; the log redacts.
  const die = (error: unknown) => {
    log.fatal({ err: toError(error) }, 'Vitrine cannot go on');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  try {
    await run(config, log);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    die(error);
  }
}

async function run(config: Config, log: Log): Promise<void> {
  // Before there is anything to stop, a signal simply ends the process: whatever it does is safe against that.
  const closers: (() => Promise<void>)[] = [];
  stopOnSignals(log, async () => {
    for (const close of closers.reverse()) await close();
  });
  if (config.mode === 'sandbox' || config.database.kind === 'embedded')
    await openFolder(config.dataDir, 'DATA_DIR');
  const sandbox = config.mode === 'sandbox' ? await startSandboxed(config, log) : null;
  if (sandbox !== null) closers.push(sandbox.stop);
  const appConfig: AppConfig | undefined =
    sandbox?.config ?? (config.mode === 'sandbox' ? undefined : config);
  if (appConfig === undefined) throw new Error('there is neither a token nor a sandbox');
  if (config.environment === 'production' && config.database.kind === 'embedded') {
    log.warn(
      'production on the embedded database: set DATABASE_URL, or a power cut may lose what was paid for',
    );
  }
  // Loaded only here: it takes most of a start, and whoever waits should know by then that it began.
  const { startApp } = await import('./app.ts');
  const app = await startApp(appConfig, log);
  closers.push(app.stop);
  log.info({ mode: config.mode, health: `${app.url}/health` }, 'Vitrine is up');
  if (sandbox !== null) {
    process.stdout.write(`
  Open the chat:  ${sandbox.url}
  The dashboard:  write /dashboard there as Alex, who owns the shop

`);
  }
}

/** The doubles of Telegram and OpenAI; loaded only here, so that production never has them in memory. */
async function startSandboxed(config: SandboxConfig, log: Log) {
  const { ADMIN_ID, startSandbox } = await import('../sandbox/index.ts');
  const port = config.sandboxPort;
  const directory = join(config.dataDir, 'sandbox');
  const sandbox = await startSandbox({ port, log, directory }).catch((error: unknown) => {
    throw refuseListening(error, { host: '127.0.0.1', port, portVariable: 'SANDBOX_PORT' }) ?? error;
  });
  return { ...sandbox, config: connectToSandbox(config, { ...sandbox, adminId: ADMIN_ID }) };
}

/**
 * One request to stop may come as several signals: Ctrl-C from the terminal and once more from npm, which passes
 * on what it gets itself; in the same way from a supervisor that asks every process of a service.
 */
const SAME_REQUEST_MS = 1_000;

/** The first signal stops in good order; a second request means now. */
function stopOnSignals(log: Log, stop: () => Promise<void>): void {
  let askedAt: number | null = null;
  const onSignal = async (signal: NodeJS.Signals) => {
    if (askedAt !== null && performance.now() - askedAt < SAME_REQUEST_MS) return;
    if (askedAt !== null) process.exit(1);
    askedAt = performance.now();
    log.info({ signal }, 'stopping');
    try {
      await stop();
      log.info('stopped');
    } catch (error) {
      log.error({ err: toError(error) }, 'the stop went wrong');
      process.exitCode = 1;
    }
    process.exit();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
