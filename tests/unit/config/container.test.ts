import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { parseAddress } from '../../../src/database-address.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');

test('compose.yaml says again what the image is built around, so that a line in .env cannot move it', () => {
  const [, settings = ''] = /^ENV (.+)$/m.exec(read('Dockerfile')) ?? [];
  const ofImage = parseEnv(settings.replaceAll(' ', '\n'));
  expect(Object.keys(ofImage)).toContain('DATA_DIR');
  expect(environmentOfService('unused')).toMatchObject(ofImage);
});

test.each(['abc#1', 'a/b+c==', '50%off', 'plain'])(
  'compose.yaml takes the password %s of a generator as it is',
  (password) => {
    const { DATABASE_URL, DATABASE_PASSWORD } = environmentOfService(password);
    const { database } = parseConfig({ DATABASE_URL, DATABASE_PASSWORD });
    if (database.kind !== 'server') throw new Error('compose has a server');
    expect(parseAddress(database.url)).toMatchObject({ host: 'postgres', user: 'vitrine', password });
  },
);

/** What the service of Vitrine gets, with this password in .env. */
function environmentOfService(password: string): Record<string, string> {
  const [, service = ''] = /\n {2}vitrine:\n([\s\S]+?)\n\n/.exec(read('compose.yaml')) ?? [];
  return Object.fromEntries(
    [...service.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, () => password),
    ]),
  );
}
