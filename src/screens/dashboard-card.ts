/** The way from the chat to the dashboard. */
import type { Translate } from '../texts/texts.ts';
import { lines, type Screen } from './screen.ts';

/**
 * A link that opens the dashboard once, and where Telegram allows it the same as a Mini App.
 * @param dashboardUrl without a slash at its end
 */
export function dashboardCard(t: Translate, dashboardUrl: string, secret: string): Screen {
  const root = `${dashboardUrl}/admin`;
  // Telegram opens nothing but https within itself.
  const isPublic = dashboardUrl.startsWith('https:');
  return {
    text: lines(t('dashboard-link'), !isPublic && t('dashboard-here')),
    keyboard: [
      [{ text: t('button-dashboard-open'), url: `${root}/sign-in/${secret}` }],
      ...(isPublic ? [[{ text: t('button-dashboard-app'), web_app: { url: `${root}/app` } }]] : []),
    ],
  };
}
