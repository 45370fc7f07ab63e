/** When a figure of the process is too high, or too low: rules as data. The numbers are those that the owner may change. */
import { z } from 'zod';

type Rule = Readonly<{
  /** Its name among the figures (monitoring/figures.ts). */
  figure: string;
  /** `above`: high is bad. */
  bad: 'above' | 'below';
  warning: number;
  /** Null: nothing of it is so bad that somebody must be woken. */
  critical: number | null;
  unit: 'seconds' | 'percent' | 'count';
  /** Below so many of what it is a figure of, it says nothing. */
  needs?: Readonly<{ figure: string; atLeast: number }>;
}>;

/** In the order in which they are shown. */
export const RULES = {
  'response-time': {
    figure: 'avg_response_time',
    bad: 'above',
    warning: 2,
    critical: 5,
    unit: 'seconds',
    needs: { figure: 'requests_counted', atLeast: 20 },
  },
  'error-rate': {
    figure: 'error_rate',
    bad: 'above',
    warning: 5,
    critical: 10,
    unit: 'percent',
    needs: { figure: 'requests_counted', atLeast: 20 },
  },
  'processing-time': {
    figure: 'avg_processing_time',
    bad: 'above',
    warning: 15,
    critical: null,
    unit: 'seconds',
    needs: { figure: 'jobs_counted', atLeast: 5 },
  },
  cpu: { figure: 'cpu_percent', bad: 'above', warning: 80, critical: 95, unit: 'percent' },
  memory: { figure: 'memory_percent', bad: 'above', warning: 80, critical: 95, unit: 'percent' },
  disk: { figure: 'disk_usage_percent', bad: 'above', warning: 80, critical: 95, unit: 'percent' },
  'cache-hit-rate': {
    figure: 'cache_hit_rate',
    bad: 'below',
    warning: 70,
    critical: null,
    unit: 'percent',
    needs: { figure: 'cache_questions', atLeast: 200 },
  },
  'active-requests': { figure: 'active_requests', bad: 'above', warning: 80, critical: 200, unit: 'count' },
  'database-pool': {
    figure: 'db_pool_usage_percent',
    bad: 'above',
    warning: 80,
    critical: 95,
    unit: 'percent',
  },
  'image-queue': { figure: 'image_tasks_waiting', bad: 'above', warning: 50, critical: 200, unit: 'count' },
  'open-circuits': { figure: 'open_circuits', bad: 'above', warning: 1, critical: null, unit: 'count' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

export type Level = 'warning' | 'critical';
export type Threshold = Readonly<{ warning: number; critical: number | null }>;
export type Thresholds = Readonly<Record<RuleName, Threshold>>;

const threshold = z.strictObject({
  warning: z.number().min(0).max(1e9),
  critical: z.number().min(0).max(1e9).nullable(),
});

/**
 * What owners may set: any of the rules, each with both of its numbers, the warning before the critical one. An unknown
 * rule is refused with the names that there are.
 */
export const changedThresholds = z
  .partialRecord(z.enum(RULE_NAMES as readonly [RuleName, ...RuleName[]]), threshold)
  .superRefine((changes, context) => {
    for (const [name, { warning, critical }] of Object.entries(changes)) {
      if (critical === null) continue;
      const { bad } = RULES[name as RuleName];
      if (bad === 'above' ? warning < critical : warning > critical) continue;
      const word = bad === 'above' ? 'below' : 'above';
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `the warning must be ${word} the critical value`,
      });
    }
  });
export type ChangedThresholds = z.infer<typeof changedThresholds>;

/** The thresholds that count, with what the owner has changed. */
export function thresholdsWith(changed: ChangedThresholds | null): Thresholds {
  const own = RULE_NAMES.map((name): [RuleName, Threshold] => {
    const { warning, critical }: Threshold = RULES[name];
    return [name, changed?.[name] ?? { warning, critical }];
  });
  // One entry for each name.
  return Object.fromEntries(own) as Thresholds;
}

export type Breach = Readonly<{ rule: RuleName; level: Level; value: number; limit: number }>;

/**
 * What is too high or too low now. A figure at its threshold counts: 80 per cent is reached at 80.
 * @param processes the latest figures of each process; the worst of them is judged
 */
export function breachesOf(
  processes: readonly Readonly<Record<string, number>>[],
  thresholds: Thresholds,
): readonly Breach[] {
  return RULE_NAMES.flatMap((rule): readonly Breach[] => {
    const { figure, bad, needs }: Rule = RULES[rule];
    const values = processes.flatMap((figures) => {
      const value = figures[figure];
      const counts = needs === undefined || (figures[needs.figure] ?? 0) >= needs.atLeast;
      return value === undefined || !counts ? [] : [value];
    });
    if (values.length === 0) return [];
    const value = bad === 'above' ? Math.max(...values) : Math.min(...values);
    const isReached = (limit: number) => (bad === 'above' ? value >= limit : value < limit);
    const { warning, critical } = thresholds[rule];
    if (critical !== null && isReached(critical))
      return [{ rule, level: 'critical', value, limit: critical }];
    return isReached(warning) ? [{ rule, level: 'warning', value, limit: warning }] : [];
  });
}
