/** How the OpenAI double takes its time. */
export type Tempo = Readonly<{
  /** Milliseconds before each step of a picture and before an answer. */
  paceMs: number;
  /** Pictures are drawn at this share of their width and height, and stretched to what was asked for. */
  detail: number;
}>;

/** `like-a-model`: long enough for a person to see progress. `hasty`: rough pictures, for tests that look at none. */
export const TEMPOS = {
  'like-a-model': { paceMs: 1500, detail: 1 },
  'at-once': { paceMs: 0, detail: 1 },
  hasty: { paceMs: 0, detail: 0.125 },
} as const satisfies Record<string, Tempo>;

export type TempoName = keyof typeof TEMPOS;
