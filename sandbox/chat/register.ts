import { createReadStream, readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const PAGE_FOLDER = new URL('./page/', import.meta.url);
/** For machines that have no emoji: from a package, and in one colour, which is a tenth of the bytes. */
const EMOJI_FONT = '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf';

/** The kinds of file that a browser may have; anything else in the folder (tsconfig.json) stays unserved. */
const CONTENT_TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.ts', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // blob: shows the pictures that a person is about to send.
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // The developer who edits the page sees the edit; over loopback a cache would save nothing.
  'cache-control': 'no-store',
};

type PageFile = { body: string; contentType: string };

/**
 * Serves the sandbox's web chat: `/` is index.html, `/chat/<file>` everything it needs. The TypeScript modules
 * of the page are sent as JavaScript, their types blanked out by Node, so there is no build.
 * Only what was in the folder at registration is ever opened for a path that a browser names.
 */
export function registerChatPage(app: FastifyInstance): void {
  const servable = new Set(readdirSync(PAGE_FOLDER).filter((name) => CONTENT_TYPES.has(extname(name))));
  const read = createPageReader();

  async function send(reply: FastifyReply, name: string): Promise<FastifyReply> {
    const { body, contentType } = await read(name);
    return reply.headers(SECURITY_HEADERS).type(contentType).send(body);
  }

  app.get('/', (_request, reply) => send(reply, 'index.html'));
  // The one module above the folder, which the page and the doubles share; browsers know no folder above `/`.
  app.get('/fault-kinds.ts', (_request, reply) => send(reply, '../../fault-kinds.ts'));
  app.get('/chat/emoji.ttf', (_request, reply) =>
    reply
      .headers(SECURITY_HEADERS)
      .type('font/ttf')
      .send(createReadStream(createRequire(import.meta.url).resolve(EMOJI_FONT))),
  );
  app.get<{ Params: { file: string } }>('/chat/:file', (request, reply) => {
    const { file } = request.params;
    if (!servable.has(file)) return reply.code(404).send({ error: 'The chat page has no such file' });
    return send(reply, file);
  });
}

/** Reads page files as the browser gets them; a module is stripped once for each version of it on disk. */
function createPageReader(): (name: string) => Promise<PageFile> {
  const kept = new Map<string, PageFile & { mtimeMs: number }>();

  return async (name) => {
    const url = new URL(name, PAGE_FOLDER);
    const { mtimeMs } = await stat(url);
    const known = kept.get(name);
    if (known?.mtimeMs === mtimeMs) return known;

    const source = await readFile(url, 'utf8');
    const extension = extname(name);
    const file = {
      mtimeMs,
      body: extension === '.ts' ? stripTypeScriptTypes(source) : source,
      contentType: CONTENT_TYPES.get(extension) ?? 'application/octet-stream',
    };
    kept.set(name, file);
    return file;
  };
}
