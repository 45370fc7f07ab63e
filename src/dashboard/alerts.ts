/** What stands, when that is said, and the figures that say it. */
import type { AlertKind } from '../alerts/alert.ts';
import { type RaisedAlert, readRaised } from '../alerts/read-alerts.ts';
import {
  changedThresholds,
  RULE_NAMES,
  RULES,
  type RuleName,
  type Threshold,
  thresholdsWith,
  worstOf,
} from '../alerts/thresholds.ts';
import type { CacheStatistics } from '../cache/cache.ts';
import type { Database } from '../database/client.ts';
import { LASTING_KINDS, raisedText } from '../messenger/tell-alert.ts';
import type { Figures } from '../monitoring/figures.ts';
import { changeThresholds } from '../owners/change-thresholds.ts';
import { readSetting } from '../owners/settings.ts';
import { durationOf } from '../screens/statistics-card.ts';
import { figure } from './figure.ts';
import { actForm, decimalNumber, oneOf } from './form.ts';
import { moment, number } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { type Column, table } from './list.ts';
import { noticeIn, withNotice } from './notice.ts';
import type { Route, Visit, Visitor } from './visit.ts';

/** More than are read at once. */
const SHOWN = 20;
/** What has happened and has no page of its own; messages that were given up stand under the process's health. */
const HAPPENED: readonly AlertKind[] = ['model-ending', 'picture-paid-often'];

