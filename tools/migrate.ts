/** `npm run db:migrate`: brings the server of DATABASE_URL up to date without starting Vitrine. */
import { runCommand } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { migrateServer } from '../src/database/migrate.ts';
import { createLog } from '../src/log.ts';

const command = {
  usage: 'npm run db:migrate',
  about:
    'Brings the schema of the server at DATABASE_URL (DATABASE_DIRECT_URL where it is set) up to date, as every start does, without starting Vitrine.',
};

await runCommand(command, async () => {
  const config = readConfig();
  const log = createLog(config.log);
  if (config.database.kind === 'embedded') {
    log.info('DATABASE_URL is not set; the embedded database migrates itself at every start');
  } else {
    await migrateServer(config.database.directUrl ?? config.database.url, log);
    log.info('the schema is up to date');
  }
});
