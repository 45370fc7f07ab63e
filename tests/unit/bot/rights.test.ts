/** The one table of rights, and that whatever is not for everybody asks it. */
import { describe, expect, test } from 'vitest';
import { type Audience, COMMAND_NAMES, COMMANDS } from '../../../src/bot/commands.ts';
import { rightOfTap, TAP_RIGHTS } from '../../../src/bot/tap-rights.ts';
import { ROUTES } from '../../../src/dashboard/routes.ts';
import { may, RIGHTS, type Right, roleOf } from '../../../src/owners/rights.ts';
import { VERBS } from '../../../src/screens/callback-data.ts';
import { LISTS } from '../../../src/screens/list-keys.ts';
import { readProductFiles } from '../../architecture/source-files.ts';

const ALL = Object.keys(RIGHTS) as Right[];

describe('the table of rights', () => {
  test('lets owners do everything, support answer tickets and look at one person, and nobody else anything', () => {
    expect(ALL.filter((right) => !may('owner', right))).toEqual([]);
    expect(ALL.filter((right) => may('support', right)).toSorted()).toEqual([
      'answer-ticket',
      'resolve-ticket',
      'see-menu',
      'see-person',
      'see-tickets',
      'sign-in',
    ]);
    expect(ALL.filter((right) => may(null, right))).toEqual([]);
  });

  test('knows owners by the configuration, and support by what was granted', () => {
    expect(roleOf([7], { id: 7, role: null })).toBe('owner');
    expect(roleOf([7], { id: 7, role: 'support' })).toBe('owner');
    expect(roleOf([7], { id: 8, role: 'support' })).toBe('support');
    expect(roleOf([7], { id: 8, role: null })).toBeNull();
  });
});

describe('what is not for everybody', () => {
  /** The taps that one verb leads to, by what their data may say. */
  const IDS = [
    'menu',
    'figures',
    'cohorts',
    'digests',
    'brakes',
    'team',
    'broadcast',
    'resume',
    'stop',
    'allow',
    'begin',
    'end',
    'show',
    'clear',
    'warm',
    'tidy',
    ...Object.keys(LISTS),
    '1',
  ];
  const ARGUMENTS = [null, 'open', 'resolve', 'unban', 'gift', 'correct', 'ban', 'message', 'part'];
  const asked = VERBS.flatMap((verb) =>
    IDS.flatMap((id) => ARGUMENTS.map((argument) => ({ verb, right: rightOfTap(verb, { id, argument }) }))),
  );

  test('asks for a right of the table, in every command and every tap', () => {
    const audiences = COMMAND_NAMES.map((name): Audience => COMMANDS[name]);
    const rights = [...audiences, ...asked.map(({ right }) => right)];
    expect(rights.filter((right) => right !== null && right !== 'everyone' && !(right in RIGHTS))).toEqual(
      [],
    );
    expect(Object.keys(TAP_RIGHTS).toSorted()).toEqual([...VERBS].toSorted());
  });

  test('is refused where the data names no such thing', () => {
    for (const verb of ['admin', 'list', 'ask', 'brake', 'digest', 'cache'] as const)
      expect(rightOfTap(verb, { id: 'nothing', argument: 'nothing' })).toBeNull();
  });

  test('asks for every right somewhere: none is kept for nothing', () => {
    const rights = new Set<Audience | null>([
      ...COMMAND_NAMES.map((name): Audience => COMMANDS[name]),
      ...asked.map(({ right }) => right),
      ...ROUTES.map(({ right }) => right),
    ]);
    expect(ALL.filter((right) => !rights.has(right))).toEqual([]);
  });

  test('names its owners nowhere else: no feature looks into the configuration by itself', () => {
    const looking = [...readProductFiles()]
      .filter(([path, text]) => /^src\/(bot|dashboard)\//.test(path) && /adminIds\.includes/.test(text))
      .map(([path]) => path);
    // Who is told their commands anew when they are no longer support.
    expect(looking).toEqual(['src/bot/features/admin.ts']);
  });

  test('is written down for good: no row of an act is changed or removed', () => {
    const changing = [...readProductFiles()]
      .filter(([, text]) => /(update|delete)\(ownerActions\)|(update|delete from) owner_actions/i.test(text))
      .map(([path]) => path);
    expect(changing).toEqual([]);
  });
});
