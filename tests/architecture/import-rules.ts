/**
 * The arrows of the design as data, and the guard that holds the source to them. A room is a folder of `src`,
 * or a file that stands in `src` itself.
 */
import { posix } from 'node:path';
import { readSource, type Source } from './read-source.ts';

const GROUND = ['database', 'config', 'log', 'errors', 'texts', 'command-line'] as const;
const CAPABILITIES = ['queue', 'cache', 'ai', 'imaging', 'telegram', 'resilience', 'monitoring'] as const;
const RULES = ['customers', 'billing', 'photoshoots', 'support', 'statistics'] as const;
const DRIVERS = ['bot', 'web', 'pipeline'] as const;
const BELOW_RULES = [...GROUND, ...CAPABILITIES];
const BELOW_DRIVERS = [...BELOW_RULES, ...RULES, 'screens'];

/** What each room may import beside itself. Types count: a type is an arrow as well. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ...each(GROUND, GROUND),
  config: [...GROUND, 'config-variables'],
  'config-variables': [],
  ...each(CAPABILITIES, GROUND),
  ...each(RULES, BELOW_RULES),
  billing: [...BELOW_RULES, 'customers', 'statistics', 'support'],
  photoshoots: [...BELOW_RULES, 'customers', 'billing', 'statistics', 'support'],
  screens: [...GROUND, ...RULES, 'ai/ratios.ts', 'telegram'],
  ...each(DRIVERS, BELOW_DRIVERS),
  app: [...BELOW_DRIVERS, ...DRIVERS],
  main: ['command-line', 'quick-imports'],
  'quick-imports': [],
  run: ['config', 'log', 'errors'],
  audit: ['command-line', 'config', 'log', 'database', 'billing'],
  demo: ['app', 'command-line', 'config', 'log', 'errors', 'sandbox', 'texts'],
  sandbox: ['log', 'errors'],
};

/**
 * Loaded by `import()`: the rest behind what makes it quick; the app, behind the first line of the log; and the
 * sandbox, which production never reads.
 */
const MAY_LOAD_LAZILY: Readonly<Record<string, readonly string[]>> = {
  main: ['run'],
  run: ['app', 'sandbox'],
};

/** What only one file of the source may import, each folder of the sandbox apart. */
const ONE_FILE_EACH = ['sharp', 'openai', 'cockatiel', 'postgres'] as const;
/** The sandbox draws with a sharp of its own, in one file as well. */
const ISLANDS = ['src/sandbox/'] as const;
const ENVIRONMENT_FILE = 'src/config.ts';

type File = Source & { path: string; room: string };

/**
 * Every way in which the source breaks the rules, one sentence each; none when it keeps them.
 * @param sources paths from the root, such as `src/billing/packages.ts`, with what the files hold
 */
export function findViolations(sources: ReadonlyMap<string, string>): string[] {
  const files = [...sources].map(([path, text]) => ({ path, room: roomOf(path), ...readSource(path, text) }));
  const known = new Set(sources.keys());
  return [
    ...files.flatMap((file) => strayImports(file, known)),
    ...findCycles(files),
    ...ONE_FILE_EACH.flatMap((name) => scattered(files, name)),
    ...files
      .filter((file) => file.readsEnvironment && file.path !== ENVIRONMENT_FILE)
      .map((file) => `${file.path} reads process.env; only ${ENVIRONMENT_FILE} may`),
    ...files
      .filter((file) => file.reservesConnection)
      .map((file) => `${file.path} reserves a connection; that hangs when it breaks, a transaction does not`),
  ];
}

function each(rooms: readonly string[], mayImport: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(rooms.map((room) => [room, mayImport]));
}

/** `src/billing/ledger.ts` is in `billing`, `src/config.ts` is `config`. */
function roomOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

function strayImports(file: File, known: ReadonlySet<string>): string[] {
  if (MAY_IMPORT[file.room] === undefined) return [`${file.path} is in a room that the rules do not know`];
  return file.imports.flatMap(({ specifier, lazy }) => {
    const target = resolve(file.path, specifier);
    if (target === null) return [];
    if (!known.has(target)) return [`${file.path} imports ${specifier}, which is not there`];
    if (roomOf(target) === file.room) return [];
    const allowed = [...(MAY_IMPORT[file.room] ?? []), ...(lazy ? (MAY_LOAD_LAZILY[file.room] ?? []) : [])];
    return allowed.some((place) => place === roomOf(target) || `src/${place}` === target)
      ? []
      : [
          `${file.path} imports ${target}: ${file.room} may not ${lazy ? 'load' : 'import'} ${roomOf(target)}`,
        ];
  });
}

/** A file of the source, or null for a package. */
function resolve(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null;
}

/** One sentence for each import that closes a circle of files. */
function findCycles(files: readonly File[]): string[] {
  const imports = new Map(
    files.map((file) => [file.path, file.imports.map(({ specifier }) => resolve(file.path, specifier))]),
  );
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(`a cycle: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || finished.has(path)) return;
    for (const next of imports.get(path) ?? []) if (next !== null) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const file of files) visit(file.path, []);
  return cycles;
}

function scattered(files: readonly File[], name: string): string[] {
  const users = files.filter((file) =>
    file.imports.some(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  const island = (file: File) => ISLANDS.find((folder) => file.path.startsWith(folder)) ?? 'src/';
  return [...Map.groupBy(users, island)]
    .filter(([, paths]) => paths.length > 1)
    .map(([, paths]) => `${name} is imported by ${paths.map((file) => file.path).join(' and ')}; one may`);
}
