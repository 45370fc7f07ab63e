/** What people get whose Telegram speaks a language that has no texts, or says nothing. */
export const FALLBACK_LANGUAGE = 'en';
