/** Looking for something by words: in the house's styles, people's saved styles and their photoshoots. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import type { Database } from '../database/client.ts';
import { type FoundReference, readFound, searchWords } from '../photoshoots/search-words.ts';
import { HOUSE_STYLES } from '../photoshoots/styles/house-styles.ts';
import type { Texts } from '../texts/texts.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, success } from './route.ts';

export type SearchParts = Readonly<{
  db: Database;
  texts: Texts;
  /** What was found, by the question. */
  searches: Pick<Cache<readonly FoundReference[]>, 'get' | 'peek'>;
  admin: AdminOnly;
  now?: () => Date;
}>;

const MOST_RESULTS = 100;

const body = z.object({
  query: z.string().trim().min(1).max(200),
  limit: z.int().min(1).max(MOST_RESULTS).default(20),
  use_cache: z
    .boolean()
    .default(true)
    .describe('false: what has changed in the last half hour is found as well'),
  user_id: z.int().min(1).optional().describe('whose; everybody’s when it is left out'),
});
const found = z.object({
  kind: z.enum(['house-style', 'preset', 'photoshoot']),
  id: z.string(),
  title: z.string(),
  user_id: z.number().nullable().describe('null for what is everybody’s'),
  created_at: z.iso.datetime().nullable(),
});

/** Adds `/api/search/text`, for the owner's token. */
export function registerSearch(
  app: FastifyInstance,
  { db, texts, searches, admin, now = () => new Date() }: SearchParts,
): void {
  declareRoute(app, {
    method: 'POST',
    paths: ['/api/search/text'],
    access: admin,
    summary: 'Styles and photoshoots by their words, what fits best first',
    body,
    answer: success(z.object({ is_cached: z.boolean(), results: z.array(found) })),
    async handle({ body: { query, limit, use_cache: useCache, user_id: userId = null } }) {
      const look = () => searchWords(db, { query, userId, limit });
      const key = JSON.stringify([query, userId, limit]);
      const isCached = useCache && searches.peek(key) !== undefined;
      const references = useCache ? await searches.get(key, [], look) : await look();
      const results = [
        ...houseStylesFor(texts, query),
        ...(await readFound(db, references)).map(({ kind, id, title, userId: owner, createdAt }) => ({
          kind,
          id: String(id),
          title,
          user_id: owner,
          created_at: createdAt.toISOString(),
        })),
      ];
      return {
        status: 'success' as const,
        timestamp: now().toISOString(),
        data: { is_cached: isCached, results: results.slice(0, limit) },
      };
    },
  });
}

/** Those whose name in any language, or whose description, has every word that was asked for. */
function houseStylesFor(texts: Texts, query: string) {
  const words = query.toLowerCase().split(/\s+/u);
  return HOUSE_STYLES.flatMap(({ key, prompt }) => {
    const titles = texts.languages.map((language) => texts.in(language)(`style-${key}`));
    const said = [...titles, prompt].join(' ').toLowerCase();
    const [title = key] = titles;
    if (!words.every((word) => said.includes(word))) return [];
    return [{ kind: 'house-style' as const, id: key, title, user_id: null, created_at: null }];
  });
}
