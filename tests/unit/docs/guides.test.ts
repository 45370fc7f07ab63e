/** What the guides tell people to type is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../src/bot/commands.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const GUIDES = ['load-testing', 'production', 'runbook', 'monitoring', 'database', 'dashboard'];

/** Of which another test says that it names them all. */
const variables = read('.env.example');
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
const routes = globSync('src/{api,intake,dashboard}/*.ts', { cwd: ROOT }).map(read).join('\n');
/** Of compose and of the backups, and words in capitals that are no variables. */
const OTHER_WORDS = [
  'COMPOSE_PROFILES',
  'BACKUPS_KEPT',
  'BACKUP_DIR',
  'POSTGRES_PASSWORD',
  'GRANT',
  'DATABASE_SILENT',
];

/** What stands between backticks, line breaks of blocks included. */
const codeIn = (text: string) => [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code);

describe.each(GUIDES)('what docs/%s.md names', (guide) => {
  const text = read(`docs/${guide}.md`);
  const code = codeIn(text).join('\n');

  test('are there: scripts, routes, commands of the bot, variables and files', () => {
    const missing: string[] = [];
    for (const [, name = ''] of code.matchAll(/npm run (?:-s )?([\w:]+)/g))
      if (!(name in scripts)) missing.push(`npm run ${name}`);
    for (const [, path = ''] of code.matchAll(
      /(?:^|[`\s:\d])(\/(?:api|health|cache|cleanup)[\w/-]*(?:\.json)?)/gm,
    ))
      if (!isRoute(path)) missing.push(path);
    for (const [, name = ''] of code.matchAll(/`\/([a-z_]+)(?: [^`\n]+)?`/g))
      if (!isCommandOrRoute(name)) missing.push(`/${name}`);
    for (const [, name = ''] of code.matchAll(/`([A-Z][A-Z_]{4,})(?:=[^`]*)?`/g))
      if (!variables.includes(`#${name}=`) && !OTHER_WORDS.includes(name)) missing.push(name);
    for (const [, path = ''] of code.matchAll(/`((?:deploy|src|tests|bench|tools)\/[\w./-]+)`/g))
      if (!existsSync(join(ROOT, path))) missing.push(path);
    for (const [, path = ''] of text.matchAll(/\]\(([\w./-]+\.(?:md|png))(?:#[\w-]+)?\)/g))
      if (!existsSync(join(ROOT, 'docs', path))) missing.push(path);
    expect(missing).toEqual([]);
  });

  test('have the options that they are called with', () => {
    const unknown = [...code.matchAll(/npm run ([\w:]+) -- ([^`\n#]+)/g)].flatMap(
      ([, name = '', args = '']) => {
        const program = /(\S+\.ts)/.exec(scripts[name] ?? '')?.[1];
        if (program === undefined) return [];
        const source = read(program);
        return [...args.matchAll(/--([\w-]+)/g)].flatMap(([, option = '']) =>
          new RegExp(`^\\s+'?${option}'?: \\{ type:`, 'm').test(source) ? [] : [`${name} --${option}`],
        );
      },
    );
    // drizzle-kit's own.
    expect(unknown.filter((one) => !one.startsWith('db:generate'))).toEqual([]);
  });
});

function isRoute(path: string): boolean {
  // What stands behind a last slash is an id.
  if (path === '/api' || path === '/cache/' || routes.includes(`'${path.replace(/\/$/, '')}'`)) return true;
  if (OF_A_PATH.includes(path.slice(1))) return true;
  // A part by its name, and the figures below /api/performance as they stand in tables.
  return /^\/api\/health\/|^\/api\/performance\/?$/.test(path);
}

function isCommandOrRoute(name: string): boolean {
  return (
    (COMMAND_NAMES as readonly string[]).includes(name) || isRoute(`/${name}`) || OF_A_PATH.includes(name)
  );
}

/** Shown as the end of a path that stands before it, and a folder of the image. */
const OF_A_PATH = ['system', 'application', 'database', 'queries', 'cache', 'data'];

describe('the sizes of PostgreSQL in docs/production.md', () => {
  const rows = [
    ...read('docs/production.md').matchAll(
      /^\| (\d+) GB \| (\d+) MB \| (\d+) MB \| (\d+) \| (\d+) MB \| (\d+) MB \| (\d+) \|$/gm,
    ),
  ].map((row) => row.slice(1).map(Number) as [number, number, number, number, number, number, number]);

  test('are four', () => expect(rows).toHaveLength(4));

  test.each(rows)(
    '%s GB stay within the machine',
    (gigabytes, buffers, cache, connections, workMem, maintenance, processes) => {
      const memory = gigabytes * 1024;
      expect(buffers + 2 * workMem * connections).toBeLessThanOrEqual(memory * 0.8);
      expect(cache).toBeLessThanOrEqual(memory * 0.75);
      expect(maintenance).toBeLessThanOrEqual(memory / 8);
      // A pool of 20, and six of the queue.
      expect(processes * 26).toBeLessThanOrEqual(connections - 3);
    },
  );
});

test('what docs/reliability.md says was tried has tests by these names, or rooms of tests', () => {
  const names = [
    ...read('docs/reliability.md').matchAll(/`((?:chaos|product|sandbox|system|unit)\/[\w/-]+)`/g),
  ].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(20);
  const isThere = (name: string) =>
    existsSync(join(ROOT, 'tests', name)) || globSync(`tests/${name}*.test.ts`, { cwd: ROOT }).length > 0;
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});
