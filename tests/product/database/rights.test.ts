/** Roles that may not make what a start makes: the sentence they get, and that what it says is enough. */
import { randomBytes } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { connectServer } from '../../../src/database/driver.ts';
import { createQueue } from '../../../src/queue/queue.ts';
import { createServerDatabase } from '../../support/database.ts';
import { inPlain } from '../../support/in-plain.ts';
import { silentLog } from '../../support/running-app.ts';
import '../../support/provided.ts';

const source = inject('testDatabase');

test.runIf(source.kind === 'server').each<[string, string, readonly RegExp[]]>([
  [
    'nothing',
    '',
    [
      /^GRANT CREATE ON DATABASE "test_\w+" TO "clerk ""\w+";$/,
      /^GRANT USAGE, CREATE ON SCHEMA public TO "clerk ""\w+";$/,
    ],
  ],
  ['schemas', 'grant create on database :database to :role', [/^GRANT USAGE, CREATE ON SCHEMA public TO/]],
  ['tables in public', 'grant usage, create on schema public to :role', [/^GRANT CREATE ON DATABASE/]],
])(
  'a role that may make %s is told the GRANT that is missing, and starts once it is given',
  async (_may, given, missing) => {
    const { admin, options, fill } = await openStage();
    if (given !== '') await admin.unsafe(fill(given));
    const refusal = await openDatabase(options, silentLog).then(
      () => 'it started',
      (error: Error) => error.message,
    );
    const grants = refusal.match(/GRANT [^;]+;/g) ?? [];
    expect(grants).toEqual(missing.map((grant) => expect.stringMatching(grant)));
    for (const grant of grants) await admin.unsafe(grant);
    const database = await openDatabase(options, silentLog);
    onTestFinished(() => database.close());
    const queue = createQueue(database.queue, silentLog);
    await queue.start();
    await queue.stop(1000);
    // What there is needs no right to make anything.
    await admin.unsafe(
      fill('revoke create on database :database from :role; revoke create on schema public from :role'),
    );
    const again = await openDatabase(options, silentLog);
    await again.close();
  },
);

test.runIf(source.kind === 'server')('a role that does not own the tables is told so', async () => {
  const { admin, options, fill } = await openStage('leave the tables');
  await admin.unsafe(fill('grant usage on schema drizzle to :role'));
  await expect(openDatabase(options, silentLog).then(() => 'it started')).rejects.toThrow(
    /tables belong to another role.*REASSIGN OWNED/,
  );
});

/** A database, and a role with a name that must be quoted, which may connect to it and no more. */
async function openStage(tables: 'drop the tables' | 'leave the tables' = 'drop the tables') {
  if (source.kind !== 'server') throw new Error('the server was asked for');
  const database = await createServerDatabase(source.url);
  const name = `clerk "${randomBytes(4).toString('hex')}`;
  const role = `"${name.replace('"', '""')}"`;
  const server = connectServer(inPlain(source.url.replace(/[^/]*$/, 'postgres')), { max: 1 });
  await server.unsafe(`create role ${role} login`);
  onTestFinished(async () => {
    await database.drop();
    await server.unsafe(`drop role ${role}`);
    await server.end({ timeout: 0 });
  });
  const admin = connectServer(inPlain(database.url), { max: 1 });
  onTestFinished(() => admin.end({ timeout: 0 }));
  if (tables === 'drop the tables') {
    await admin.unsafe(
      'drop schema public cascade; drop schema drizzle cascade; drop schema queue cascade; create schema public',
    );
  }
  const url = Object.assign(new URL(database.url), { username: encodeURIComponent(name) }).href;
  const quotedDatabase = `"${new URL(url).pathname.slice(1)}"`;
  return {
    admin,
    options: { ...database.options, url },
    fill: (text: string) => text.replaceAll(':role', role).replaceAll(':database', quotedDatabase),
  };
}
