/**
 * `npm run chaos`: whatever takes processes that start, die and are replaced, apart from `npm test` because it takes
 * longer than whoever changes a line wants to wait.
 */
import { defineConfig } from 'vitest/config';
import { findPostgres } from '../support/postgres-server.ts';
import { useMemoryForFiles } from '../support/scratch.ts';
import { settings } from '../support/settings.ts';

useMemoryForFiles();

if (findPostgres() === null) throw new Error('chaos needs an installed PostgreSQL server');

/** What a process does to a folder that another one has, and a crash on the database that comes along. */
const ON_THE_EMBEDDED_ONE = ['tests/chaos/processes-folder.test.ts', 'tests/system/crash.test.ts'];

export default defineConfig({
  test: {
    ...settings,
    reporters: ['verbose'],
    projects: [
      // Takes as long as it is told to, and a minute more for each that it rages, for what was begun to end.
      {
        extends: true,
        test: { name: 'chaos', include: ['tests/chaos/chaos.test.ts'], testTimeout: 7_200_000 },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/chaos/processes*.test.ts'],
          exclude: ON_THE_EMBEDDED_ONE,
          globalSetup: 'tests/support/setup-server.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: ON_THE_EMBEDDED_ONE,
          globalSetup: 'tests/support/setup-embedded.ts',
        },
      },
    ],
  },
});
