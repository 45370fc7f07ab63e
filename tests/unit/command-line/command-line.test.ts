import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const { version, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** The programs of this project that an npm script runs. */
const PROGRAMS = [
  ...new Set(
    Object.values<string>(scripts).flatMap(
      (script) => /^node start\.mjs (?:--\S+ )*(\S+\.ts)$/.exec(script)?.[1] ?? [],
    ),
  ),
];

describe('each command line', () => {
  test('is among those that are checked', () => {
    expect(PROGRAMS).toContain('src/main.ts');
    expect(PROGRAMS.length).toBeGreaterThan(3);
  });

  test.each(PROGRAMS)('says for --help how it is used, and does nothing else: %s', async (program) => {
    const { code, output, errors } = await run(program, '--help');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^Usage: npm [^\n]+\n\n[A-Z].+\n\nOptions:\n {2}-h, --help .+$/s);
  });
});

describe('a command line', () => {
  test('says its version and the Node that it runs on', async () => {
    expect(await run('src/main.ts', '--version')).toEqual({
      code: 0,
      output: `Vitrine ${version}, Node ${process.versions.node}\n`,
      errors: '',
    });
  });

  test.each([
    ['an option that it does not know', 'src/main.ts', '--port=80', /^Unknown option '--port'.*\nUsage: /],
    ['an argument too many', 'src/main.ts', 'now', /^There is one argument too many: “now”\.\nUsage: /],
    ['a name that it does not know', 'bench/main.ts', 'luck', /^There is no benchmark luck; .+\nUsage: /],
  ])('refuses %s, and says how it is used', async (_what, program, argument, message) => {
    const { code, output, errors } = await run(program, argument);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(message);
  });

  test('says in a sentence that a file is no photo, as the demo is given one', async () => {
    const { code, errors } = await run('tools/demo/main.ts', join(ROOT, 'package.json'));
    expect({ code, errors }).toEqual({
      code: 2,
      errors: expect.stringMatching(/package\.json is no photo that a messenger can send: .+\nUsage: .+\n$/),
    });
    expect(errors).not.toMatch(/ {4}at |Error/);
  });

  test('says in a sentence what is wrong with the environment', async () => {
    const { code, errors } = await run('tools/migrate.ts', [], { DATABASE_URL: 'shop' });
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^Vitrine cannot start with this environment:\n {2}- DATABASE_URL is not right: .+\n$/,
    );
  });
});

/** Runs a program of this project to its end, as an npm script does, where no developer's .env is. */
async function run(program: string, args: string | string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'start.mjs'), program, ...[args].flat()], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, output, errors };
}
