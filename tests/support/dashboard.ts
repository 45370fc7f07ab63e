/** The ways into the dashboard: the bot's link, and what Telegram tells a Mini App. */
import { createHmac } from 'node:crypto';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { ask, textsOf } from './conversation.ts';
import type { Scene } from './running-app.ts';

/** The address that the bot sends to `/dashboard`. */
export async function signInLink(scene: Pick<Scene, 'sandbox'>, person?: Person): Promise<string> {
  const asking = person ?? scene.sandbox.people.of(ADMIN_ID);
  const message = await ask(asking, '/dashboard', textsOf(asking)('dashboard-link'));
  const [button] = message.reply_markup?.inline_keyboard.flat() ?? [];
  if (button === undefined || !('url' in button)) throw new Error('the bot sent no link');
  return button.url;
}

/** The cookie of somebody who has opened the bot's link, in a shop that is reached without https. */
export async function signInCookie(scene: Pick<Scene, 'sandbox' | 'app'>, person?: Person): Promise<string> {
  const secret = new URL(await signInLink(scene, person)).pathname.split('/').at(-1) ?? '';
  const opened = await fetch(`${scene.app.url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret }),
    redirect: 'manual',
  });
  return (opened.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

/** Data of a Mini App as Telegram signs it for this bot. */
export function signedInitData(
  scene: Pick<Scene, 'config'>,
  userId: number,
  { at = new Date(), token = scene.config.telegram.token }: { at?: Date; token?: string } = {},
): string {
  const fields = {
    auth_date: String(Math.floor(at.getTime() / 1000)),
    query_id: `AAH${at.getTime()}`,
    user: JSON.stringify({ id: userId, first_name: 'Ada', language_code: 'en' }),
  };
  const signed = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(signed).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
