/** `npm run restore -- backups/….dump`: puts a backup in the place of the database, and deletes again who was deleted. */
import { access, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { runCommand, UsageError } from '../src/command-line.ts';
import { type Config, readConfig } from '../src/config.ts';
import { createPseudonyms } from '../src/customers/former-customers.ts';
import { openDatabase } from '../src/database/client.ts';
import { createLog, type Log } from '../src/log.ts';
import { deleteAgain, type Former, listFormer } from '../src/privacy/delete-again.ts';
import { openLedger } from './open-ledger.ts';
import { libpqEnvironment, runProgram } from './postgres-programs.ts';

const command = {
  usage: 'npm run restore -- backup.dump [--deletions list.json] [--without-deletions]',
  about: `Drops the database of DATABASE_URL and makes it anew from a backup. Stop Vitrine before: it is refused while
anything is connected. Whoever was deleted since the backup was taken is deleted again when Vitrine runs; the list of
them is read from the database that is dropped, and kept beside the backup. Where that database is lost, --deletions
names such a list, or --without-deletions says that there is none.
Needs PostgreSQL's client programs and the BOT_TOKEN of Vitrine. Ends with 0, or with 1 when something failed.`,
  operands: 1,
  options: {
    deletions: { type: 'string', about: 'the list that an earlier, broken-off restore has kept' },
    'without-deletions': { type: 'boolean', about: 'there is no database to read them from, and no list' },
  },
} as const;

const LIST = z.array(z.object({ pseudonym: z.string(), banned: z.boolean(), deletedAt: z.coerce.date() }));

await runCommand(command, async ([dump], options) => {
  if (dump === undefined) throw new UsageError('Which backup?');
  await access(dump).catch(() => {
    throw new UsageError(`There is no file ${dump}.`);
  });
  const config = readConfig();
  const log = createLog({ ...config.log, level: 'warn' });
  const environment = libpqEnvironment(config);
  if (config.mode === 'sandbox')
    throw new UsageError('BOT_TOKEN is needed: by it those who were deleted are known again.');
  const former =
    options['without-deletions'] === true ? [] : await readFormer(config, options.deletions, log);
  if (former.length > 0) await writeFile(`${dump}.deletions.json`, JSON.stringify(former), { mode: 0o600 });
  await runProgram(
    'pg_restore',
    ['--clean', '--create', '--if-exists', '--exit-on-error', '--dbname', 'postgres', dump],
    environment,
  );
  const database = await openDatabase(serverOf(config), log);
  try {
    const pseudonymOf = createPseudonyms(config.telegram.token);
    const again = await deleteAgain(database.db, { former, pseudonymOf }, new Date());
    process.stdout.write(
      `Restored from ${dump}. People who were deleted since, and are deleted again when Vitrine runs: ${again}.\n`,
    );
  } finally {
    await database.close();
  }
});

/** From a file, or from the database as it still is. */
async function readFormer(
  config: Config,
  list: string | boolean | undefined,
  log: Log,
): Promise<readonly Former[]> {
  if (typeof list === 'string') return readList(list);
  try {
    const current = await openLedger(config, log);
    try {
      return await listFormer(current.db);
    } finally {
      await current.close();
    }
  } catch (error) {
    log.warn({ err: error }, 'the database that is to be replaced cannot be read');
    throw new UsageError(
      'Who was deleted cannot be read from the database as it is. Give a list with --deletions, or say --without-deletions.',
    );
  }
}

async function readList(path: string): Promise<readonly Former[]> {
  try {
    return LIST.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(`${path} is no list that a restore has kept.`, { cause: error });
  }
}

function serverOf({ database }: Config) {
  if (database.kind === 'embedded') throw new Error('a server was asked for');
  return database;
}
