/** What `npm test` and `npm run chaos` have in common. */
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export const settings = {
  // For what hangs, not for what is slow: the machine may be busy with other things. No test has a limit of its own.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Each worker imports the packages; without it drizzle-orm alone takes most of a second.
  execArgv: ['--import', join(ROOT, 'src/quick-imports.mjs')],
  setupFiles: [join(ROOT, 'tests/support/drawn-cases.ts')],
  // Files share a worker's modules; loading them anew for each was a third of the time. No module keeps state that
  // one file could leave to the next: what has state is built by whoever uses it.
  isolate: false,
  // Most files wait for clocks, sockets and a database more than they compute: twice as many as two cores.
  maxWorkers: 4,
};
