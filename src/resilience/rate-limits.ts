/** How much one person may ask for: messages in a short window, photoshoots in an hour. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type RateLimitSettings = {
  requests: number;
  windowMs: number;
  photoshootsPerHour: number;
};

/** `tellNow`: the first refusal of a window; those that follow stay silent, so that nobody is flooded by us. */
export type RateVerdict = { allowed: true } | { allowed: false; retryAfterMs: number; tellNow: boolean };

export type RateLimits = ReturnType<typeof createRateLimits>;

const HOUR_SECONDS = 3600;
const ALBUM_SECONDS = 60;

export function createRateLimits(settings: RateLimitSettings) {
  const messages = new RateLimiterMemory({
    points: settings.requests,
    duration: settings.windowMs / 1000,
  });
  const photoshoots = new RateLimiterMemory({ points: settings.photoshootsPerHour, duration: HOUR_SECONDS });
  /** The albums whose first part was counted; Telegram sends the parts within seconds. */
  const albums = new RateLimiterMemory({ points: 1, duration: ALBUM_SECONDS });
  return {
    /** An album counts as one message, because that is what its sender sent. */
    async message(userId: number, albumId: string | null): Promise<RateVerdict> {
      if (albumId !== null && !(await take(albums, `${userId}:${albumId}`)).allowed) return { allowed: true };
      return take(messages, userId);
    },
    photoshoot: (userId: number) => take(photoshoots, userId),
  };
}

async function take(limiter: RateLimiterMemory, key: string | number): Promise<RateVerdict> {
  try {
    await limiter.consume(key);
    return { allowed: true };
  } catch (refusal) {
    // The library rejects with its counters when the limit is reached, and with an Error when it failed.
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return {
      allowed: false,
      retryAfterMs: refusal.msBeforeNext,
      tellNow: refusal.consumedPoints === limiter.points + 1,
    };
  }
}
