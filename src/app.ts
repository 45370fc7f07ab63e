/** The table of contents: builds every part once, in order, and hands it on; nothing builds itself. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { verdictOf } from './ai/classify-error.ts';
import { createAi } from './ai/create-ai.ts';
import { createMetrikaUpload } from './analytics/conversion-upload.ts';
import { expireOrders } from './billing/orders/expire-orders.ts';
import { publishCommands } from './bot/commands.ts';
import { createBot } from './bot/create-bot.ts';
import type { BotDeps } from './bot/deps.ts';
import type { AppConfig } from './config.ts';
import { type Database, openDatabase } from './database/client.ts';
import { createImagePool } from './imaging/pool.ts';
import { createIntake, type Intake } from './intake/create-intake.ts';
import { ALLOWED_UPDATES } from './intake/update.ts';
import { registerWebhook } from './intake/webhook.ts';
import type { Log } from './log.ts';
import type { PaymentsDeps } from './payments/deps.ts';
import { createReconciliation } from './payments/reconcile.ts';
import { createChargeReport } from './payments/report-charge.ts';
import { finishPayments } from './payments/settle-charge.ts';
import { readPictureFileId } from './photoshoots/history.ts';
import { createAttemptJournal } from './photoshoots/run/record-attempt.ts';
import { createPipeline } from './pipeline/create-pipeline.ts';
import { uploadConversions } from './pipeline/upload-conversions.ts';
import { createQueue } from './queue/queue.ts';
import { createProviderPolicies } from './resilience/policy.ts';
import { createRateLimits } from './resilience/rate-limits.ts';
import { createUserLocks } from './resilience/user-locks.ts';
import { writeCsv } from './screens/csv.ts';
import { fallbackStyles } from './screens/fallback-styles.ts';
import { fetchPhoto } from './telegram/fetch-photo.ts';
import { createGateway, type Gateway } from './telegram/gateway.ts';
import { loadTexts } from './texts/texts.ts';
import { every } from './time/every.ts';
import { createWeb } from './web/create-web.ts';
import { checkDatabase, checkHealth, type ServiceHealth } from './web/health.ts';
import { invoicePhotoUrl, registerInvoicePhoto } from './web/invoice-photo.ts';

export type App = {
  url: string;
  /** Ends everything in the reverse order of its start; a second call waits for the first. */
  stop(): Promise<void>;
};

/** How long work under way may take to end before it is left to the next start. */
const GRACE_MS = 20_000;
/** Pictures that wait for an image thread; beyond that the work waits in the queue. */
const IMAGE_QUEUE = 256;
const LINE_REFRESH_MS = 3_000;
/** How often Telegram's list of transactions is compared with ours. */
const RECONCILE_MS = 600_000;
/** How often money that could not be written down, and paid orders that still wait, are tried again. */
const FINISH_PAYMENTS_MS = 60_000;
const UPLOAD_MS = 600_000;

/**
 * Builds and starts Vitrine. It is up when this resolves.
 * @throws when a neighbour that it cannot do without (database, Telegram) refuses it; what was opened is closed
 */
