import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { lockFolder } from '../../../src/database/folder-lock.ts';
import { intakeProcesses } from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import '../../support/provided.ts';
import { type Spawned, spawnProcess } from './processes/spawn.ts';

const log = createLog({ level: 'silent', pretty: false });
const source = inject('testDatabase');
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-folder-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function start(file: string, ...args: string[]): Spawned {
  const child = spawnProcess(file, args);
  closers.push(() => child.kill());
  return child;
}

const open = (directory: string) => openDatabase({ kind: 'embedded', directory }, log);

// A server keeps no folder of ours, so these belong to the embedded database alone.
describe.runIf(source.kind === 'embedded')('the folder of the embedded database', () => {
  test('is for one: a second opening is refused with what to do, until the first has closed', async () => {
    const folder = newFolder();
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(/Another process uses .*DATA_DIR.*DATABASE_URL/);
    await release();
    await (await lockFolder(folder))();
  });

  test('is the same folder under another name', async () => {
    const folder = newFolder();
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    closers.push(() => rmSync(link));
    closers.push(await lockFolder(folder));
    await expect(lockFolder(link)).rejects.toThrow('Another process uses');
    await expect(lockFolder(`${folder}/../${folder.split('/').at(-1)}`)).rejects.toThrow();
  });

  test('of one database does not stand in the way of another', async () => {
    closers.push(await lockFolder(newFolder()));
    closers.push(await lockFolder(newFolder()));
  });

  test('that another process has is refused, and free the moment that process is killed', async () => {
    const folder = newFolder();
    const holder = start('hold-folder.ts', folder);
    expect(await holder.nextLine()).toBe('locked');
    await expect(open(folder)).rejects.toThrow('Another process uses');
    await holder.kill();
    await (await lockFolder(folder))();
  });

  test('is free again after an opening that failed', async () => {
    const folder = newFolder();
    // PGlite wants a folder there.
    writeFileSync(join(folder, 'postgres'), 'this is no database');
    await expect(open(folder)).rejects.toThrow();
    await (await lockFolder(folder))();
  });

  test('keeps what was written over a restart, and migrates twice without harm', async () => {
    const folder = migratedFolder();
    const first = await open(folder);
    await first.db.insert(intakeProcesses).values({ id: 'kept', polls: false });
    await first.close();
    const second = await open(folder);
    closers.push(() => second.close());
    expect(await second.db.select({ key: intakeProcesses.id }).from(intakeProcesses)).toEqual([
      { key: 'kept' },
    ]);
  });

  test('made by a newer version is refused with a clear line, and let go of', async () => {
    const folder = migratedFolder();
    const newer = await open(folder);
    await newer.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`,
    );
    await newer.close();
    await expect(open(folder)).rejects.toThrow('newer version of Vitrine');
    await (await lockFolder(folder))();
  });

  // Four openings of a database, each of which takes seconds on a busy machine.
  test('loses no row that was acknowledged when the process is killed while it writes', async () => {
    const folder = migratedFolder();
    const acknowledged: string[] = [];
    for (const [round, enough] of [
      ['one', 20],
      ['two', 80],
    ] as const) {
      const writer = start('write-rows.ts', folder, round);
      for (let rows = 0; rows < enough; rows++) {
        const key = await writer.nextLine();
        if (key === null) throw new Error('the writer ended by itself');
        acknowledged.push(key);
      }
      acknowledged.push(...(await writer.kill()));
    }
    const survivor = await open(folder);
    closers.push(() => survivor.close());
    const rows = await survivor.db.select({ key: intakeProcesses.id }).from(intakeProcesses);
    const kept = new Set(rows.map((row) => row.key));
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  });

  /** With a migrated database to begin with: making one anew takes seconds. */
  function migratedFolder(): string {
    if (source.kind !== 'embedded') throw new Error('the embedded database was asked for');
    const folder = newFolder();
    cpSync(source.image, folder, { recursive: true });
    return folder;
  }
});
