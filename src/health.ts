/**
 * How one part of the process is: asked of the part itself, so that whoever wants to know needs no knowledge of it.
 * `degraded`: people are served, and something is worse than it should be. `unhealthy`: this process serves nobody,
 * and a restart may help.
 */
export type PartHealth = Readonly<{
  status: 'ok' | 'degraded' | 'unhealthy';
  /** A word for whoever looks after the process; nothing that a stranger must not know. */
  note?: string;
  /** Figures and states, by the name that they have in the answer; as public as the note. */
  facts?: Readonly<Record<string, unknown>>;
}>;
