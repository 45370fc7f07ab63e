/** A database of its own for a test: cloned, migrated and empty. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type DatabaseHandle, type DatabaseOptions, openDatabase } from '../../src/database/client.ts';
import { createLog } from '../../src/log.ts';
import './provided.ts';

const silent = createLog({ level: 'silent', pretty: false });

/** Opens a new database on the driver of the running project; `close` throws it away. */
export async function openTestDatabase(): Promise<DatabaseHandle> {
  const source = inject('testDatabase');
  const database =
    source.kind === 'embedded' ? copyFolder(source.image) : await createServerDatabase(source.url);
  const handle = await openDatabase(database.options, silent);
  return {
    ...handle,
    async close() {
      await handle.close();
      await database.drop();
    },
  };
}

function copyFolder(image: string) {
  const directory = mkdtempSync(join(tmpdir(), 'vitrine-database-'));
  cpSync(image, directory, { recursive: true });
  const options = { kind: 'embedded', directory } as const;
  return { options, drop: async () => rmSync(directory, { recursive: true, force: true }) };
}

/** A new database on the test server, for tests that open it themselves or from several processes. */
export async function createServerDatabase(
  templateUrl: string,
): Promise<{ url: string; options: Extract<DatabaseOptions, { kind: 'server' }>; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const statement = async (text: string) => {
    const admin = postgres(withDatabase(templateUrl, 'postgres'), { max: 1, onnotice: () => {} });
    try {
      await admin.unsafe(text);
    } finally {
      await admin.end();
    }
  };
  // Half of the computing of the usual way, which writes each page to the log: the files of this server are in memory.
  await statement(`create database ${name} template vitrine_template strategy file_copy`);
  const url = withDatabase(templateUrl, name);
  return {
    url,
    options: {
      kind: 'server',
      url,
      directUrl: null,
      poolMaxSize: 10,
      connectTimeoutMs: 30_000,
      recycleMs: 3_600_000,
      queryTimeoutMs: 30_000,
    },
    drop: () => statement(`drop database ${name} with (force)`),
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
