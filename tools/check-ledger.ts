/**
 * `npm run check:ledger`: recomputes every balance and prints what differs. Exit code 0: the books are right; 1: they
 * are not, or could not be read. It writes nothing.
 */
import { checkLedger, type Difference } from '../src/billing/checks/check-ledger.ts';
import { runCommand } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { openLedger } from './open-ledger.ts';

const command = {
  usage: 'npm run check:ledger',
  about: `Recomputes every balance from what was paid, given and used, and prints what differs. It changes nothing.
Ends with 0 when the books are right, and with 1 when they are not or could not be read.`,
};

await runCommand(command, async () => {
  const config = readConfig();
  const ledger = await openLedger(config, createLog(config.log));
  try {
    const differences = await checkLedger(ledger.db);
    for (const difference of differences) process.stdout.write(`${describe(difference)}\n`);
    process.stdout.write(
      differences.length === 0 ? 'The books are right.\n' : `${differences.length} differences.\n`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await ledger.close();
  }
});

function describe({ check, userId, rowId, recorded, expected }: Difference): string {
  return `person ${userId}, row ${rowId}: ${recorded}, and it should be ${expected} (${check})`;
}
