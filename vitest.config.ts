import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { findPostgres } from './tests/support/postgres-server.ts';
import { useMemoryForFiles } from './tests/support/scratch.ts';
import { settings } from './tests/support/settings.ts';

useMemoryForFiles();

/** The product's tests run on both drivers; the second run needs an installed PostgreSQL server. */
const server = findPostgres() !== null;
if (!server) process.stdout.write('SKIPPED for want of a PostgreSQL server: the project “server”\n');

const scenes = (names: readonly string[]) => names.map((name) => `tests/system/${name}.test.ts`);

/**
 * What a newcomer sees in a browser, on the database that comes along. They run once, since what they show is decided
 * above the database.
 */
const ON_THE_EMBEDDED_ONE = scenes(['browser', 'browser-selling', 'dashboard-browser']);

/**
 * What these show is decided above the database as well: screens, what Telegram and the provider do, what is said to
 * whom. They run once, on the server where there is one: there a scene takes three quarters of the computing, and two
 * hands that are at the same thing at once are so only on several connections (hostile, paywall, results). The rules and
 * statements below them have tests of their own in tests/product, which run on both, and so does the way of an order and
 * of a payment through all floors (main-job, selling-smoke), and a scene whose statements no other test asks for
 * (history, selling-subscription, selling-support).
 */
const ON_THE_SERVER = scenes([
  'admin',
  'any-provider',
  'blocked',
  'blocked-everywhere',
  'budget',
  'caches',
  'card-refunds',
  'coach',
  'cut-out',
  'dashboard',
  'dashboard-frame',
  'deletion',
  'demo',
  'hostile',
  'journeys',
  'known-photo',
  'limits',
  'listing',
  'log-lines',
  'made-before',
  'menu',
  'my-data',
  'owners',
  'pack',
  'paywall',
  'photos',
  'progress',
  'provider-faults',
  'results',
  'search-image',
  'secrets',
  'selling-growth',
  'selling-invoice-photo',
  'selling-payments',
  'shared-cache',
  'shared-limits',
  'sizes',
  'statements',
  'styles',
  'telegram-away',
  'telegram-faults',
  'truth',
  'words',
]);

/** One after the other in one file, and of projects whose turn comes last: two of four workers waited for them. */
const BEGUN_EARLY = ['tests/unit/imaging/likeness.test.ts', 'tests/unit/command-line/command-line.test.ts'];

/** Otherwise the order is Vitest's own: project by project, what took long the last time first. */
class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isEarly = ({ moduleId }: TestSpecification) => BEGUN_EARLY.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isEarly), ...sorted.filter((file) => !isEarly(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFilesFirst },
    ...settings,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/{unit,architecture,sandbox}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: ['tests/{product,system}/**/*.test.ts'],
          exclude: server ? ON_THE_SERVER : [],
          globalSetup: 'tests/support/setup-embedded.ts',
        },
      },
      ...(server
        ? [
            {
              extends: true as const,
              test: {
                name: 'server',
                include: ['tests/{product,system}/**/*.test.ts'],
                exclude: ON_THE_EMBEDDED_ONE,
                globalSetup: 'tests/support/setup-server.ts',
              },
            },
          ]
        : []),
    ],
  },
});
