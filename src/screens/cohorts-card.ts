/** Who comes back: people by the week of their first photoshoot, as a table that a phone has room for. */
import type { Cohort } from '../statistics/cohorts.ts';
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen } from './screen.ts';

/** As many weeks as a line of a phone has room for. */
export const COHORT_WEEKS = 8;

const WEEK_WIDTH = 7;
const PEOPLE_WIDTH = 6;
const SHARE_WIDTH = 4;

export function cohortsCard(t: Translate, language: string, cohorts: readonly Cohort[]): Screen {
  const later = cohorts.slice(1).map((_, index) => `+${index + 1}`.padStart(SHARE_WIDTH));
  const head = [t('cohorts-week').padEnd(WEEK_WIDTH), t('cohorts-new').padStart(PEOPLE_WIDTH), ...later];
  return {
    text: lines(
      t('cohorts-title'),
      t('cohorts-about'),
      '',
      `<pre>${lines(head.join(''), ...cohorts.map((cohort) => cohortLine(language, cohort)))}</pre>`,
    ),
    keyboard: [[button(t('button-statistics'), 'admin', 'figures')]],
  };
}

function cohortLine(language: string, { week, people, again }: Cohort): string {
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 0 });
  const shares = again.map((returned) =>
    people === 0 ? '–' : String(Math.round((returned * 100) / people)),
  );
  return [
    day.format(Date.parse(week)).padEnd(WEEK_WIDTH),
    count.format(people).padStart(PEOPLE_WIDTH),
    ...shares.map((share) => share.padStart(SHARE_WIDTH)),
  ].join('');
}
