/** The table of contents: builds every part once, in order, and hands it on; nothing builds itself. */
import { createHash } from 'node:crypto';
import type { Update } from '@grammyjs/types';
import { verdictOf } from './ai/classify-error.ts';
import { createAi } from './ai/create-ai.ts';
import { createAlerts } from './alerts/alerts.ts';
import { createEmailChannel, createSlackChannel } from './alerts/channels.ts';
import { createMetrikaUpload } from './analytics/conversion-upload.ts';
import { readHealth, timeAll } from './api/health.ts';
import { invoicePhotoUrl } from './api/invoice-photo.ts';
import { performanceHealth } from './api/performance-health.ts';
import { sellingHealth } from './billing/selling.ts';
import { createCacheTools } from './bot/cache-tools.ts';
import { type Bot, createBot } from './bot/create-bot.ts';
import type { BotDeps } from './bot/deps.ts';
import { catalogueSheet } from './bot/house-pictures.ts';
import { processStateOf, servicesOf } from './bot/process-state.ts';
import { publishCommands } from './bot/publish-commands.ts';
import { createCaches, redisStatistics } from './cache/caches.ts';
import { createDiskCache } from './cache/disk.ts';
import { cacheHealth } from './cache/health.ts';
import { createPreparedPhotos } from './cache/prepared-photos.ts';
import { createSharedTier } from './cache/shared-tier.ts';
import { readVersion } from './command-line.ts';
import type { AppConfig } from './config.ts';
import { createPseudonyms } from './customers/former-customers.ts';
import type { DashboardDeps } from './dashboard/deps.ts';
import { openDatabase } from './database/client.ts';
import { createDispatcher } from './dispatcher.ts';
import { createBatches } from './imaging/batches.ts';
import { chooseTruthCheck } from './imaging/choose-truth-check.ts';
import { type Comparison, createComparison } from './imaging/comparison.ts';
import { IMAGING_SHARE } from './imaging/limits.ts';
import { PREPARED_PHOTO } from './imaging/packed-photo.ts';
import { createImagePool } from './imaging/pool.ts';
import { createIntake } from './intake/create-intake.ts';
import { setWebhook } from './intake/webhook.ts';
import type { Log } from './log.ts';
import { tellAlert, tellAlertInChannels } from './messenger/tell-alert.ts';
import { readConnections } from './monitoring/database.ts';
import { figuresOf } from './monitoring/figures.ts';
import { createHistory } from './monitoring/history.ts';
import { createMonitor } from './monitoring/monitor.ts';
import { createStatementWatch } from './monitoring/statements.ts';
import { createSystemReader } from './monitoring/system.ts';
import { countPolicyEvent, takeSample, timeJobs, timeRequests, timeUpdates } from './monitoring/timings.ts';
import { watchParts } from './monitoring/watch-parts.ts';
import type { PaymentsDeps } from './payments/deps.ts';
import { createReconciliation } from './payments/reconcile.ts';
import { createChargeReport } from './payments/report-charge.ts';
import { dropRecognitions, type Recognised } from './photoshoots/kept-recognitions.ts';
import { createAttemptJournal } from './photoshoots/run/record-attempt.ts';
import type { FoundLook } from './photoshoots/search-looks.ts';
import type { FoundReference } from './photoshoots/search-words.ts';
import { createPipeline } from './pipeline/create-pipeline.ts';
import { createLeases } from './pipeline/keep-lease.ts';
import { watchPerformance } from './pipeline/watch-performance.ts';
import { retentionOf } from './privacy/retention.ts';
import { type AroundJob, createQueue } from './queue/queue.ts';
import { connectRedis } from './redis/connect.ts';
import { chooseSharedCount } from './resilience/choose-count.ts';
import { createMemoryGuard } from './resilience/memory-guard.ts';
import { createPlaces } from './resilience/places.ts';
import { createCallPolicies } from './resilience/policy.ts';
import { createRateLimits } from './resilience/rate-limits.ts';
import { createUserLocks } from './resilience/user-locks.ts';
import { routesOf } from './routes.ts';
import { startSchedules, sweepsOf } from './schedules.ts';
import { writeCsv } from './screens/csv.ts';
import { readWhatWaits } from './statistics/what-waits.ts';
import { awaitTelegram } from './telegram/first-answer.ts';
import { createGateway } from './telegram/gateway.ts';
import { initDataKey } from './telegram/init-data.ts';
import { loadTexts } from './texts/texts.ts';
import { oneAtATime, sweepAll } from './time/sweep.ts';
import { createCompression } from './web/compression.ts';
import { createWeb } from './web/create-web.ts';
import type { DeclaredRoute } from './web/doors.ts';

