import { sql } from 'drizzle-orm';
import { selectRows } from '../database/rows.ts';
import { type RecognisedBy, users } from '../database/schema/index.ts';
import type { Book, Counted } from './book.ts';
import type { Period } from './period.ts';

type Parts = ({ dimension: string } & Counted)[];

export type Usage = {
  /** People who came for the first time, and by their language. */
  newPeople: Counted;
  byLanguage: Parts;
  /** People who sent a photo or began a photoshoot anew. */
  active: Counted;
  /** People who blocked the bot in this time and still do. */
  blocked: number;
  drafts: Counted;
  /** Photos by who told what they show: a model, what was known of them before (a call that was avoided), the house's styles. */
  recognised: Record<RecognisedBy, Counted>;
  /** Photoshoots and pictures that were ordered. */
  placed: Counted;
  ordered: Counted;
  delivered: Counted;
  /** Delivered pictures by the kind of credit that each used (`figures.ts` has the rule). */
  paidWith: { bought: Counted; given: Counted; free: Counted; owed: Counted };
  /** Of ordered pictures. A house style is `house:` and its title; others go by where they came from. */
  byStyle: Parts;
  byRatio: Parts;
};

/** Who uses it, and for what. */
export async function readUsage(book: Book, period: Period): Promise<Usage> {
  const sums = await book.sum(
    [
      'new-people',
      'active',
      'drafts',
      'recognised',
      'placed',
      'ordered',
      'ordered-by-style',
      'ordered-by-ratio',
      'pictures',
      'pictures-paid',
    ],
    period,
  );
  const [row] = await selectRows<{ blocked: number }>(
    book.tx,
    sql`select count(*)::float8 as blocked from ${users} where ${book.during(sql`${users.blockedAt}`, period)}`,
  );
  return {
    newPeople: sums.of('new-people'),
    byLanguage: sums.by('new-people'),
    active: sums.of('active'),
    blocked: row?.blocked ?? 0,
    drafts: sums.of('drafts'),
    recognised: {
      model: sums.of('recognised', 'model'),
      known: sums.of('recognised', 'known'),
      house: sums.of('recognised', 'house'),
    },
    placed: sums.of('placed'),
    ordered: sums.of('ordered'),
    delivered: sums.of('pictures', 'delivered'),
    paidWith: {
      bought: sums.of('pictures-paid', 'bought'),
      given: sums.of('pictures-paid', 'given'),
      free: sums.of('pictures-paid', 'free'),
      owed: sums.of('pictures-paid', 'owed'),
    },
    byStyle: sums.by('ordered-by-style'),
    byRatio: sums.by('ordered-by-ratio'),
  };
}
