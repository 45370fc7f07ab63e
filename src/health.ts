/** How one part of the process is: asked of the part itself, so that whoever wants to know needs no knowledge of it. */
export type PartHealth = Readonly<{
  status: 'ok' | 'failing';
  /** A word for whoever looks after the process; nothing that a stranger must not know. */
  note?: string;
}>;
