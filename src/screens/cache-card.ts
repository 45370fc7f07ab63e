/** What is kept ready in this process, for owners, with the keys that empty it, fill it and clean up. */
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

const NAMES = {
  recognition: 'cache-name-recognition',
  'prepared-photos': 'cache-name-prepared-photos',
  'prepared-photos-on-disk': 'cache-name-prepared-photos-on-disk',
  thumbnails: 'cache-name-thumbnails',
  search: 'cache-name-search',
  'image-search': 'cache-name-image-search',
} as const;
export type CacheLineName = keyof typeof NAMES;

export type CacheState = Readonly<{
  caches: readonly Readonly<{
    name: CacheLineName;
    /** How full it is, from 0 to 1. */
    filled: number;
    questions: number;
    /** Of all questions, how many were answered from it, from 0 to 1; null before any. */
    hitRate: number | null;
  }>[];
  /** Null where there is none; its memory is null while it is away. */
  redis: Readonly<{ away: boolean; usedBytes: number | null }> | null;
}>;

const MIB = 1024 * 1024;

export function cacheCard(t: Translate, { caches, redis }: CacheState): Screen {
  return {
    text: lines(
      t('cache-title'),
      '',
      ...caches.map(({ name, filled, questions, hitRate }) =>
        t('cache-line', {
          name: t(NAMES[name]),
          filled: percent(filled),
          hits: hitRate === null ? t('process-unknown') : percent(hitRate),
          questions,
        }),
      ),
      '',
      redisLine(t, redis),
    ),
    keyboard: [
      [button(t('button-refresh'), 'cache', 'show'), button(t('button-cache-warm'), 'cache', 'warm')],
      [button(t('button-cache-clear'), 'cache', 'clear'), button(t('button-clean-up'), 'cache', 'tidy')],
      [button(t('button-admin-menu'), 'admin', 'menu')],
    ],
  };
}

function redisLine(t: Translate, redis: CacheState['redis']): string {
  if (redis === null) return t('cache-redis-none');
  if (redis.away || redis.usedBytes === null) return t('cache-redis-away');
  return t('cache-redis-well', { used: Math.ceil(redis.usedBytes / MIB) });
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}
