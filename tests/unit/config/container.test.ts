import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');

test('compose.yaml says again what the image is built around, so that a line in .env cannot move it', () => {
  const [, settings = ''] = /^ENV (.+)$/m.exec(read('Dockerfile')) ?? [];
  const ofImage = parseEnv(settings.replaceAll(' ', '\n'));
  const [, service = ''] = /\n {2}vitrine:\n([\s\S]+?)\n\n/.exec(read('compose.yaml')) ?? [];
  const ofService = Object.fromEntries(
    [...service.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(Object.keys(ofImage)).toContain('DATA_DIR');
  expect(ofService).toMatchObject(ofImage);
});
