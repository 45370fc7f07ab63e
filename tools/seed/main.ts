/** `npm run seed -- --people 2000 --days 90`: a believable history, to look at figures, lists and pages with. */
import { runCommand, UsageError } from '../../src/command-line.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/client.ts';
import { createLog } from '../../src/log.ts';
import { seed } from './seed.ts';

const command = {
  usage: 'npm run seed -- [--people 2000] [--days 90] [--seed 1] [--force]',
  about: `Fills the database (DATABASE_URL, or the embedded one in DATA_DIR) with people who come, order, pay and come
back, up to now, and rolls the figures up. Nobody is written to and nothing is left in work. With an embedded database
the bot has to be stopped. Ends with 0, or with 1 for a database that has people already.`,
  options: {
    people: { type: 'string', about: 'how many people (2000)' },
    days: { type: 'string', about: 'of how many days (90)' },
    seed: { type: 'string', about: 'the same number makes the same history (1)' },
    force: { type: 'boolean', about: 'also beside people who are there already' },
  },
} as const;

/** What an embedded database takes in within a minute or two. */
const MOST_PEOPLE = 20_000;
const MOST_DAYS = 730;

await runCommand(command, async (_, options) => {
  const wish = {
    people: numberOf('people', options.people ?? '2000', MOST_PEOPLE),
    days: numberOf('days', options.days ?? '90', MOST_DAYS),
    seed: numberOf('seed', options.seed ?? '1', 2 ** 32 - 1),
    force: options.force === true,
  };
  const config = readConfig();
  const log = createLog({ ...config.log, level: 'warn' });
  const { database: where } = config;
  const database = await openDatabase(
    where.kind === 'embedded' ? { kind: 'embedded', directory: config.dataDir } : where,
    log,
  );
  const startedAt = performance.now();
  try {
    const counts = await seed(database.db, wish, { ...config, adminIds: [] }, new Date());
    const written = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`Written in ${seconds} s, figures rolled up: ${written.join(', ')}.\n`);
  } finally {
    await database.close();
  }
});

function numberOf(name: string, text: string | boolean, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`--${name} is a whole number from 1 to ${most}.`);
  return value;
}
