/** How the process is and what is wrong with it, for owners on a phone: each with a key that asks again. */
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';
import { durationOf } from './statistics-card.ts';

/** One part, by the name that /health gives it. `latencyMs`: how long it took to say how it is. */
export type ServiceState = Readonly<{
  name: string;
  status: 'ok' | 'degraded' | 'unhealthy';
  note: string | null;
  latencyMs: number;
}>;

/** Of the database's server, as the last sample has it; null before the first one. */
export type Connections = Readonly<{ active: number | null; idle: number | null; max: number | null }>;

const MARKS = { ok: '🟢', degraded: '🟡', unhealthy: '🔴' } as const;

export function healthCard(
  t: Translate,
  { services, connections }: Readonly<{ services: readonly ServiceState[]; connections: Connections }>,
): Screen {
  const count = (value: number | null) => value ?? t('process-unknown');
  const { active, idle, max } = connections;
  return {
    text: lines(
      t('health-title'),
      '',
      ...services.map(({ name, status, note, latencyMs }) =>
        t('health-line', {
          mark: MARKS[status],
          name: escapeHtml(name),
          note: note === null ? 'none' : escapeHtml(note),
          latency: latencyMs,
        }),
      ),
      '',
      t('health-connections', { active: count(active), idle: count(idle), max: count(max) }),
    ),
    keyboard: [
      [button(t('button-refresh'), 'admin', 'health')],
      [button(t('button-process'), 'admin', 'process'), button(t('button-alerts'), 'admin', 'alerts')],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

/** When an alert is raised. `name`: what is measured, in the reader's words; `critical` is null for never. */
export type RuleState = Readonly<{
  name: string;
  bad: 'above' | 'below';
  unit: 'seconds' | 'percent' | 'count';
  warning: number;
  critical: number | null;
}>;

/** Sentences are HTML. */
export type AlertsState = Readonly<{
  standing: readonly string[];
  /** Whether more stand than are shown. */
  hasMore: boolean;
  /** What is over, the latest first, and for how long. */
  resolved: readonly Readonly<{ sentence: string; agoMs: number }>[];
  rules: readonly RuleState[];
}>;

export function alertsCard(t: Translate, language: string, state: AlertsState): Screen {
  const { standing, hasMore, resolved, rules } = state;
  return {
    text: lines(
      t('alerts-title'),
      '',
      ...(standing.length === 0 ? [t('alerts-none')] : standing),
      hasMore && t('alerts-more'),
      ...(resolved.length === 0 ? [] : ['', t('alerts-resolved')]),
      ...resolved.map(({ sentence, agoMs }) =>
        t('alerts-ago', { sentence, time: durationOf(language, agoMs) }),
      ),
      '',
      t('alerts-rules'),
      ...rules.map((rule) => ruleLine(t, language, rule)),
      '',
      t('alerts-change'),
    ),
    keyboard: [
      [button(t('button-refresh'), 'admin', 'alerts')],
      [button(t('button-process'), 'admin', 'process'), button(t('button-health'), 'admin', 'health')],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

function ruleLine(t: Translate, language: string, { name, bad, unit, warning, critical }: RuleState): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const measured = (value: number) => t('alerts-measure', { unit, value: number.format(value) });
  return t('alerts-rule', {
    bad,
    name,
    warning: measured(warning),
    critical: critical === null ? 'none' : measured(critical),
  });
}