export async function startApp(config: AppConfig, log: Log): Promise<App> {
  const closers: (() => Promise<unknown>)[] = [];
  const opened = (close: () => Promise<unknown>) => closers.push(close);
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const url = await start(config, log, opened);
    let stopping: Promise<void> | null = null;
    return {
      url,
      stop() {
        stopping ??= closeAll();
        return stopping;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function start(
  config: AppConfig,
  log: Log,
  opened: (close: () => Promise<unknown>) => void,
): Promise<string> {
  const texts = loadTexts();
  const database = await openDatabase(databaseOptions(config), log);
  opened(database.close);
  const { db } = database;
  const queue = createQueue(database.queue, log);
  await queue.start();
  opened(() => queue.stop(GRACE_MS));

  const gateway = createGateway({ ...config.telegram, log });
  opened(() => gateway.close());
  const images = createImagePool({ threads: config.workers.imageThreads, maxQueue: IMAGE_QUEUE, log });
  opened(() => images.close());
  const policies = createProviderPolicies(config.ai, {
    classify: verdictOf,
    onEvent: (event) => log.info({ policy: event.kind, endpoint: event.endpoint }, 'provider policy'),
  });
  const ai = createAi({
    ...config.ai,
    endpoints: config.aiEndpoints,
    run: policies.run,
    circuitOf: policies.state,
    journal: createAttemptJournal(db),
    userSalt: createHash('sha256').update(config.telegram.token).digest('hex'),
    fallbackStyles: (language) => fallbackStyles(texts.in(language)),
    log,
  });

  const paymentsDeps: PaymentsDeps = {
    db,
    queue,
    gateway,
    texts,
    adminIds: config.adminIds,
    referral: config.selling.referral,
    freeCredits: config.credits.free,
    log,
  };
  const reportCharge = createChargeReport(paymentsDeps);
  const reconcile = createReconciliation({ ...paymentsDeps, reportCharge });
  const pipeline = createPipeline({ ...paymentsDeps, gateway, images, ai });
  const botDeps: BotDeps = {
    ...paymentsDeps,
    gateway,
    userLocks: createUserLocks(),
    rateLimits: createRateLimits(config.limits.userRate),
    reportCharge,
    draftTtlMs: config.draftTtlMs,
    giveBacksPerDay: config.credits.giveBacksPerDay,
    maxSavedStyles: config.maxSavedStyles,
    selling: config.selling,
    invoicePhotoUrl:
      config.mode === 'webhook'
        ? (pictureId) => invoicePhotoUrl(config.webhook.publicUrl, config.webhook.secret, pictureId)
        : null,
  };
  const bot = createBot(botDeps, await gateway.call('getMe', {}));
  const intake = createIntake({
    db,
    source:
      config.mode === 'webhook'
        ? { kind: 'webhook' }
        : {
            kind: 'polling',
            calls: {
              getUpdates: (params, signal) => gateway.call('getUpdates', params, { signal }),
              deleteWebhook: (signal) => gateway.call('deleteWebhook', {}, { signal }),
            },
          },
    handle: bot.handle,
    apologise: bot.apologise,
    log,
  });

  await pipeline.start({ workers: config.workers.jobs, aloneOnDatabase: config.mode === 'polling' });
  opened(every(LINE_REFRESH_MS, 'line', pipeline.refreshLine, log));
  opened(
    every(
      config.cleanupIntervalMs,
      'clean-up',
      () =>
        pipeline.cleanUp(config.pictureRetentionMs, {
          orders: () => expireOrders(db, new Date()),
          locks: () => botDeps.userLocks.sweep(),
          updates: () => intake.sweepOld(new Date()),
        }),
      log,
    ),
  );
  const upkeep = new AbortController();
  const reconciling = () => reconcile(new Date(), upkeep.signal);
  opened(every(RECONCILE_MS, 'reconciliation', reconciling, log, 'at once'));
  opened(
    every(
      FINISH_PAYMENTS_MS,
      'unfinished payments',
      () => finishPayments(paymentsDeps, new Date()),
      log,
      'at once',
    ),
  );
  const { metrika } = config.selling;
  if (metrika !== null) {
    const upload = createMetrikaUpload({ ...metrika, writeCsv });
    opened(() => upload.close());
    const uploading = () => uploadConversions({ db, upload, log }, new Date(), upkeep.signal);
    opened(every(UPLOAD_MS, 'conversions', uploading, log));
  }
  opened(async () => upkeep.abort());
  intake.start();
  // Side by side, because they share the grace; the parts below stay open for what still runs.
  opened(() => Promise.all([intake.drain(GRACE_MS), queue.drain(GRACE_MS)]));

  const web = await createWeb({
    ...config.http,
    routes: config.mode === 'webhook' ? publicRoutes(config.webhook, intake, db, gateway, log) : [],
    checkHealth: () =>
      checkHealth({
        database: () => checkDatabase(db),
        intake: () => intakeHealth(intake),
        provider: () => providerHealth(ai.state()),
      }),
    log,
  });
  opened(() => web.close());

  const publishing = new AbortController();
  opened(async () => publishing.abort());
  if (config.mode === 'webhook') await setWebhook(config.webhook, gateway);
  void publishCommands(botDeps, publishing.signal);
  return web.url;
}

function databaseOptions(config: AppConfig): Parameters<typeof openDatabase>[0] {
  return config.database.kind === 'embedded'
    ? { kind: 'embedded', directory: config.dataDir }
    : config.database;
}

const WEBHOOK_PATH = '/telegram/updates';

function publicRoutes(
  webhook: { secret: string },
  intake: Intake,
  db: Database,
  gateway: Gateway,
  log: Log,
): ((app: FastifyInstance) => void)[] {
  const readPicture = async (pictureId: number) => {
    const fileId = await readPictureFileId(db, pictureId);
    return fileId === null ? null : fetchPhoto(gateway, fileId);
  };
  return [
    (app) =>
      registerWebhook(app, { path: WEBHOOK_PATH, secret: webhook.secret, receive: intake.receive, log }),
    (app) => registerInvoicePhoto(app, { secret: webhook.secret, read: readPicture }),
  ];
}

async function setWebhook(
  webhook: { publicUrl: string; secret: string },
  gateway: ReturnType<typeof createGateway>,
): Promise<void> {
  await gateway.call('setWebhook', {
    url: `${webhook.publicUrl}${WEBHOOK_PATH}`,
    secret_token: webhook.secret,
    allowed_updates: ALLOWED_UPDATES,
  });
}

/** Polls that failed one after the other; a single one is nothing unusual. */
const FAILED_POLLS = 5;

function intakeHealth(intake: Intake): ServiceHealth {
  const failures = intake.pollingHealth()?.consecutiveFailures ?? 0;
  return failures < FAILED_POLLS
    ? { status: 'ok' }
    : { status: 'failing', note: `${failures} polls failed in a row` };
}

/** An open circuit is shown and does not count as failing: the bot takes orders, and they wait. */
function providerHealth(states: readonly { endpoint: string; circuit: string }[]): ServiceHealth {
  const open = states.filter((state) => state.circuit !== 'closed').map((state) => state.endpoint);
  return { status: 'ok', ...(open.length === 0 ? {} : { note: `not asked for now: ${open.join(', ')}` }) };
}
