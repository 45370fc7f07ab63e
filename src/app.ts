/** The table of contents: builds every part once, in order, and hands it on; nothing builds itself. */
import { createHash } from 'node:crypto';
import { verdictOf } from './ai/classify-error.ts';
import { createAi } from './ai/create-ai.ts';
import type { Detection } from './ai/detect-product.ts';
import { createAlerts } from './alerts/alerts.ts';
import { createMetrikaUpload } from './analytics/conversion-upload.ts';
import { registerHealth } from './api/health.ts';
import { invoicePhotoUrl, registerInvoicePhoto } from './api/invoice-photo.ts';
import { sellingHealth } from './billing/selling.ts';
import { type Bot, createBot } from './bot/create-bot.ts';
import type { BotDeps } from './bot/deps.ts';
import { publishCommands } from './bot/publish-commands.ts';
import { createCache } from './cache/cache.ts';
import { cacheHealth } from './cache/health.ts';
import { createSharedTier } from './cache/shared-tier.ts';
import type { AppConfig } from './config.ts';
import { openDatabase } from './database/client.ts';
import { createDispatcher } from './dispatcher.ts';
import { IMAGING_SHARE } from './imaging/limits.ts';
import { createImagePool } from './imaging/pool.ts';
import { createIntake } from './intake/create-intake.ts';
import { registerWebhook, setWebhook } from './intake/webhook.ts';
import type { Log } from './log.ts';
import { tellAlert } from './messenger/tell-alert.ts';
import type { PaymentsDeps } from './payments/deps.ts';
import { createReconciliation } from './payments/reconcile.ts';
import { createChargeReport } from './payments/report-charge.ts';
import { createAttemptJournal } from './photoshoots/run/record-attempt.ts';
import { createPipeline } from './pipeline/create-pipeline.ts';
import { createQueue } from './queue/queue.ts';
import { connectRedis } from './redis/connect.ts';
import { createCallPolicies } from './resilience/policy.ts';
import { createRateLimits } from './resilience/rate-limits.ts';
import { createUserLocks } from './resilience/user-locks.ts';
import { startSchedules } from './schedules.ts';
import { writeCsv } from './screens/csv.ts';
import { fallbackStyles } from './screens/fallback-styles.ts';
import { awaitTelegram } from './telegram/first-answer.ts';
import { createGateway } from './telegram/gateway.ts';
import { loadTexts } from './texts/texts.ts';
import { type AddRoute, createWeb } from './web/create-web.ts';

export type App = {
  url: string;
  /** Ends everything in the reverse order of its start; a second call waits for the first. */
  stop(): Promise<void>;
};

/** How long work under way may take to end before it is left to the next start. */
const GRACE_MS = 20_000;
/** Fetching, preparing, moderating and looking with all their attempts; whoever waits for the same photo waits no longer. */
const RECOGNITION_LIMIT_MS = 300_000;
/** As undici has it by itself. */
const AI_CONNECT_TIMEOUT_MS = 10_000;

