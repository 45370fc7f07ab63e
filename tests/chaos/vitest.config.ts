/**
 * `npm run chaos`: processes that start, die and are replaced, crowds, outages, and connections that fall silent, apart
 * from `npm test` because they take longer than whoever changes a line wants to wait.
 */
import { defineConfig } from 'vitest/config';
import { findPostgres } from '../support/postgres-server.ts';
import { useMemoryForFiles } from '../support/scratch.ts';
import { settings } from '../support/settings.ts';

useMemoryForFiles();

if (findPostgres() === null) throw new Error('chaos needs an installed PostgreSQL server');

const RAGE = 'tests/chaos/chaos.test.ts';
/** What a process does to a folder that another one has. */
const FOLDER = 'tests/chaos/processes-folder.test.ts';

export default defineConfig({
  test: {
    ...settings,
    reporters: ['verbose'],
    projects: [
      // Takes as long as it is told to, and a minute more for each that it rages, for what was begun to end.
      {
        extends: true,
        test: { name: 'chaos', include: [RAGE], testTimeout: 7_200_000 },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/chaos/*.test.ts'],
          exclude: [RAGE, FOLDER],
          globalSetup: 'tests/support/setup-server.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: [FOLDER, 'tests/chaos/crash.test.ts'],
          globalSetup: 'tests/support/setup-embedded.ts',
        },
      },
    ],
  },
});
