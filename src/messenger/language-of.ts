import { FALLBACK_LANGUAGE } from '../customers/languages.ts';
import { readLanguage } from '../customers/read-language.ts';
import type { Database } from '../database/client.ts';
import type { Texts, Translate } from '../texts/texts.ts';

/** A language's code, such as `en`, and its texts. */
export type Language = { language: string; t: Translate };

/**
 * What a person is written to in.
 * @param spoken for somebody who is not known, such as an owner who never wrote
 */
export async function languageOf(
  deps: { db: Database; texts: Texts },
  userId: number,
  spoken: string | null = null,
): Promise<Language> {
  const language = (await readLanguage(deps.db, userId)) ?? spoken ?? FALLBACK_LANGUAGE;
  return { language, t: deps.texts.in(language) };
}

/** The same where no row can be read. */
export function languageUnread({ texts }: { texts: Texts }, spoken: string | null): Language {
  const language = spoken ?? FALLBACK_LANGUAGE;
  return { language, t: texts.in(language) };
}
