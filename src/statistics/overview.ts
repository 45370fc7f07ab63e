import type { Database } from '../database/client.ts';
import { openBook } from './book.ts';
import { type Margin, marginOf } from './margin.ts';
import { type Money, readMoney } from './money.ts';
import { readOutstanding } from './outstanding.ts';
import type { Period } from './period.ts';
import { type Quality, readQuality } from './quality.ts';
import { readService, type Service } from './service.ts';
import { readUsage, type Usage } from './usage.ts';
import { readWork, type Work } from './work.ts';

/** How an owner counts: whose days, and what a Star is worth to them. */
export type Counting = { timeZone: string; starsUsdRate: number };

export type Overview = {
  period: Period;
  money: Money;
  margin: Margin;
  /** Pictures that are owed to people now. */
  outstanding: number;
  usage: Usage;
  quality: Quality;
  service: Service;
  work: Work;
};

/** The owner's figures of a period, all of the same moment. */
export async function readOverview(
  db: Database,
  { timeZone, starsUsdRate, period }: Counting & { period: Period },
  now: Date,
): Promise<Overview> {
  return openBook(db, { timeZone, now }, async (book) => {
    const money = await readMoney(book, period);
    return {
      period,
      money,
      margin: marginOf(money, starsUsdRate),
      outstanding: await readOutstanding(book),
      usage: await readUsage(book, period),
      quality: await readQuality(book, period),
      service: await readService(book, period),
      work: await readWork(book),
    };
  });
}
