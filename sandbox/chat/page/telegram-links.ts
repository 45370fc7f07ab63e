/** Addresses at t.me are followed here, as a messenger follows them: none of them leaves the sandbox. */
export type TelegramLink =
  /** An invoice that is sold by its address, such as a subscription. */
  | { kind: 'invoice'; address: string }
  /** The bot, opened with a payload. */
  | { kind: 'start'; payload: string }
  /** Something that a messenger has and the sandbox has not, such as choosing whom to share with. */
  | { kind: 'elsewhere' };

/** @returns null for an address that is not Telegram's */
export function readTelegramLink(address: string): TelegramLink | null {
  if (!URL.canParse(address)) return null;
  const { host, pathname, searchParams } = new URL(address);
  if (host !== 't.me') return null;
  if (pathname.startsWith('/$')) return { kind: 'invoice', address };
  const payload = searchParams.get('start');
  return payload === null ? { kind: 'elsewhere' } : { kind: 'start', payload };
}

/** What a press on such a link asks for, as attributes of its element. */
export function linkPress(link: TelegramLink): { 'data-press': string; 'data-text'?: string } {
  switch (link.kind) {
    case 'invoice':
      return { 'data-press': 'invoice', 'data-text': link.address };
    case 'start':
      return { 'data-press': 'command', 'data-text': `/start ${link.payload}` };
    case 'elsewhere':
      return { 'data-press': 'unsupported' };
  }
}
