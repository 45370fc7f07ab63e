import { METRICS, type MetricName } from '../../../src/monitoring/metrics.ts';

/** Words of the language that are no metric, and need no bracket behind them. */
const WORDS = ['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool'];
/** What Prometheus itself gives every target. */
const OF_PROMETHEUS = ['job', 'instance', 'le'];
const SUFFIXES = /_(bucket|count|sum)$/;

/** One sentence for each name in a query of Prometheus that this process does not tell. */
export function faultsIn(query: string): string[] {
  const faults: string[] = [];
  const labels = new Set(OF_PROMETHEUS);
  const grouped: string[] = [];
  const bare = query
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|without) \(([^)]*)\)/g, (_, names: string) => {
      grouped.push(...names.split(',').map((name) => name.trim()));
      return '';
    });
  for (const [, name = '', selector = ''] of bare.matchAll(/\b([a-zA-Z_]\w*)\b(?!\s*\()(?:\{([^}]*)\})?/g)) {
    if (WORDS.includes(name) || isLabelOf(bare, name)) continue;
    const known = labelsOf(name);
    if (known === null) {
      faults.push(`there is no metric ${name}`);
      continue;
    }
    for (const label of known) labels.add(label);
    for (const [, label = ''] of selector.matchAll(/(\w+)\s*[=!]/g))
      if (![...known, ...OF_PROMETHEUS].includes(label)) faults.push(`${name} has no label ${label}`);
  }
  for (const label of grouped)
    if (!labels.has(label)) faults.push(`no metric of the query has the label ${label}`);
  return faults;
}

/** Whether it only stands before a sign of comparison within a selector. */
function isLabelOf(query: string, name: string): boolean {
  return [...query.matchAll(/\{([^}]*)\}/g)].some(([, inside = '']) =>
    new RegExp(`\\b${name}\\s*[=!]`).test(inside),
  );
}

function labelsOf(name: string): readonly string[] | null {
  if (name === 'up') return [];
  const base = name.replace(SUFFIXES, '');
  if (isMetric(name) && METRICS[name].kind !== 'seconds') return METRICS[name].labels;
  if (base !== name && isMetric(base) && METRICS[base].kind === 'seconds') return METRICS[base].labels;
  return null;
}

function isMetric(name: string): name is MetricName {
  return name in METRICS;
}
