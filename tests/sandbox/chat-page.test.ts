import { type FastifyInstance, fastify } from 'fastify';
import { parseSync } from 'oxc-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerChatPage } from '../../sandbox/chat/register.ts';

let app: FastifyInstance;

beforeEach(() => {
  app = fastify();
  registerChatPage(app);
});
afterEach(() => app.close());

const get = (url: string) => app.inject({ method: 'GET', url });

/** The addresses that a text names in one of the pattern's groups. */
function addressesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

/** Every module that a browser would load for the page, by address, in the order of discovery. */
async function loadModules(): Promise<Map<string, { contentType: unknown; source: string }>> {
  const page = await get('/');
  const waiting = addressesIn(page.body, /<script[^>]*\ssrc="([^"]+)"/g);
  const modules = new Map<string, { contentType: unknown; source: string }>();
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (modules.has(url)) continue;
    const response = await get(url);
    expect(response.statusCode, url).toBe(200);
    modules.set(url, { contentType: response.headers['content-type'], source: response.body });
    const { staticImports } = parseSync('module.js', response.body).module;
    for (const { moduleRequest } of staticImports) {
      waiting.push(new URL(moduleRequest.value, `http://sandbox${url}`).pathname);
    }
  }
  return modules;
}

describe('the chat page', () => {
  test('is served at the root as HTML', async () => {
    const response = await get('/');

    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('data-testid="composer"');
  });

  test('comes with a policy that allows nothing but its own files', async () => {
    for (const url of ['/', '/chat/main.ts', '/chat/chat.css']) {
      const policy = String((await get(url)).headers['content-security-policy']);
      expect(policy, url).toContain("default-src 'none'");
      expect(policy, url).toContain("script-src 'self'");
      expect(policy, url).toContain("style-src 'self'");
      expect(policy, url).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  test('has no script, style or handler inline, which that policy would stop', async () => {
    const { body } = await get('/');

    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(body).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });

  test('serves every module it loads as JavaScript that parses', async () => {
    const modules = await loadModules();

    expect([...modules.keys()]).toContain('/chat/timeline.ts');
    for (const [url, { contentType, source }] of modules) {
      expect(contentType, url).toBe('text/javascript; charset=utf-8');
      // Read as JavaScript: a type that was left standing is an error.
      expect(parseSync('module.js', source, { sourceType: 'module' }).errors, url).toEqual([]);
    }
  });

  test('serves every sheet and picture it names', async () => {
    const page = await get('/');
    const named = addressesIn(page.body, /<(?:link|img)[^>]*\s(?:href|src)="([^"]+)"/g);
    const sheets = await Promise.all(named.filter((url) => url.endsWith('.css')).map(get));
    const pictures = sheets.flatMap((sheet) => addressesIn(sheet.body, /url\("([^"]+)"\)/g));

    expect(pictures).not.toEqual([]);
    for (const url of [...named, ...pictures]) expect((await get(url)).statusCode, url).toBe(200);
  });

  test('serves nothing that is not a part of the page', async () => {
    const elsewhere = [
      '/chat/tsconfig.json',
      '/chat/none.ts',
      '/chat/',
      '/chat/../register.ts',
      '/chat/..%2fregister.ts',
      '/chat/%2e%2e%2fregister.ts',
      '/chat/..%5cregister.ts',
      '/chat/%2fetc%2fpasswd',
      '/chat/main.ts%00.css',
    ];
    for (const url of elsewhere) expect((await get(url)).statusCode, url).toBeGreaterThanOrEqual(400);
  });
});
