/** One thing that was found out: what, how much, and the limit that it is held to, as people read them. */
export type Finding = Readonly<{
  what: string;
  measured: string;
  /** “–” where nothing is asked of it. */
  limit: string;
  ok: boolean;
}>;

/** A figure that must not be more than its limit. */
export function atMost(what: string, value: number, limit: number, say: (value: number) => string): Finding {
  return { what, measured: say(value), limit: `≤ ${say(limit)}`, ok: value <= limit };
}

/** A figure that must not be less. */
export function atLeast(what: string, value: number, limit: number, say: (value: number) => string): Finding {
  return { what, measured: say(value), limit: `≥ ${say(limit)}`, ok: value >= limit };
}

/** A figure that is only told. */
export function told(what: string, measured: string): Finding {
  return { what, measured, limit: '–', ok: true };
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const count = (value: number): string => Math.round(value).toLocaleString('en');
