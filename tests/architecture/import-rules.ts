/**
 * The arrows of the design as data, and the guard that holds the source to them. A room is a folder of `src`,
 * a file that stands in `src` itself, or a folder beside it.
 */
import { posix } from 'node:path';
import { readSource, type Source } from './read-source.ts';

/**
 * From the top down. Rooms of one step stand side by side and do not know each other; each may import every room
 * of the steps below. Types count: a type is an arrow as well.
 */
const STEPS: readonly (readonly string[])[] = [
  ['main'],
  ['run'],
  ['app'],
  ['schedules', 'routes'],
  // What drives: the customer, the owner, the queue.
  ['bot', 'intake', 'pipeline', 'api', 'dashboard'],
  // Money with Telegram; what is said, and how it looks.
  ['payments'],
  ['messenger'],
  ['screens'],
  ['texts'],
  // What is kept of a person: it knows every table, and the rules below do not know it.
  ['privacy'],
  // The rules: a photoshoot spends credits, credits belong to a customer.
  ['photoshoots'],
  ['billing'],
  ['customers', 'support', 'statistics', 'marketplaces'],
  ['owners'],
  // Capabilities, each behind one door.
  ['queue', 'cache', 'ai', 'imaging', 'telegram', 'monitoring', 'alerts', 'analytics', 'web'],
  // Pure: numbers in, drawings out.
  ['charts'],
  // The ground.
  ['resilience'],
  ['redis'],
  ['database'],
  ['time', 'config'],
  ['log', 'log-file', 'config-variables', 'dispatcher', 'multipart', 'quick-imports', 'command-line'],
  ['database-address', 'redis-address'],
  ['errors', 'health'],
];

/** Where a room may import less than the steps below it. */
const NARROWER: Readonly<Record<string, readonly string[]>> = {
  main: ['command-line', 'quick-imports'],
  run: ['config', 'log', 'log-file', 'errors'],
  // Pure: data and texts in, words and keys out.
  screens: [
    'texts',
    'privacy',
    'photoshoots',
    'billing',
    'customers',
    'support',
    'statistics',
    'marketplaces',
    'owners',
    'charts',
    // For the type of a package that is sold.
    'config',
    'ai/ratios.ts',
    'telegram/escape-html.ts',
  ],
};

/**
 * Loaded by `import()`: the rest behind what makes it quick; the app, behind the first line of the log; and the
 * sandbox, which production never reads.
 */
const MAY_LOAD_LAZILY: Readonly<Record<string, readonly string[]>> = {
  main: ['run'],
  run: ['app', 'sandbox'],
};

/** Beside `src`: what each folder may import of the others. The product imports none of them. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  sandbox: [],
  tools: ['src', 'sandbox', 'bench', 'tests/support'],
};

/** What only one file of `src` may import, and one of the sandbox, which draws with a sharp of its own. */
const ONE_FILE_EACH = ['sharp', 'openai', 'cockatiel', 'postgres'] as const;
/** Rooms that ask and change through verbs and readers alone: no statement stands in them. */
const WITHOUT_SQL = ['bot', 'dashboard', 'api', 'pipeline', 'payments', 'messenger', 'screens'];
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
      .filter((file) => file.readsEnvironment && file.path !== ENVIRONMENT_FILE && file.room !== 'tools')
      .map((file) => `${file.path} reads process.env; only ${ENVIRONMENT_FILE} may`),
    ...files
      .filter(({ room, imports }) => WITHOUT_SQL.includes(room) && imports.some(isOfSql))
      .map((file) => `${file.path} imports drizzle-orm; statements stand in the rules`),
    ...files
      .filter((file) => file.reservesConnection)
      .map((file) => `${file.path} reserves a connection; that hangs when it breaks, a transaction does not`),
  ];
}

/** `src/billing/ledger.ts` is in `billing`, `src/config.ts` is `config`, `sandbox/faults.ts` is `sandbox`. */
function roomOf(path: string): string {
  const [folder = '', room = ''] = path.split('/');
  return folder === 'src' ? room.replace(/\.m?[jt]s$/, '') : folder;
}

function strayImports(file: File, known: ReadonlySet<string>): string[] {
  const allowed = mayImport(file.room);
  if (allowed === null) return [`${file.path} is in a room that the rules do not know`];
  return file.imports.flatMap(({ specifier, lazy }) => {
    const target = resolve(file.path, specifier);
    if (target === null) return [];
    if (!/^(tests|bench)\//.test(target) && !known.has(target))
      return [`${file.path} imports ${specifier}, which is not there`];
    if (roomOf(target) === file.room) return [];
    const places = lazy ? [...allowed, ...(MAY_LOAD_LAZILY[file.room] ?? [])] : allowed;
    if (places.some((place) => isWithin(target, place))) return [];
    return [
      `${file.path} imports ${target}: ${file.room} may not ${lazy ? 'load' : 'import'} ${roomOf(target)}`,
    ];
  });
}

/** The rooms, folders or files that a room may import; null for a room that is not known. */
function mayImport(room: string): readonly string[] | null {
  const step = STEPS.findIndex((rooms) => rooms.includes(room));
  return BESIDE[room] ?? NARROWER[room] ?? (step < 0 ? null : STEPS.slice(step + 1).flat());
}

/** @param place a room, a folder or a file of `src`, or a folder beside it */
function isWithin(target: string, place: string): boolean {
  return (
    roomOf(target) === place || `/${target}`.startsWith(`/src/${place}`) || target.startsWith(`${place}/`)
  );
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

function isOfSql({ specifier }: { specifier: string }): boolean {
  return specifier === 'drizzle-orm' || specifier.startsWith('drizzle-orm/');
}

function scattered(files: readonly File[], name: string): string[] {
  const users = files.filter((file) =>
    file.imports.some(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  return [...Map.groupBy(users, (file) => file.path.split('/')[0])]
    .filter(([, paths]) => paths.length > 1)
    .map(([, paths]) => `${name} is imported by ${paths.map((file) => file.path).join(' and ')}; one may`);
}