/**
 * Builds and starts Vitrine. It is up when this resolves; it serves its health before, as long as Telegram is away.
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
  const webhook = config.mode === 'webhook' ? config.webhook : null;
  const texts = loadTexts();

  const database = await openDatabase(
    config.database.kind === 'embedded' ? { kind: 'embedded', directory: config.dataDir } : config.database,
    log,
  );
  opened(database.close);
  const { db } = database;
  const queue = createQueue(database.queue, log);
  await queue.start();
  opened(() => queue.stop(GRACE_MS));

  const gateway = createGateway({ ...config.telegram, proxy: config.outgoingProxy, log });
  opened(() => gateway.close());
  const images = createImagePool({
    threads: config.workers.imageThreads,
    memoryBytes: Math.floor(config.memoryLimitBytes * IMAGING_SHARE),
    log,
  });
  opened(() => images.close());
  const redis = config.redis === null ? null : connectRedis(config.redis, log);
  opened(async () => redis?.close());
  const shared = redis === null ? null : createSharedTier(redis, log);
  const recognitions = createCache<Detection>(
    {
      name: 'recognition',
      ttlMs: config.cache.ttlMs,
      staleMs: 0,
      max: config.cache.maxEntries,
      computeLimitMs: RECOGNITION_LIMIT_MS,
    },
    { shared },
  );
  const preparedPhotos = createCache<Uint8Array>(
    {
      name: 'prepared-photos',
      ttlMs: config.imageCache.ttlMs,
      staleMs: 0,
      max: config.imageCache.maxBytes,
      unit: 'bytes',
      computeLimitMs: 0,
    },
    // Megabytes are quicker prepared anew than fetched from Redis by another process.
    { shared: null, bytesOf: (photo) => photo.byteLength },
  );
  const dispatcher = createDispatcher(config.outgoingProxy, { connectTimeoutMs: AI_CONNECT_TIMEOUT_MS });
  opened(() => dispatcher.destroy());
  const policies = createCallPolicies(config.ai, {
    classify: verdictOf,
    onEvent: (event) => log.info({ policy: event.kind, endpoint: event.endpoint }, 'provider policy'),
  });
  const ai = createAi({
    ...config.ai,
    endpoints: config.aiEndpoints,
    dispatcher,
    run: policies.run,
    circuitOf: policies.state,
    letProbe: policies.letProbe,
    journal: createAttemptJournal(db),
    userSalt: createHash('sha256').update(config.telegram.token).digest('hex'),
    fallbackStyles: (language) => fallbackStyles(texts.in(language)),
    log,
  });
  opened(() => ai.close());

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
  const alerts = createAlerts({ db, tell: (alert) => tellAlert(paymentsDeps, alert), log });
  const { outageAfterMs, providerBudgetUsd } = config;
  const { draftsMs: draftRetryMs } = config.looks;
  const pipeline = createPipeline({
    ...paymentsDeps,
    gateway,
    images,
    preparedPhotos,
    recognitions,
    ai,
    alerts,
    outageAfterMs,
    draftRetryMs,
    providerBudgetUsd,
    listingsPerDay: config.limits.listingsPerDay,
  });
  const botDeps: BotDeps = {
    ...paymentsDeps,
    gateway,
    userLocks: createUserLocks(),
    rateLimits: createRateLimits(config.limits.userRate),
    reportCharge,
    draftTtlMs: config.draftTtlMs,
    giveBacksPerDay: config.credits.giveBacksPerDay,
    maxSavedStyles: config.maxSavedStyles,
    counting: config.counting,
    selling: config.selling,
    invoicePhotoUrl:
      webhook === null ? null : (pictureId) => invoicePhotoUrl(webhook.publicUrl, webhook.secret, pictureId),
  };
  // Known only when Telegram has told the bot's name; nothing is handled before `intake.start`.
  const bot = Promise.withResolvers<Bot>();
  const intake = createIntake({
    db,
    onlyProcess: config.database.kind === 'embedded',
    source:
      webhook !== null
        ? { kind: 'webhook' }
        : {
            kind: 'polling',
            calls: {
              getUpdates: (params, signal) => gateway.call('getUpdates', params, { signal }),
              deleteWebhook: (signal) => gateway.call('deleteWebhook', {}, { signal }),
            },
          },
    handle: async (update, signal) => (await bot.promise).handle(update, signal),
    apologise: async (update) => (await bot.promise).apologise(update),
    buried(update) {
      log.error(update, 'an update was given up');
      const { updateId, kind, fault } = update;
      const details = { update: String(updateId), kind, fault };
      alerts.raise(`update-given-up:${updateId}`, details, { lasts: false }).catch((error: unknown) => {
        log.error({ err: error, updateId }, 'the owners could not be told of an update that was given up');
      });
    },
    log,
  });
  const { metrika } = config.selling;
  const conversionUpload =
    metrika === null ? null : createMetrikaUpload({ ...metrika, proxy: config.outgoingProxy, writeCsv });
  opened(async () => conversionUpload?.close());

  const cache = { health: () => cacheHealth(shared) };
  const selling = { health: () => sellingHealth(db) };
  const routes: AddRoute[] = [
    (app) =>
      registerHealth(app, { database, telegram: gateway, intake, queue, provider: ai, selling, cache }),
  ];
  if (webhook !== null) {
    const { secret } = webhook;
    routes.push(
      (app) => registerWebhook(app, { secret, receive: intake.receive, log }),
      (app) => registerInvoicePhoto(app, { db, gateway, secret }),
    );
  }
  const web = await createWeb({ ...config.http, routes, log });
  opened(() => web.close());

  const me = await awaitTelegram(log, () => gateway.call('getMe', {}));
  bot.resolve(createBot(botDeps, me));

  opened(() => intake.resign());
  // Side by side, because they share the grace; the parts below stay open for what still runs.
  opened(() => Promise.all([intake.drain(GRACE_MS), queue.drain(GRACE_MS)]));
  // First: where another process polls, this one waits, and must not take that one's work for a dead one's.
  await intake.start();
  await pipeline.start({ workers: config.workers.jobs, aloneOnDatabase: config.mode === 'polling' });
  const { userLocks } = botDeps;
  const scheduled = {
    payments: paymentsDeps,
    pipeline,
    alerts,
    reconcile,
    intake,
    userLocks,
    conversionUpload,
  };
  opened(startSchedules(scheduled, config));

  const publishing = new AbortController();
  opened(async () => publishing.abort());
  if (webhook !== null) await awaitTelegram(log, () => setWebhook(gateway, webhook));
  void publishCommands(botDeps, publishing.signal);
  // Once more, so that it is the first thing to close: nothing comes in any more while the parts end.
  opened(() => web.close());
  return web.url;
}
