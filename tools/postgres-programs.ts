/** PostgreSQL's own programs, told where the database of the configuration is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../src/config.ts';
import { parseAddress } from '../src/database-address.ts';
import { StartRefused } from '../src/errors.ts';

/**
 * The variables that libpq reads, past a pooler where there is one.
 * @throws StartRefused for the embedded database, which is a folder and has no server
 */
export function libpqEnvironment({ database, dataDir }: Config): Record<string, string> {
  if (database.kind === 'embedded')
    throw new StartRefused(
      `DATABASE_URL is not set: the embedded database is the folder ${dataDir}/postgres. Stop Vitrine, and copy it or put the copy back.`,
    );
  const {
    host,
    port,
    user,
    password,
    database: name,
    tls,
    certificates,
  } = parseAddress(database.directUrl ?? database.url);
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: name,
    PGSSLMODE: tls,
    ...(password === '' ? {} : { PGPASSWORD: password }),
    ...(certificates.authority === null ? {} : { PGSSLROOTCERT: certificates.authority }),
    ...(certificates.own === null
      ? {}
      : { PGSSLCERT: certificates.own.certificate, PGSSLKEY: certificates.own.key }),
  };
}

/** Runs a program whose words go where ours go. @throws StartRefused when it is not there or fails */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  try {
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new StartRefused(`${program} failed (${code ?? child.signalCode}).`);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`${program} cannot be run; PostgreSQL’s client programs are needed.`, {
      cause: error,
    });
  }
}
