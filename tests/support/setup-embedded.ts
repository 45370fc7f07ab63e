/** Once a run: a migrated PGlite is written to a file that every test file starts from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/client.ts';
import { createLog } from '../../src/log.ts';
import { installQueue } from './install-queue.ts';
import './provided.ts';

export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-image-'));
  const image = join(folder, 'image.tar');
  const log = createLog({ level: 'silent', pretty: false });
  const database = await openDatabase({ kind: 'embedded', directory: null }, log);
  await installQueue(database.queue, log);
  if (database.queue.kind !== 'embedded') throw new Error('the embedded database was asked for');
  writeFileSync(image, Buffer.from(await (await database.queue.pglite.dumpDataDir('none')).arrayBuffer()));
  await database.close();
  project.provide('testDatabase', { kind: 'embedded', image });
  return () => rmSync(folder, { recursive: true, force: true });
}
