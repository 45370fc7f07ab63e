/** Once a run: a migrated PGlite is written to a folder, of which every test file gets copies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/client.ts';
import { createLog } from '../../src/log.ts';
import { installQueue } from './install-queue.ts';
import './provided.ts';

export default async function setUp(project: TestProject): Promise<() => void> {
  const image = mkdtempSync(join(tmpdir(), 'vitrine-image-'));
  const log = createLog({ level: 'silent', pretty: false });
  const database = await openDatabase({ kind: 'embedded', directory: image }, log);
  await installQueue(database.queue, log);
  await database.close();
  project.provide('testDatabase', { kind: 'embedded', image });
  return () => rmSync(image, { recursive: true, force: true });
}
