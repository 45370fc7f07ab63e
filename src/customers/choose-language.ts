import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

/** From now on the person's Telegram no longer decides the language. */
export async function chooseLanguage(db: Database, userId: number, language: string): Promise<void> {
  await db.update(users).set({ language, languageChosen: true }).where(eq(users.id, userId));
}
