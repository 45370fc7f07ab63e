/** Once a run: a PostgreSQL server with a migrated template that every test file's database is cloned from. */
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrateServer } from '../../src/database/migrate.ts';
import { createLog } from '../../src/log.ts';
import { installQueue, queueOn } from './install-queue.ts';
import { findPostgres, startPostgres } from './postgres-server.ts';
import './provided.ts';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('no PostgreSQL server is installed');
  const server = await startPostgres(binaries);
  const log = createLog({ level: 'silent', pretty: false });
  const admin = postgres(server.url('postgres'), { max: 1 });
  await admin`create database vitrine_template`;
  await admin.end();
  await migrateServer(server.url('vitrine_template'), log);
  await installQueue(queueOn(server.url('vitrine_template')), log);
  project.provide('testDatabase', { kind: 'server', url: server.url('vitrine_template') });
  return () => server.stop();
}
