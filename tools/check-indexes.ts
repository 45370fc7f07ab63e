/** `npm run check:indexes`: which indexes are missing, broken or unused. It changes nothing. */
import { runCommand } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { checkIndexes } from '../src/database/indexes.ts';
import { createLog } from '../src/log.ts';
import { openLedger } from './open-ledger.ts';

const command = {
  usage: 'npm run check:indexes',
  about: `Lists indexes that the schema promises and the database of DATABASE_URL has not, those that were broken off, and
those of large tables that nothing has used since the server's statistics began. It changes nothing.
Ends with 0, or with 1 where one is missing or broken.`,
};

await runCommand(command, async () => {
  const config = readConfig();
  const ledger = await openLedger(config, createLog(config.log));
  try {
    const { missing, invalid, unused } = await checkIndexes(ledger.db);
    const lines = [
      ...missing.map((name) => `${name} is missing: npm run db:migrate brings it, or it was dropped by hand`),
      ...invalid.map((name) => `${name} is broken: reindex index concurrently ${name}`),
      ...unused.map(
        ({ name, table, bytes }) =>
          `${name} on ${table} (${(bytes / 1e6).toFixed(1)} MB) was never used; it may serve what is rare`,
      ),
    ];
    process.stdout.write(lines.length === 0 ? 'Every index is there and used.\n' : `${lines.join('\n')}\n`);
    return missing.length + invalid.length === 0 ? 0 : 1;
  } finally {
    await ledger.close();
  }
});
