/** What a PostgreSQL server finds out of a killed process by waiting, said to it at once. */
import postgres from 'postgres';

/**
 * Makes the rows of killed processes look as they will when a server has waited long enough: another process takes
 * their updates over once they have been silent for 10 s and each handler that they had begun must have ended, which
 * takes up to 40 s (docs/decisions/015). Whoever calls this knows that they are dead, so there is nothing to wait for;
 * that the wait itself works is shown once, in processes-silence.test.ts, and not by every test that kills.
 * @param owners under which they said that they take updates in
 */
export async function markDead(url: string, owners: readonly string[]): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`delete from intake_processes where id = any(${[...owners]})`;
    // Not null: that a handler had begun is how deaths are counted.
    await client`update telegram_updates set handled_until = now()
      where owner = any(${[...owners]}) and handled_until > now()`;
  } finally {
    await client.end();
  }
}
