/** The parts of the process as sources of numbers: what each says of itself, under the names of the metrics. */
import { type Reading, reading } from './metrics.ts';
import type { Monitor } from './monitor.ts';

/** What is asked of each part; the parts themselves are no business of this room. */
export type WatchedParts = Readonly<{
  intake: () => Readonly<{
    waiting: number;
    inFlight: number;
    repeated: number;
    oldestWaitingMs: number | null;
  }>;
  queue: () => Promise<
    readonly Readonly<{ name: string; ready: number; deferred: number; active: number; failed: number }>[]
  >;
  oldestJobMs: () => number | null;
  caches: () => Readonly<
    Record<
      string,
      Readonly<{
        size: number;
        limit: number;
        hits: number;
        misses: number;
        firsts: number;
        joins: number;
        stale: number;
        evictions: number;
        hitRate: number | null;
      }>
    >
  >;
  /** Null where there is no Redis. */
  isRedisAway: (() => boolean) | null;
  /** Bytes of answers before and after; null where none are compressed. */
  compression: (() => Readonly<{ bytesIn: number; bytesOut: number }>) | null;
  telegram: () => Readonly<{
    calls: number;
    refused: number;
    unreachable: number;
    repeated: number;
    inFlight: number;
    waiting: number;
  }>;
  images: () => Readonly<{
    threads: number;
    running: number;
    waiting: number;
    completed: number;
    failed: number;
  }>;
  circuits: () => readonly Readonly<{ endpoint: string; circuit: 'closed' | 'open' | 'half-open' }>[];
  userLocks: () => Readonly<{ active: number; peak: number; swept: number; entries: number }>;
  /** What waits for the owners: how much of each kind. */
  waiting: () => Promise<Readonly<Record<string, number>>>;
  places: () => Readonly<{ most: number; taken: number; waiting: number }>;
  limits: () => Readonly<
    Record<string, Readonly<{ subjects: number; most: number; allowed: number; refused: number }>>
  >;
  /** Null where no process shares them. */
  isLimitShareAway: () => boolean | null;
  system: () => Promise<readonly Reading[]>;
  connections: () => Promise<readonly Reading[]>;
  pool: () => Readonly<{ max: number; running: number }>;
}>;

const CIRCUITS = { closed: 0, 'half-open': 0.5, open: 1 } as const;

export function watchParts(monitor: Monitor, parts: WatchedParts): void {
  const { compression, isRedisAway } = parts;
  monitor.watch('system', parts.system);
  monitor.watch('database', parts.connections);
  monitor.watch('pool', () => {
    const { max, running } = parts.pool();
    return [
      reading('db_connections_max', max, {}),
      reading('db_connections_waiting', Math.max(0, running - max), {}),
    ];
  });
  monitor.watch('intake', () => {
    const { waiting, inFlight, repeated, oldestWaitingMs } = parts.intake();
    return [
      reading('intake_updates_waiting', waiting, {}),
      reading('intake_updates_in_flight', inFlight, {}),
      reading('intake_updates_repeated_total', repeated, {}),
      reading('intake_oldest_update_seconds', (oldestWaitingMs ?? 0) / 1000, {}),
    ];
  });
  monitor.watch('queue', async () => [
    reading('queue_oldest_job_seconds', (parts.oldestJobMs() ?? 0) / 1000, {}),
    ...(await parts.queue()).flatMap(({ name: job, ...counts }) =>
      Object.entries(counts).map(([state, count]) => reading('queue_jobs', count, { job, state })),
    ),
  ]);
  monitor.watch('owners', async () =>
    Object.entries(await parts.waiting()).map(([what, count]) => reading('owners_waiting', count, { what })),
  );
  monitor.watch('caches', () =>
    Object.entries(parts.caches()).flatMap(([cache, counts]) => [
      ...(['hits', 'firsts', 'joins', 'stale'] as const).map((name) =>
        reading('cache_operations_total', counts[name], { cache, operation: 'get', status: STATUS_OF[name] }),
      ),
      reading('cache_operations_total', counts.misses - counts.firsts, {
        cache,
        operation: 'get',
        status: 'miss',
      }),
      reading('cache_operations_total', counts.evictions, { cache, operation: 'evict', status: 'done' }),
      ...(counts.hitRate === null ? [] : [reading('cache_hit_rate', counts.hitRate, { cache })]),
      reading('cache_size', counts.size, { cache }),
      reading('cache_limit', counts.limit, { cache }),
    ]),
  );
  if (isRedisAway !== null)
    monitor.watch('redis', () => [reading('cache_shared_away', isRedisAway() ? 1 : 0, {})]);
  if (compression !== null)
    monitor.watch('compression', () => {
      const { bytesIn, bytesOut } = compression();
      return [
        reading('http_compression_bytes_total', bytesIn, { direction: 'in' }),
        reading('http_compression_bytes_total', bytesOut, { direction: 'out' }),
      ];
    });
  monitor.watch('telegram', () => {
    const { calls, refused, unreachable, repeated, inFlight, waiting } = parts.telegram();
    return [
      reading('telegram_calls_total', calls, { status: 'asked' }),
      reading('telegram_calls_total', refused, { status: 'refused' }),
      reading('telegram_calls_total', unreachable, { status: 'unreachable' }),
      reading('telegram_calls_total', repeated, { status: 'repeated' }),
      reading('telegram_calls_in_flight', inFlight, {}),
      reading('telegram_messages_waiting', waiting, {}),
    ];
  });
  monitor.watch('images', () => {
    const { threads, running, waiting, completed, failed } = parts.images();
    return [
      reading('image_threads', threads, {}),
      reading('image_tasks', running, { state: 'running' }),
      reading('image_tasks', waiting, { state: 'waiting' }),
      reading('image_tasks_total', completed, { status: 'done' }),
      reading('image_tasks_total', failed, { status: 'failed' }),
    ];
  });
  monitor.watch('circuits', () =>
    parts
      .circuits()
      .map(({ endpoint, circuit }) => reading('provider_circuit_open', CIRCUITS[circuit], { endpoint })),
  );
  monitor.watch('locks', () => {
    const { active, peak, swept, entries } = parts.userLocks();
    return [
      reading('user_locks', active, { state: 'active' }),
      reading('user_locks', peak, { state: 'peak' }),
      reading('user_locks', entries, { state: 'kept' }),
      reading('user_locks_swept_total', swept, {}),
    ];
  });
  monitor.watch('places', () =>
    Object.entries(parts.places()).map(([state, count]) => reading('picture_places', count, { state })),
  );
  monitor.watch('limits', () => {
    const away = parts.isLimitShareAway();
    return [
      ...Object.entries(parts.limits()).flatMap(([limit, { subjects, most, allowed, refused }]) => [
        reading('rate_limit_checks_total', allowed, { limit, status: 'allowed' }),
        reading('rate_limit_checks_total', refused, { limit, status: 'refused' }),
        reading('rate_limit_subjects', subjects, { limit }),
        reading('rate_limit_most', most, { limit }),
      ]),
      ...(away === null ? [] : [reading('rate_limit_shared_away', away ? 1 : 0, {})]),
    ];
  });
}

const STATUS_OF = { hits: 'hit', firsts: 'first', joins: 'join', stale: 'stale' } as const;
