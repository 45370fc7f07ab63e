import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { startLinks } from '../database/schema/index.ts';
import { recordAct } from '../owners/record-act.ts';

/** 64 bits of the payload's hash: links are made by hand, so no two of them ever meet. */
const CODE_LENGTH = 16;

/**
 * Keeps a payload that is too long for a start link. The same payload has the same code, so a repeated
 * command makes no second link.
 * @returns the code, 16 hexadecimal digits
 */
export async function createStartLink(
  db: Database,
  link: { payload: string; createdBy: number },
): Promise<string> {
  const code = createHash('sha256').update(link.payload).digest('hex').slice(0, CODE_LENGTH);
  await db.transaction(async (tx) => {
    const created = await tx
      .insert(startLinks)
      .values({ code, ...link })
      .onConflictDoNothing()
      .returning({ code: startLinks.code });
    if (created.length > 0)
      await recordAct(tx, { by: link.createdBy, act: 'create-link', object: `link:${code}` });
  });
  return code;
}

/** The payload behind a code, or null for a code of no link. */
export async function readStartLink(db: Database, code: string): Promise<string | null> {
  const [link] = await db
    .select({ payload: startLinks.payload })
    .from(startLinks)
    .where(eq(startLinks.code, code));
  return link?.payload ?? null;
}
