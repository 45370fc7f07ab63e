/** One line drawing for each section, 24 × 24. */
import { drawing, type Html } from './html.ts';

function icon(path: string): Html {
  return drawing(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`,
  );
}

export const ICONS = {
  overview: icon('M4 20V11M10 20V4M16 20v-6M21 20H3'),
  payments: icon(
    'M3 7.5A1.5 1.5 0 0 1 4.500 6h15A1.500 1.500 0 0 1 21 7.500v9a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 16.500zM3 10.500h18M7 14.500h3',
  ),
  orders: icon('M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6'),
  people: icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6'),
  find: icon('M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20.500 20.500'),
  tickets: icon('M4 5h16v11H9l-5 4z M8 9h8M8 12h5'),
  pictures: icon('M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500h.01'),
  styles: icon('M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z'),
  prices: icon('M3.500 12.500V4h8.500l8.500 8.500-8.500 8.500zM8 8.500h.01'),
  sources: icon(
    'M5 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM19 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM19 21a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 16.500l10-8M7.200 17.500l9.800 1.200',
  ),
  cohorts: icon(
    'M20 11a8 8 0 0 0-14.500-3.500L3.500 9.500M3.500 4v5.500H9M4 13a8 8 0 0 0 14.500 3.500l2-2M20.500 20v-5.500H15',
  ),
  broadcasts: icon('M4 10v4h4l8 5V5l-8 5zM19 9.500a4 4 0 0 1 0 5'),
  channels: icon('M4 9l1.500-5h13L20 9M4 9v11h16V9M4 9h16M9 20v-6h6v6'),
  audit: icon('M12 3l8 3v6c0 5-3.500 7.800-8 9-4.500-1.200-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5'),
  health: icon('M3 12h4l2.500-7 4.500 14 2.500-7H21'),
  alerts: icon('M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15zM10 21h4M12 5V3'),
  limits: icon('M4 18a8 8 0 1 1 16 0M12 18l4-6M7 18h10'),
  more: icon('M5 12h.01M12 12h.01M19 12h.01'),
} as const;
