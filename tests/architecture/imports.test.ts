import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findViolations } from './import-rules.ts';
import { readProductFiles } from './source-files.ts';

describe('the source', () => {
  const files = readProductFiles();

  test('is there to be checked', () => {
    expect([...files.keys()]).toEqual(expect.arrayContaining(['src/config.ts', 'src/database/client.ts']));
  });

  test('imports downwards only, without cycles, and keeps each great library and the environment in one file', () => {
    expect(findViolations(files)).toEqual([]);
  });
});

describe('the guard', () => {
  const check = (files: Record<string, string>) => findViolations(new Map(Object.entries(files)));
  const empty = 'export type Nothing = null;';
  /** One file that imports another, each in the room its path says. */
  const arrow = (from: string, to: string, statement = `import { x } from '%';`) => {
    const path = posix.relative(posix.dirname(from), to);
    const specifier = path.startsWith('.') ? path : `./${path}`;
    return check({ [from]: statement.replace('%', specifier), [to]: empty });
  };

  test.each([
    ['src/photoshoots/place.ts', 'src/billing/move.ts'],
    ['src/photoshoots/place.ts', 'src/customers/register.ts'],
    ['src/photoshoots/place.ts', 'src/queue/queue.ts'],
    ['src/billing/packages.ts', 'src/customers/register.ts'],
    ['src/queue/queue.ts', 'src/database/client.ts'],
    ['src/database/client.ts', 'src/log.ts'],
    ['src/bot/create-bot.ts', 'src/screens/card.ts'],
    ['src/screens/card.ts', 'src/ai/ratios.ts'],
    ['src/pipeline/run.ts', 'src/ai/chain.ts'],
    ['src/payments/refund.ts', 'src/messenger/tell-person.ts'],
    ['src/dashboard/payments.ts', 'src/payments/refund.ts'],
    ['src/texts/texts.ts', 'src/customers/languages.ts'],
    ['src/ai/chain.ts', 'src/resilience/policy.ts'],
    ['tools/demo/main.ts', 'src/app.ts'],
    ['tools/demo/main.ts', 'sandbox/index.ts'],
  ])('lets %s import %s', (from, to) => {
    expect(arrow(from, to)).toEqual([]);
  });

  test.each([
    ['upwards', 'src/database/client.ts', 'src/billing/move.ts'],
    ['upwards from a rule', 'src/billing/move.ts', 'src/photoshoots/place.ts'],
    ['upwards to a driver', 'src/photoshoots/place.ts', 'src/bot/create-bot.ts'],
    ['upwards to the screens', 'src/photoshoots/place.ts', 'src/screens/card.ts'],
    ['sideways between capabilities', 'src/queue/queue.ts', 'src/cache/tiers.ts'],
    ['sideways between rules', 'src/statistics/stats.ts', 'src/billing/move.ts'],
    ['sideways between drivers', 'src/bot/create-bot.ts', 'src/pipeline/run.ts'],
    ['from the screens into a provider', 'src/screens/card.ts', 'src/ai/chain.ts'],
    ['sideways from the pages to the bot', 'src/dashboard/person.ts', 'src/bot/tap.ts'],
    ['sideways to the intake', 'src/bot/create-bot.ts', 'src/intake/create-intake.ts'],
    ['from the screens into the database', 'src/screens/card.ts', 'src/database/client.ts'],
    ['from a capability to its owner', 'src/telegram/gateway.ts', 'src/messenger/tell-person.ts'],
    ['within the ground, upwards', 'src/database/client.ts', 'src/resilience/policy.ts'],
    ['from the sandbox to the product', 'sandbox/server.ts', 'src/log.ts'],
    ['from the product to the sandbox', 'src/app.ts', 'sandbox/index.ts'],
    ['from the product to the tools', 'src/app.ts', 'tools/demo/main.ts'],
  ])('refuses an import %s', (_direction, from, to) => {
    expect(arrow(from, to)).toEqual([expect.stringContaining(`${from} imports ${to}`)]);
  });

  test.each([
    ['a type import', `import type { X } from '%';`],
    ['an inline type import', `import { type X } from '%';`],
    ['a type in place', `export type X = import('%').X;`],
    ['an import for its effect', `import '%';`],
    ['a re-export', `export { x } from '%';`],
    ['a re-export of everything', `export * from '%';`],
    ['a lazy import', `export const load = () => import('%');`],
  ])('sees %s', (_kind, statement) => {
    expect(arrow('src/billing/move.ts', 'src/photoshoots/place.ts', statement)).toHaveLength(1);
  });

  test('lets run.ts load the sandbox only when it is wanted', () => {
    const run = (statement: string) => check({ 'src/run.ts': statement, 'sandbox/index.ts': empty });
    expect(run(`const { x } = await import('../sandbox/index.ts');`)).toEqual([]);
    expect(run(`import { x } from '../sandbox/index.ts';`)).toHaveLength(1);
  });

  test('refuses a room it does not know, and an import that leads nowhere', () => {
    expect(check({ 'src/helpers/all.ts': empty })).toEqual([expect.stringContaining('src/helpers/all.ts')]);
    expect(check({ 'src/bot/a.ts': `import './gone.ts';` })).toEqual([expect.stringContaining('./gone.ts')]);
  });

  test('finds a cycle of three files, also through a type', () => {
    const found = check({
      'src/bot/a.ts': `import { b } from './b.ts';`,
      'src/bot/b.ts': `import type { C } from './c.ts';`,
      'src/bot/c.ts': `export * from './a.ts';`,
      'src/bot/d.ts': `import { a } from './a.ts';`,
    });
    expect(found).toEqual(['a cycle: src/bot/a.ts → src/bot/b.ts → src/bot/c.ts → src/bot/a.ts']);
  });

  test('finds a library in a second file, the sandbox’s own one apart', () => {
    const one = { 'src/imaging/sharp.ts': `import sharp from 'sharp';` };
    const own = { 'sandbox/drawing/canvas.ts': `import sharp from 'sharp';` };
    expect(check({ ...one, ...own })).toEqual([]);
    expect(check({ ...one, 'src/ai/openai.ts': `import type { Sharp } from 'sharp';` })).toHaveLength(1);
    expect(check({ ...own, 'sandbox/mask.ts': `import sharp from 'sharp';` })).toHaveLength(1);
    const openai = `import { toFile } from 'openai/uploads';`;
    expect(check({ 'src/ai/a.ts': openai, 'src/ai/b.ts': `import OpenAI from 'openai';` })).toHaveLength(1);
  });

  test.each([
    'export const url = process.env.DATABASE_URL;',
    `export const url = process['env'].DATABASE_URL;`,
    'export const { DATABASE_URL } = process.env;',
    `import { env } from 'node:process';`,
  ])('finds who reads the environment beside the config: %s', (statement) => {
    expect(check({ 'src/config.ts': statement })).toEqual([]);
    expect(check({ 'src/bot/a.ts': statement })).toEqual([
      'src/bot/a.ts reads process.env; only src/config.ts may',
    ]);
  });

  test.each([
    'export const held = await client.reserve();',
    `export const held = await client['reserve']();`,
    'export const { reserve } = client;',
  ])('finds who reserves a connection: %s', (statement) => {
    expect(check({ 'src/database/a.ts': statement })).toEqual([
      'src/database/a.ts reserves a connection; that hangs when it breaks, a transaction does not',
    ]);
  });

  test('finds a statement where there should be none', () => {
    const statement = `import { sql } from 'drizzle-orm';`;
    expect(check({ 'src/billing/a.ts': statement })).toEqual([]);
    for (const path of ['src/dashboard/a.ts', 'src/bot/a.ts'])
      expect(check({ [path]: statement })).toEqual([expect.stringContaining(`${path} imports drizzle-orm`)]);
  });

  test('takes no comment and no string for the environment', () => {
    expect(check({ 'src/bot/a.ts': `// process.env\nexport const text = 'process.env.X';` })).toEqual([]);
  });
});
