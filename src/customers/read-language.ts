import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

/** The language a person gets, or null for one who is not known. */
export async function readLanguage(db: Database, userId: number): Promise<string | null> {
  const [user] = await db.select({ language: users.language }).from(users).where(eq(users.id, userId));
  return user?.language ?? null;
}
