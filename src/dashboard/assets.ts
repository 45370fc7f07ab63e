/** The files of the pages: style and small modules, the same for everybody and kept by browsers. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type {} from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { EMOJI_FILE } from '../charts/fonts.ts';
import { CHART_VARIABLES } from '../charts/theme.ts';
import { OPEN } from '../web/doors.ts';

const FOLDER = join(import.meta.dirname, 'browser');
const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.ttf', 'font/ttf'],
]);

const FILES = new Map([
  ...readdirSync(FOLDER)
    .filter((name) => TYPES.has(extname(name)))
    .map((name): [string, Buffer] => [name, readFileSync(join(FOLDER, name))]),
  // The colours stand where charts are drawn, and nowhere else.
  ['charts.css', Buffer.from(CHART_VARIABLES)],
  ['emoji.ttf', readFileSync(EMOJI_FILE)],
]);

/** All of them have one version, since modules import each other by name. */
const VERSION = [...FILES.values()]
  .reduce((hash, file) => hash.update(file), createHash('sha256'))
  .digest('hex')
  .slice(0, 12);

/** Where a file is. */
export function assetUrl(root: string, name: string): string {
  return `${root}/assets/${VERSION}/${name}`;
}

/** Adds the files. Only those that are in the folder are ever opened, so no path leads elsewhere. */
export function registerAssets(scope: FastifyInstance): void {
  // A page asks for several at once, and none of them tells anything.
  const uncounted = { config: { door: OPEN, rateLimit: false } } as const;
  scope.get<{ Params: { name: string } }>('/assets/:version/:name', uncounted, async (request, reply) => {
    const { name } = request.params;
    const file = FILES.get(name);
    if (file === undefined) return reply.code(404).send();
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type(TYPES.get(extname(name)) ?? 'application/octet-stream')
      .send(file);
  });
}
