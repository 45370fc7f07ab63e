import { expect, test } from 'vitest';
import { connectServer } from '../../../src/database/driver.ts';
import { inPlain } from '../../support/in-plain.ts';
import { runVitrine } from '../../support/vitrine-process.ts';

test('a start on a server is refused with a sentence when the driver is not the patched one', async () => {
  // As `npm ci --ignore-scripts` leaves it.
  const unpatched = 'export default () => {}';
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) => name === 'postgres'
      ? { url: 'data:text/javascript,${unpatched}', format: 'module', shortCircuit: true }
      : next(name, context) });`;
  const { code, output } = await runVitrine({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
    DATABASE_URL: 'postgres://vitrine@127.0.0.1:1/vitrine',
    BOT_TOKEN: `1:${'o'.repeat(35)}`,
    OPENAI_API_KEY: 'unused',
  });
  expect(code).toBe(1);
  expect(output.trim().split('\n').at(-1)).toContain('driver is not patched');
});

test('a pool waits half a second at most before it tries a server again, however often that failed', () => {
  const { backoff } = connectServer(inPlain('postgres://vitrine@127.0.0.1:1/vitrine'), {}).options;
  if (typeof backoff !== 'function') throw new Error('the wait is a function');
  const waits = Array.from({ length: 2000 }, (_, failures) => backoff(failures));
  expect(Math.max(...waits)).toBeLessThanOrEqual(0.5);
});