export type App = {
  url: string;
  /** Every route that it answers, and who may pass. */
  routes: readonly DeclaredRoute[];
  /** Ends everything in the reverse order of its start; a second call waits for the first. */
  stop(): Promise<void>;
};

/** How long work under way may take to end before it is left to the next start. */
const GRACE_MS = 20_000;
/** Where no samples are taken, the history is not read by steps of one. */
const NEVER_SAMPLED_MS = 30_000;
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
    const { url, routes } = await start(config, log, opened);
    let stopping: Promise<void> | null = null;
    return {
      url,
      routes,
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
): Promise<Pick<App, 'url' | 'routes'>> {
  const webhook = config.mode === 'webhook' ? config.webhook : null;
  const texts = loadTexts();
  const retention = retentionOf(config);

  const monitor = createMonitor({ log });
  const statements = createStatementWatch({
    monitor,
    slowMs: config.monitoring.slowQueryMs,
    echo: config.monitoring.echoStatements,
    log,
  });
  const database = await openDatabase(
    config.database.kind === 'embedded' ? { kind: 'embedded', directory: config.dataDir } : config.database,
    log,
    statements.begin,
  );
  opened(database.close);
  const { db } = database;
  const redis = config.redis === null ? null : connectRedis(config.redis, log);
  opened(async () => redis?.close());
  const shared = redis === null ? null : createSharedTier(redis, log);
  const caches = createCaches(config, { shared });
  const memory = createMemoryGuard({ limitBytes: config.memoryLimitBytes, trim: caches.trim, log });
  const timeJob = timeJobs(monitor);
  // Waiting for memory is not working.
  const aroundJobs: AroundJob = (name, work) => memory.admit(() => timeJob(name, work));
  const queue = createQueue(database.queue, log, aroundJobs);
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
  const batches = createBatches({ db, images, log });
  opened(() => batches.close());
  const truthMode = chooseTruthCheck(config, log);
  const comparison: Comparison | null = truthMode === 'off' ? null : createComparison({ images, log });
  opened(async () => comparison?.close());
  const recognitions = caches.open<Recognised>('recognition', {
    // The house's styles are for those who wait, because nobody could be asked.
    lifeOf: ({ source, seenAt }) => (source === 'model' ? seenAt + retention.recognitions - Date.now() : 0),
  });
  caches.keepBeside('recognition', { clear: () => dropRecognitions(db, 'everybody') });
  const { disk } = config.imageCache;
  const photoFolder =
    disk === null ? null : createDiskCache({ ...disk, ttlMs: retention['prepared-photos'], log });
  opened(async () => photoFolder?.close());
  const preparedPhotos = createPreparedPhotos(caches, PREPARED_PHOTO, photoFolder);
  const thumbnails = caches.open<Uint8Array>('thumbnails', { bytesOf: (jpeg) => jpeg.byteLength });
  const isOneProcess = config.database.kind === 'embedded';
  const rateLimits = createRateLimits(config.limits.rates, {
    shared: chooseSharedCount({ redis, db, isOneProcess, log }),
    // A statement for every message would be the dearest thing about most of them.
    isAlone: () => redis === null && intake.isAlone(),
  });
  // Ids alone: what they say is read when it is shown, so that nothing outlives what was deleted.
  const searches = caches.open<readonly FoundReference[]>('search');
  const imageSearches = caches.open<readonly FoundLook[]>('image-search');
  const places = createPlaces(config.ai.maxConcurrentRequests);
  const dispatcher = createDispatcher(config.outgoingProxy, { connectTimeoutMs: AI_CONNECT_TIMEOUT_MS });
  opened(() => dispatcher.destroy());
  const policies = createCallPolicies(config.ai, {
    classify: verdictOf,
    onEvent(event) {
      log.info({ policy: event.kind, endpoint: event.endpoint }, 'provider policy');
      countPolicyEvent(monitor, event);
    },
  });
  const ai = createAi({
    ...config.ai,
    endpoints: config.aiEndpoints,
    dispatcher,
    run: policies.run,
    circuitOf: policies.state,
    letProbe: policies.letProbe,
    journal: createAttemptJournal(db, (raised, askedAt) => alerts.hear(raised, askedAt)),
    userSalt: createHash('sha256').update(config.telegram.token).digest('hex'),
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
    pseudonymOf: createPseudonyms(config.telegram.token),
    log,
  };
  const userLocks = createUserLocks();
  const reportCharge = createChargeReport(paymentsDeps);
  const reconcile = createReconciliation({ ...paymentsDeps, reportCharge });
  const { slackWebhookUrl, email, quietHours } = config.alerts;
  const channels = [
    ...(slackWebhookUrl === null ? [] : [createSlackChannel(slackWebhookUrl, dispatcher)]),
    ...(email === null ? [] : [createEmailChannel(email.smtpUrl, email.to)]),
  ];
  const alerts = createAlerts({
    db,
    tell: (alert) => tellAlert(paymentsDeps, alert),
    tellChannels: (alert) => tellAlertInChannels({ ...paymentsDeps, channels }, alert),
    log,
  });
  const { outageAfterMs, providerBudgetUsd } = config;
  const { draftsMs: draftRetryMs } = config.looks;
  const pipeline = createPipeline({
    ...paymentsDeps,
    gateway,
    images,
    leases: createLeases({ db, log }),
    preparedPhotos,
    recognitions,
    recognitionsKept: config.cache.isEnabled
      ? { ttlMs: retention.recognitions, maxEntries: config.cache.maxEntries }
      : null,
    thumbnails,
    ai,
    abilities: ai.abilities,
    alerts,
    outageAfterMs,
    draftRetryMs,
    truthCheck:
      comparison === null || truthMode === 'off'
        ? null
        : { mode: truthMode, compare: comparison.compare, waitMs: config.truthCheck.waitMs },
    counting: config.counting,
    providerBudgetUsd,
    rateLimits,
    places,
    longestLine: config.longestLine,
    listingsPerDay: config.limits.listingsPerDay,
  });
  // Known only when Telegram has told the bot's name; nothing is handled before `intake.start`.
  const bot = Promise.withResolvers<Bot>();
  const intake = createIntake({
    db,
    onlyProcess: isOneProcess,
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
    handle: timeUpdates(monitor, async (update: Update, signal: AbortSignal) =>
      (await bot.promise).handle(update, signal),
    ),
    apologise: async (update) => (await bot.promise).apologise(update),
    isTelegramAway: gateway.isAway,
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
  const machine = createSystemReader(config);
  opened(async () => machine.close());
  const compression = config.http.compression === null ? null : createCompression(config.http.compression);
  watchParts(monitor, {
    compression: compression === null ? null : compression.statistics,
    system: machine.read,
    async waiting() {
      const { tickets, held, unsettled, failed } = await readWhatWaits(db);
      return { tickets, held, unsettled, failed };
    },
    connections: () => readConnections(db),
    pool: () => ({
      max: config.database.kind === 'embedded' ? 1 : config.database.poolMaxSize,
      running: statements.running(),
    }),
    intake: intake.statistics,
    queue: queue.statistics,
    oldestJobMs: queue.oldestJobMs,
    caches: caches.statistics,
    isRedisAway: shared === null ? null : () => shared.statistics().away,
    telegram: gateway.statistics,
    images: images.statistics,
    circuits: policies.states,
    userLocks: userLocks.statistics,
    places: places.statistics,
    limits: rateLimits.statistics,
    isLimitShareAway: rateLimits.isSharedAway,
  });
  const { intervalMs: sampleMs } = config.monitoring;
  const history = createHistory(db, { intervalMs: sampleMs ?? NEVER_SAMPLED_MS, log });
  const parts = {
    database,
    telegram: gateway,
    intake,
    queue,
    provider: ai,
    selling,
    cache,
    limits: rateLimits,
  };
  let isReady = false;
  const closing = new AbortController();
  const dashboardDeps: DashboardDeps = {
    ...paymentsDeps,
    gateway,
    images,
    thumbnails,
    styleSheet: catalogueSheet(),
    counting: config.counting,
    providerBudgetUsd,
    selling: config.selling,
    initDataKey: initDataKey(config.telegram.token),
    isSecure: config.dashboardUrl?.startsWith('https:') === true,
    closing: closing.signal,
    readFigures: () => figuresOf(monitor),
    caches: caches.statistics,
    history,
    rateLimits,
    health: () => readHealth(parts),
  };
  const scheduled = {
    payments: paymentsDeps,
    pipeline,
    alerts,
    reconcile,
    intake,
    userLocks,
    rateLimits,
    batches,
    caches,
    memory,
    conversionUpload,
    history,
    sample:
      sampleMs === null
        ? null
        : {
            intervalMs: sampleMs,
            async take() {
              const now = new Date();
              await takeSample(monitor, history, now);
              await watchPerformance({ db, alerts, history, quietHours }, now);
            },
          },
  };
  const sweeps = sweepsOf({ ...scheduled, photoFolder }, retention);
  const cleanUp = oneAtATime(() => sweepAll(sweeps, log, closing.signal));
  const routes = routesOf({
    apiToken: config.monitoring.apiToken,
    health: {
      parts,
      watched: {
        isReady: () => isReady,
        needed: { database, telegram: gateway },
        inside: { performance: { health: () => performanceHealth({ db, monitor }, new Date()) } },
      },
    },
    parts: {
      db,
      monitor,
      history,
      statements,
      prometheus: config.monitoring.prometheus,
      caches,
      readRedis: () => redisStatistics(shared),
      forgetPerson: pipeline.forgetPerson,
      warm: () => pipeline.warmCaches(new Date()),
      cleanUp,
      rateLimits,
      batches,
      version: readVersion(),
      environment: config.environment,
    },
    search: { db, texts, searches },
    imageSearch: {
      db,
      gateway,
      images,
      searches: imageSearches,
      thumbnails,
      pseudonymOf: paymentsDeps.pseudonymOf,
    },
    dashboard: dashboardDeps,
    webhook: webhook === null ? null : { db, gateway, secret: webhook.secret, receive: intake.receive, log },
  });
  const web = await createWeb({
    ...config.http,
    limit: rateLimits,
    compression,
    routes,
    begin: timeRequests(monitor),
    log,
  });
  // Pages that are open get their figures from answers that would go on.
  const closeWeb = () => {
    isReady = false;
    closing.abort();
    return web.close();
  };
  opened(closeWeb);

  const botDeps: BotDeps = {
    ...paymentsDeps,
    gateway,
    userLocks,
    rateLimits,
    longestLine: config.longestLine,
    alerts,
    reportCharge,
    images,
    abilities: ai.abilities,
    pictureModels: ai.pictureModels,
    dashboardUrl: config.dashboardUrl ?? web.url,
    draftTtlMs: config.draftTtlMs,
    giveBacksPerDay: config.credits.giveBacksPerDay,
    maxSavedStyles: config.maxSavedStyles,
    readProcess: async () => {
      const [uptime, { services }] = await Promise.all([history.uptime(new Date()), readHealth(parts)]);
      return processStateOf(figuresOf(monitor), uptime, services);
    },
    caches: createCacheTools({ caches, shared, warm: pipeline.warmCaches, cleanUp }),
    readServices: async () => {
      const {
        active_connections: active,
        idle_connections: idle,
        max_connections: max,
      } = figuresOf(monitor).database;
      return { services: servicesOf(await timeAll(parts)), connections: { active, idle, max } };
    },
    counting: config.counting,
    selling: config.selling,
    disclosure: {
      retention,
      providers: config.aiEndpoints.map(({ name }) => name),
      reportsClicks: config.selling.metrika !== null,
    },
    invoicePhotoUrl:
      webhook === null ? null : (pictureId) => invoicePhotoUrl(webhook.publicUrl, webhook.secret, pictureId),
  };
  const me = await awaitTelegram(log, () => gateway.call('getMe', {}));
  bot.resolve(createBot(botDeps, me));

  opened(async () => {
    const figures = { ...figuresOf(monitor).application, caches: caches.statistics() };
    const parts = {
      intake: intake.statistics(),
      telegram: gateway.statistics(),
      images: images.statistics(),
    };
    log.info({ uptimeSeconds: Math.round(process.uptime()), ...parts, ...figures }, 'final figures');
  });
  opened(() => intake.resign());
  // Side by side, because they share the grace; the parts below stay open for what still runs.
  opened(() => Promise.all([intake.drain(GRACE_MS), queue.drain(GRACE_MS)]));
  opened(async () => memory.close());
  // First: where another process polls, this one waits, and must not take that one's work for a dead one's.
  await intake.start();
  await pipeline.start({ workers: config.workers.jobs, aloneOnDatabase: config.mode === 'polling' });
  opened(startSchedules(scheduled, config, sweeps));

  const publishing = new AbortController();
  opened(async () => publishing.abort());
  if (webhook !== null) await awaitTelegram(log, () => setWebhook(gateway, webhook));
  void publishCommands(botDeps, publishing.signal);
  // Once more, so that it is the first thing to close: nothing comes in any more while the parts end.
  opened(closeWeb);
  isReady = true;
  return { url: web.url, routes: web.routes };
}