export const alertRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/alerts',
    right: 'see-failures',
    async answer(deps, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const { db, counting, history } = deps;
      const now = new Date();
      const standing = await readStanding(db, now);
      const happened = await readRaised(db, { kinds: HAPPENED, limit: SHOWN }, now);
      const thresholds = thresholdsWith(await readSetting(db, 'thresholds', now));
      const processes = await history.latest(now);
      const title = t('dash-section-alerts');
      const said = (alert: RaisedAlert) => raised(visitor, alert, counting.timeZone);
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
<section aria-labelledby="standing"><h2 id="standing">${t('dash-standing')}</h2>
${standing.length === 0 ? html`<p class="calm">${t('dash-no-alerts')}</p>` : standing.map(said)}</section>
${happened.length > 0 && html`<section aria-labelledby="happened"><h2 id="happened">${t('dash-happened')}</h2>${happened.map(said)}</section>`}
<section aria-labelledby="rules"><h2 id="rules">${t('dash-rules')}</h2><p class="soft">${t('dash-rules-hint')}</p>
<div class="acts">${RULE_NAMES.map((rule) => ruleForm(visitor, rule, thresholds[rule], worstOf(processes, rule)))}</div></section>
<section aria-labelledby="process"><h2 id="process">${t('dash-process')}</h2><p class="soft">${t('dash-process-hint')}</p>
${processFigures(visitor, deps.readFigures(), await history.uptime(now))}</section>
<section aria-labelledby="caches"><h2 id="caches">${t('dash-caches')}</h2>
${table(t('dash-caches'), cacheColumns(visitor), Object.entries(deps.caches()))}</section>`;
      return { kind: 'page', title, section: 'alerts', main };
    },
  },
  {
    method: 'POST',
    path: '/alerts/thresholds/:rule',
    right: 'set-thresholds',
    async answer({ db }, { visitor, params, form, log }) {
      const rule = oneOf(RULE_NAMES, params.rule);
      if (rule === null) return { kind: 'refused', sentence: visitor.t('error-not-found') };
      const read = changedThresholds.safeParse({ [rule]: readThreshold(form) });
      if (!read.success) return { kind: 'refused', sentence: visitor.t('dash-rule-unread') };
      await changeThresholds(db, { by: visitor.userId, changes: read.data }, new Date());
      log.info({ adminId: visitor.userId, rule }, 'a threshold was set');
      return { kind: 'redirect', to: withNotice('/alerts', 'thresholds-set') };
    },
  },
];

/** The newest of what goes on. */
export function readStanding(db: Database, now: Date): Promise<RaisedAlert[]> {
  return readRaised(db, { kinds: LASTING_KINDS, limit: SHOWN }, now);
}

function raised(visitor: Visitor, alert: RaisedAlert, timeZone: string): Html {
  const sentences = raisedText(visitor.t, alert).split('\n');
  return html`<div class="notice warn">${sentences.map((sentence) => html`<p>${sentence}</p>`)}<small>${moment(visitor, timeZone, alert.since)}</small></div>`;
}

/** One rule with its limits; they are changed one by one, so that nobody undoes what another owner has set. */
function ruleForm(
  visitor: Visitor,
  rule: RuleName,
  { warning, critical }: Threshold,
  now: number | null,
): Html {
  const { t } = visitor;
  const { bad, unit } = RULES[rule];
  const limits = {
    warning: measured(visitor, rule, warning),
    critical: critical === null ? 'none' : measured(visitor, rule, critical),
  };
  const words = bad === 'above' ? t('dash-rule-above', limits) : t('dash-rule-below', limits);
  const fields = html`<label>${t('dash-rule-warning', { unit })} <input name="warning" type="number" inputmode="decimal" min="0" step="any" required value="${warning}"></label>
<label>${t('dash-rule-critical')} <input name="critical" type="number" inputmode="decimal" min="0" step="any" value="${critical}"></label>
<button class="primary">${t('dash-rule-save')}</button>`;
  return html`<details><summary><span class="rule"><span>${t(`dash-rule-name-${rule}`)}</span> <small>${now !== null && html`${t('dash-rule-now', { value: measured(visitor, rule, now) })} · `}${words}</small></span></summary>${actForm(visitor, `/alerts/thresholds/${rule}`, fields)}</details>`;
}

/** What the form says: no critical value where none is written, and what is no number as it is. */
function readThreshold({
  warning,
  critical,
}: Visit['form']): Record<keyof Threshold, number | string | null> {
  const isWritten = critical !== undefined && critical.trim() !== '';
  return {
    warning: decimalNumber(warning),
    critical: isWritten ? (decimalNumber(critical) ?? critical) : null,
  };
}

function measured(visitor: Visitor, rule: RuleName, value: number): string {
  const written = number(visitor, value, 1);
  switch (RULES[rule].unit) {
    case 'seconds':
      return visitor.t('dash-seconds', { seconds: written });
    case 'percent':
      return visitor.t('percent', { percent: written });
    case 'count':
      return written;
    default: {
      const never: never = RULES[rule];
      throw new Error(`unknown rule ${String(never)}`);
    }
  }
}

/** @param uptime per cent of the last day */
function processFigures(visitor: Visitor, { system, application, database }: Figures, uptime: number | null) {
  const { t, language } = visitor;
  const one = (value: number | null, digits = 0) => (value === null ? '–' : number(visitor, value, digits));
  const percent = (value: number | null) => (value === null ? '–' : t('percent', { percent: one(value, 1) }));
  const seconds = (value: number | null) =>
    value === null ? '–' : t('dash-seconds', { seconds: one(value, 2) });
  const within = (value: number | null) => (value === null ? '' : t('dash-within', { time: seconds(value) }));
  const { uptime_seconds: up } = system;
  return html`<dl class="figures">
${figure(t('dash-process-cpu'), percent(system.cpu_percent), '')}
${figure(t('dash-process-memory'), percent(system.memory_percent), t('dash-process-memory-note', { size: one(system.resident_memory_mb) }))}
${figure(t('dash-process-disk'), percent(system.disk_usage_percent), '')}
${figure(t('dash-process-loop'), percent(system.event_loop_percent), t('dash-process-loop-note', { delay: one(system.event_loop_delay_ms, 1) }))}
${figure(t('dash-process-requests'), one(application.active_requests), t('dash-process-requests-note', { perSecond: one(application.requests_per_second, 2) }))}
${figure(t('dash-process-answer'), seconds(application.avg_response_time), within(application.p95_response_time))}
${figure(t('dash-process-failed'), percent(application.error_rate), '')}
${figure(t('dash-process-jobs'), one(application.active_jobs), t('dash-process-jobs-note', { count: one(application.jobs_waiting) }))}
${figure(t('dash-process-job'), seconds(application.avg_processing_time), within(application.p95_processing_time))}
${figure(t('dash-process-connections'), percent(database.pool_usage_percent), t('dash-process-database-note', { size: one(database.size_mb) }))}
${figure(t('dash-process-up'), up === null ? '–' : durationOf(language, up * 1000), uptime === null ? '' : t('dash-process-up-note', { percent: one(uptime, 1) }))}
</dl>`;
}

function cacheColumns(visitor: Visitor): Column<[string, CacheStatistics]>[] {
  const { t } = visitor;
  const column = (
    title: string,
    of: (statistics: CacheStatistics) => number | null,
    show: (value: number) => Content = (value) => number(visitor, value),
  ): Column<[string, CacheStatistics]> => ({
    title,
    kind: 'number',
    cell: ([, statistics]) => of(statistics),
    show([, statistics]) {
      const value = of(statistics);
      return value === null ? '–' : show(value);
    },
  });
  const share = (value: number) => t('percent', { percent: number(visitor, value * 100) });
  return [
    { title: t('dash-col-cache'), kind: 'name', cell: ([name]) => name },
    column(t('dash-col-filled'), ({ size, limit }) => size / limit, share),
    column(t('dash-col-hits'), ({ hitRate }) => hitRate, share),
    column(t('dash-col-questions'), ({ hits, joins, misses }) => hits + joins + misses),
    column(t('dash-col-evictions'), ({ evictions }) => evictions),
    column(t('dash-col-stale'), ({ stale }) => stale),
  ];
}
