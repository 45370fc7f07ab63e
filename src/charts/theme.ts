/** The colours of charts: fixed ones for a picture, variables of the page's own style sheet for a page. */

export type Theme = 'light' | 'dark' | 'page';
/** What a chart is about, so that the same thing has the same colour everywhere. */
export type Tone = 'money' | 'pictures' | 'people';

/** The fonts that come with the product for pictures, where the machine may have none; a page has its own. */
export const CHART_FONT = 'Golos Text';
export const EMOJI_FONT = 'Noto Emoji';

/** How a chart is drawn, in units that are pixels of a phone: 360 is as narrow as one gets. */
export type Look = { width: number; locale: string; theme: Theme };

type Role = 'ground' | 'ink' | 'muted' | 'grid' | Tone;
export type Palette = Readonly<Record<Role, string>>;

/** Text has a contrast of 4.5 to its ground at the least, what is drawn one of 3 (WCAG 2.2, 1.4.3 and 1.4.11). */
const LIGHT: Palette = {
  ground: '#ffffff',
  ink: '#17212b',
  muted: '#5b6773',
  grid: '#e3e8ed',
  money: '#0f7b5f',
  pictures: '#2166d1',
  people: '#8344c4',
};
const DARK: Palette = {
  ground: '#17212b',
  ink: '#f2f5f8',
  muted: '#9dabb9',
  grid: '#2b3947',
  money: '#3ecf9f',
  pictures: '#6aa9ff',
  people: '#c795f7',
};

// Object.keys forgets which keys there are.
const ROLES = Object.keys(LIGHT) as Role[];

export function paletteOf(theme: Theme): Palette {
  if (theme === 'light') return LIGHT;
  if (theme === 'dark') return DARK;
  // A page without the variables shows the light ones.
  return Object.fromEntries(
    ROLES.map((role) => [role, `var(--chart-${role}, ${LIGHT[role]})`]),
  ) as unknown as Palette;
}

/** For a page's style sheet: what its charts look like, by what the reader's system prefers. */
export const CHART_VARIABLES = `:root{${variablesOf(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variablesOf(DARK)}}}
`;

function variablesOf(palette: Palette): string {
  return ROLES.map((role) => `--chart-${role}:${palette[role]}`).join(';');
}
