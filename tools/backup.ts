/** `npm run backup`: one more backup of the database of DATABASE_URL, by deploy/backup.sh. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommand } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { libpqEnvironment, runProgram } from './postgres-programs.ts';

const command = {
  usage: 'npm run backup -- [folder]',
  about: `Dumps the database of DATABASE_URL into a new file of the folder (BACKUP_DIR, else ./backups), and removes all but
the newest BACKUPS_KEPT (14). A dump that fails removes nothing. Needs PostgreSQL's client programs.
Ends with 0 when the backup is whole, else with 1.`,
  operands: 1,
};

await runCommand(command, async ([folder]) => {
  const environment = libpqEnvironment(readConfig());
  const target = resolve(folder ?? process.env.BACKUP_DIR ?? 'backups');
  // For its owner alone, as the dumps in it are.
  await mkdir(target, { recursive: true, mode: 0o700 });
  await runProgram('sh', [join(import.meta.dirname, '../deploy/backup.sh')], {
    ...environment,
    BACKUP_DIR: target,
  });
});
