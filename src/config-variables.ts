/**
 * The variables of the environment: how each is read, what it is when absent, and what would be right. What they
 * mean for the parts of the app is config.ts.
 */
import type { z } from 'zod';
import { PROCESS } from './config-variables/process.ts';
import { PROVIDERS } from './config-variables/providers.ts';
import type { Variable, Variables } from './config-variables/readers.ts';
import { SHOP } from './config-variables/shop.ts';
import { STORAGE } from './config-variables/storage.ts';
import { WEB } from './config-variables/web.ts';

/**
 * Every variable: how it is read, what it is when absent (`undefined`: nothing), and one line that says what
 * would be right. `secret` values never appear in an error.
 */
const VARIABLES = { ...PROCESS, ...WEB, ...STORAGE, ...PROVIDERS, ...SHOP } as const satisfies Variables;

export type Name = keyof typeof VARIABLES;

/** What was read, by name. */
export type Values = {
  [N in Name]:
    | z.output<(typeof VARIABLES)[N]['schema']>
    | ((typeof VARIABLES)[N] extends { absent: string } ? never : undefined);
};

export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly Name[];

/** The variables whose values nobody but Vitrine may see. */
export const SECRET_NAMES = VARIABLE_NAMES.filter((name) => 'secret' in VARIABLES[name]);

/**
 * Reads every variable.
 * @param problems gets one line for each value that cannot be used; the values are whole only when there is none
 */
export function readValues(environment: NodeJS.ProcessEnv, problems: string[]): Values {
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of VARIABLE_NAMES) {
    const variable: Variable = VARIABLES[name];
    // An empty variable is an absent one: compose files and shells cannot leave a name out.
    const given = environment[name]?.trim() || undefined;
    const raw = given ?? variable.absent;
    if (raw === undefined) continue;
    const parsed = variable.schema.safeParse(raw);
    if (parsed.success) {
      values[name] = parsed.data;
      continue;
    }
    const shown = variable.secret ? '' : ` (“${raw.replace(/\/\/[^\s/]*@/g, '//[password]@')}”)`;
    const reason =
      variable.secret || parsed.error.issues[0]?.code !== 'invalid_value'
        ? parsed.error.issues[0]?.message
        : 'it is none of the known values';
    problems.push(`${name}${shown} is not right: ${reason}. It should be ${variable.right}.`);
  }
  // Each key holds what its own schema produced; names that failed are reported before anything reads them.
  return values as Values;
}
