/**
 * Numbers about the process: what happens is counted as it happens, what parts know is asked for at every sample. One
 * registry an app; a part that cannot say its numbers leaves its own out and no other's.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../log.ts';
import { withDeadline } from '../time/deadline.ts';
import {
  type CountedName,
  type LabelsOf,
  METRICS,
  type MetricName,
  type Reading,
  type SampledName,
  type TimedName,
} from './metrics.ts';
import { createWindow, type Lately } from './window.ts';

/** What is timed as a whole, for the figures of the last minutes. */
export type Activity = 'update' | 'http' | 'job';

/** The figures of the last minutes, and how many of each run now. */
export type ActivityNow = Lately & Readonly<{ active: number }>;

export type Source = () => readonly Reading[] | Promise<readonly Reading[]>;

export type Monitor = ReturnType<typeof createMonitor>;

/** A part that needs longer is busy with something else. */
const SOURCE_LIMIT_MS = 5_000;

/**
 * @param options.now in milliseconds, never back
 */
export function createMonitor({
  log,
  now = () => performance.now(),
}: Readonly<{ log: Log; now?: () => number }>) {
  const registry = new Registry();
  const gauges = new Map<MetricName, Gauge>();
  const counters = new Map<MetricName, Counter>();
  const histograms = new Map<MetricName, Histogram>();
  for (const [key, metric] of Object.entries(METRICS)) {
    const name = key as MetricName;
    const options = { name, help: metric.help, labelNames: [...metric.labels], registers: [registry] };
    switch (metric.kind) {
      case 'gauge':
        gauges.set(name, new Gauge(options));
        break;
      case 'total':
      case 'counter':
        counters.set(name, new Counter(options));
        break;
      case 'seconds':
        histograms.set(name, new Histogram({ ...options, buckets: [...metric.buckets] }));
        break;
      default: {
        const never: never = metric;
        throw new Error(`unknown kind of metric ${JSON.stringify(never)}`);
      }
    }
  }
  const sources = new Map<string, Source>();
  const windows: Record<Activity, ReturnType<typeof createWindow>> = {
    update: createWindow(now),
    http: createWindow(now),
    job: createWindow(now),
  };
  const active: Record<Activity, number> = { update: 0, http: 0, job: 0 };
  let latest: readonly Reading[] = [];

  async function ask(name: string, source: Source): Promise<readonly Reading[]> {
    try {
      return await withDeadline(SOURCE_LIMIT_MS, null, async () => source());
    } catch (error) {
      log.warn({ err: error, part: name }, 'a part could not say its numbers');
      return [];
    }
  }

  function publish(readings: readonly Reading[]): void {
    for (const [key, { kind }] of Object.entries(METRICS)) {
      // What is not said any more must not stand there as if it were.
      if (kind === 'gauge') gauges.get(key as MetricName)?.reset();
      if (kind === 'total') counters.get(key as MetricName)?.reset();
    }
    for (const { name, value, labels } of readings) {
      gauges.get(name)?.set(labels, value);
      counters.get(name)?.inc(labels, value);
    }
    // An unlabelled gauge stands at 0 after a reset: nothing was said of it.
    for (const [name, gauge] of gauges) {
      if (METRICS[name].labels.length === 0 && !readings.some((one) => one.name === name)) gauge.remove();
    }
  }

  return {
    /** Adds a part that is asked at each sample. @param name for the log */
    watch(name: string, source: Source): void {
      sources.set(name, source);
    },

    count<Name extends CountedName>(name: Name, labels: LabelsOf<Name>): void {
      counters.get(name)?.inc(labels);
    },

    observe<Name extends TimedName>(name: Name, milliseconds: number, labels: LabelsOf<Name>): void {
      histograms.get(name)?.observe(labels, milliseconds / 1000);
    },

    /** Says that one began; the function that is given back says that it ended, and how. */
    begin(activity: Activity): (failed: boolean) => number {
      const startedAt = now();
      active[activity] += 1;
      return (failed) => {
        active[activity] -= 1;
        const durationMs = now() - startedAt;
        windows[activity].add(durationMs, failed);
        return durationMs;
      };
    },

    /** Asks every part, and keeps what they said until the next sample. Never rejects. */
    async sample(): Promise<readonly Reading[]> {
      const answers = await Promise.all([...sources].map(([name, source]) => ask(name, source)));
      latest = answers.flat();
      publish(latest);
      return latest;
    },

    /** What the last sample said; nothing before the first one. */
    latest: (): readonly Reading[] => latest,

    /** The sum over all labels of what the last sample said; null where it said nothing. */
    latestOf(name: SampledName): number | null {
      const values = latest.filter((one) => one.name === name).map(({ value }) => value);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
    },

    lately: (activity: Activity): ActivityNow => ({
      ...windows[activity].lately(),
      active: active[activity],
    }),

    /** All metrics in the text form of Prometheus. */
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
