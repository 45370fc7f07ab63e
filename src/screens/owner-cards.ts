/** The owners' menu, which edits one message and leads everywhere; the brakes; the team. */
import type { PauseReason } from '../billing/selling.ts';
import type { Right } from '../owners/rights.ts';
import type { TeamMember } from '../owners/team.ts';
import type { WhatWaits } from '../statistics/what-waits.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { LISTS, type ListName, listArgument } from './list-keys.ts';
import { button, inRows, lines, type Screen } from './screen.ts';

export type Brakes = {
  reasons: readonly PauseReason[];
  /** Why an owner has closed the shop. */
  words: string | null;
  freeCreditsStopped: boolean;
};

/** @param allows whether whoever looks may do this; keys for the rest are not shown */
export function adminMenuCard(
  t: Translate,
  waits: WhatWaits,
  brakes: Brakes,
  allows: (right: Right) => boolean,
): Screen {
  const list = (name: ListName, count: number | null) => {
    if (!allows(LISTS[name])) return [];
    const text = t(`admin-list-${name}`);
    return [
      button(
        count === null || count === 0 ? text : `${text} · ${count}`,
        'list',
        name,
        listArgument(1, null),
      ),
    ];
  };
  return {
    text: lines(
      t('admin-title'),
      '',
      t('admin-waits', { tickets: waits.tickets, held: waits.held + waits.unsettled, failed: waits.failed }),
      t('admin-at-work', { photoshoots: waits.atWork }),
      brakes.reasons.length > 0 && t('admin-selling-paused'),
      brakes.freeCreditsStopped && t('admin-free-stopped'),
      '',
      t('admin-person-hint'),
    ),
    keyboard: [
      list('tickets', waits.tickets),
      ...inRows(
        [
          ...list('held', waits.held + waits.unsettled),
          ...list('failed', waits.failed),
          ...list('payments', null),
          ...list('orders', null),
          ...(allows('sign-in') ? [button(t('button-dashboard'), 'admin', 'dashboard')] : []),
          ...(allows('see-figures') ? [button(t('button-statistics'), 'admin', 'figures')] : []),
          ...(allows('broadcast') ? [button(t('button-broadcasts'), 'admin', 'broadcast')] : []),
          ...(allows('pause') ? [button(t('button-brakes'), 'admin', 'brakes')] : []),
          ...(allows('see-figures') ? [button(t('button-digests'), 'admin', 'digests')] : []),
          ...(allows('see-team') ? [button(t('button-team'), 'admin', 'team')] : []),
        ],
        2,
      ),
    ].filter((row) => row.length > 0),
  };
}

/** Any screen with the way back to the menu below it. */
export function withMenu(t: Translate, { text, keyboard }: Screen): Screen {
  return { text, keyboard: [...keyboard, [button(t('button-admin-menu'), 'admin', 'menu')]] };
}

/** What is sold and given, and the keys that change it at once; closing the shop needs words, so it is a command. */
export function brakesCard(t: Translate, { reasons, words, freeCreditsStopped }: Brakes): Screen {
  return {
    text: lines(
      t('brakes-title'),
      '',
      reasons.length === 0 ? t('brakes-selling') : t('brakes-not-selling'),
      ...reasons.map((reason) =>
        reason === 'owner' ? t('brake-owner', { why: escapeHtml(words ?? '') }) : t(`brake-${reason}`),
      ),
      freeCreditsStopped ? t('brakes-free-stopped') : t('brakes-free-given'),
      '',
      t('brakes-hint'),
    ),
    keyboard: [
      ...(words === null
        ? []
        : [[button(t('button-resume'), 'brake', 'resume', undefined, { style: 'success' })]]),
      [
        freeCreditsStopped
          ? button(t('button-free-allow'), 'brake', 'allow')
          : button(t('button-free-stop'), 'brake', 'stop'),
      ],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

/** How the process is; null where it is not known. Shares in per cent, times in seconds. */
export type ProcessState = Readonly<{
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  active: number;
  perSecond: number;
  average: number | null;
  slowest: number | null;
  errors: number | null;
  jobs: number;
  waiting: number | null;
  hits: number | null;
  pool: number | null;
  uptime: number | null;
  /** What is not well, by the name that /health gives it. */
  unwell: readonly string[];
}>;

/** The figures of the last minutes, with a key that asks again. */
export function processCard(t: Translate, { unwell, ...state }: ProcessState): Screen {
  const figures = Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      value === null ? t('process-unknown') : rounded(value),
    ]),
  );
  return {
    text: lines(
      t('process-title'),
      '',
      unwell.length === 0 ? t('process-well') : t('process-unwell', { parts: escapeHtml(unwell.join(', ')) }),
      '',
      t('process-machine', figures),
      t('process-requests', figures),
      t('process-jobs', figures),
      t('process-data', figures),
    ),
    keyboard: [
      [button(t('button-refresh'), 'admin', 'process')],
      [button(t('button-health'), 'admin', 'health'), button(t('button-alerts'), 'admin', 'alerts')],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

/** What owners are told in the morning without asking. */
export function digestsCard(t: Translate, isWeekly: boolean): Screen {
  return {
    text: lines(
      t('digests-title'),
      '',
      t('digests-daily'),
      isWeekly ? t('digests-weekly') : t('digests-not-weekly'),
    ),
    keyboard: [
      [
        isWeekly
          ? button(t('button-weekly-end'), 'digest', 'end')
          : button(t('button-weekly-begin'), 'digest', 'begin'),
      ],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

export function teamCard(t: Translate, team: readonly TeamMember[]): Screen {
  return {
    text: lines(
      t('team-title'),
      '',
      ...team.map(({ userId, firstName, username }) =>
        t('team-line', {
          name: escapeHtml(firstName),
          at: username === null ? '' : `@${escapeHtml(username)}`,
          user: String(userId),
        }),
      ),
      team.length === 0 && t('team-empty'),
      '',
      t('team-hint'),
    ),
    keyboard: [
      ...team.map(({ userId, firstName }) => [
        button(t('button-withdraw', { name: firstName }), 'team', userId),
      ]),
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}
