/**
 * Every metric of the process, by the name that Prometheus reads: what it is, and by what it is divided.
 * `total`: counted since the start by the part itself, and set from its count; `gauge`: what is now; `seconds`: how
 * long things took, observed one by one. Ratios are from 0 to 1, as Prometheus wants them; no label holds an id.
 */
export const METRICS = {
  system_cpu_ratio: {
    kind: 'gauge',
    help: 'Processor time used by this process, of all processors',
    labels: [],
  },
  system_memory_ratio: {
    kind: 'gauge',
    help: 'Resident memory of this process, of MEMORY_LIMIT_MB',
    labels: [],
  },
  system_disk_ratio: { kind: 'gauge', help: 'Used space of the disk that DATA_DIR is on', labels: [] },
  system_network_bytes_total: {
    kind: 'total',
    help: 'Bytes that came and went over every interface but loopback',
    labels: ['direction'],
  },
  process_resident_memory_bytes: { kind: 'gauge', help: 'Resident memory', labels: [] },
  process_uptime_seconds: { kind: 'gauge', help: 'Since the start of this process', labels: [] },
  event_loop_delay_seconds: {
    kind: 'gauge',
    help: 'How late the event loop was since the last sample',
    labels: ['quantile'],
  },
  event_loop_utilization_ratio: {
    kind: 'gauge',
    help: 'Share of the time in which the event loop was busy since the last sample',
    labels: [],
  },

  http_requests_total: {
    kind: 'counter',
    help: 'Requests to the HTTP server',
    labels: ['method', 'endpoint', 'status'],
  },
  http_request_duration_seconds: {
    kind: 'seconds',
    help: 'From the head of a request to the end of its answer',
    labels: ['method', 'endpoint', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  },
  http_compression_bytes_total: {
    kind: 'total',
    help: 'Bytes of the answers that were compressed, before (in) and after (out)',
    labels: ['direction'],
  },
  updates_total: { kind: 'counter', help: 'Updates of Telegram that were handled', labels: ['status'] },
  update_duration_seconds: {
    kind: 'seconds',
    help: 'Handling one update, its answers included',
    labels: ['status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  },
  jobs_total: { kind: 'counter', help: 'Jobs of the queue that ended', labels: ['job', 'status'] },
  job_duration_seconds: {
    kind: 'seconds',
    help: 'One job, such as a whole photoshoot',
    labels: ['job', 'status'],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300],
  },

  intake_updates_waiting: { kind: 'gauge', help: 'Updates in hand whose handler has not begun', labels: [] },
  intake_updates_in_flight: { kind: 'gauge', help: 'Updates whose handler runs', labels: [] },
  intake_updates_repeated_total: {
    kind: 'total',
    help: 'Updates that Telegram sent again',
    labels: [],
  },
  intake_oldest_update_seconds: { kind: 'gauge', help: 'Age of the oldest update in hand', labels: [] },
  queue_jobs: { kind: 'gauge', help: 'Jobs that are not over, of all processes', labels: ['job', 'state'] },
  queue_oldest_job_seconds: {
    kind: 'gauge',
    help: 'How long the job has run here that has run longest',
    labels: [],
  },

  owners_waiting: {
    kind: 'gauge',
    help: 'What waits for somebody of the owners: held payments, updates that were given up, tickets, charges not written down',
    labels: ['what'],
  },

  db_connections_active: { kind: 'gauge', help: 'Connections of this database that work', labels: [] },
  db_connections_idle: { kind: 'gauge', help: 'Connections of this database that do not', labels: [] },
  db_connections_max: { kind: 'gauge', help: 'DB_POOL_MAX_SIZE of this process', labels: [] },
  db_connections_waiting: {
    kind: 'gauge',
    help: 'Statements of this process beyond one for each connection of its pool',
    labels: [],
  },
  db_lock_waits: { kind: 'gauge', help: 'Connections of this database that wait for a lock', labels: [] },
  db_size_bytes: { kind: 'gauge', help: 'Size of the database', labels: [] },
  db_query_duration_seconds: {
    kind: 'seconds',
    help: 'From asking for a statement to its answer, the wait for a connection included',
    labels: ['query_type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  db_query_errors_total: { kind: 'counter', help: 'Statements that failed', labels: ['query_type'] },

  cache_operations_total: {
    kind: 'total',
    help: 'Questions to a cache (status first: of what was never there), and what it dropped for want of room',
    labels: ['cache', 'operation', 'status'],
  },
  cache_hit_rate: { kind: 'gauge', help: 'Questions answered without a computation', labels: ['cache'] },
  cache_size: { kind: 'gauge', help: 'Entries, or bytes where the limit counts bytes', labels: ['cache'] },
  cache_limit: { kind: 'gauge', help: 'The most of them', labels: ['cache'] },
  cache_shared_away: { kind: 'gauge', help: '1 while Redis is away', labels: [] },

  telegram_calls_total: { kind: 'total', help: 'Calls to the Bot API', labels: ['status'] },
  telegram_calls_in_flight: { kind: 'gauge', help: 'Calls that run', labels: [] },
  telegram_messages_waiting: { kind: 'gauge', help: 'Messages that wait for Telegram’s pace', labels: [] },
  provider_circuit_open: {
    kind: 'gauge',
    help: '1 while an endpoint is not asked, 0.5 while it is tried out',
    labels: ['endpoint'],
  },
  provider_retries_total: { kind: 'counter', help: 'Attempts after a failed one', labels: ['endpoint'] },
  provider_circuit_changes_total: {
    kind: 'counter',
    help: 'Changes of a circuit’s state',
    labels: ['endpoint', 'state'],
  },

  image_threads: { kind: 'gauge', help: 'Threads of the image pool', labels: [] },
  image_tasks: { kind: 'gauge', help: 'Tasks of the image pool', labels: ['state'] },
  image_tasks_total: { kind: 'total', help: 'Tasks of the image pool that ended', labels: ['status'] },
  picture_places: {
    kind: 'gauge',
    help: 'Pictures that are made at one time: places taken, MAX_CONCURRENT_REQUESTS, and photoshoots that wait for some',
    labels: ['state'],
  },
  rate_limit_checks_total: {
    kind: 'total',
    help: 'What limits were asked about in this process',
    labels: ['limit', 'status'],
  },
  rate_limit_subjects: {
    kind: 'gauge',
    help: 'People or addresses that did something within the window of a limit, in this process',
    labels: ['limit'],
  },
  rate_limit_most: { kind: 'gauge', help: 'The limit that is in force', labels: ['limit'] },
  rate_limit_shared_away: { kind: 'gauge', help: '1 while each process counts for itself', labels: [] },
  user_locks: { kind: 'gauge', help: 'Locks of people', labels: ['state'] },
  user_locks_swept_total: { kind: 'total', help: 'Locks that the sweeps dropped', labels: [] },
} as const satisfies Record<string, Metric>;

type Metric = Readonly<
  | { kind: 'gauge' | 'total' | 'counter'; help: string; labels: readonly string[] }
  | { kind: 'seconds'; help: string; labels: readonly string[]; buckets: readonly number[] }
>;

export type MetricName = keyof typeof METRICS;
type OfKind<Kind extends Metric['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
/** What parts say when they are asked. */
export type SampledName = OfKind<'gauge' | 'total'>;
export type CountedName = OfKind<'counter'>;
export type TimedName = OfKind<'seconds'>;
export type LabelsOf<Name extends MetricName> = Readonly<
  Record<(typeof METRICS)[Name]['labels'][number], string>
>;

/** One number of a part, as it is now or as it has been counted since the start. */
export type Reading = {
  [Name in SampledName]: Readonly<{ name: Name; value: number; labels: LabelsOf<Name> }>;
}[SampledName];

export function reading<Name extends SampledName>(
  name: Name,
  value: number,
  labels: LabelsOf<Name>,
): Reading {
  // The union has a member for each name, and TypeScript cannot tell which from a type parameter.
  return { name, value, labels } as unknown as Reading;
}
